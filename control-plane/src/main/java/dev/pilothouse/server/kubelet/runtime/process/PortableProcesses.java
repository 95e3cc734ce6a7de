package dev.pilothouse.server.kubelet.runtime.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Other systems, by Java's process handles; memory from {@code ps} where there is one, else
 * unknown.
 */
final class PortableProcesses implements HostProcesses {

    private final boolean unix;

    PortableProcesses(boolean unix) {
        this.unix = unix;
    }

    @Override
    public Map<Long, Sample> all() {
        Map<Long, Long> memory = unix ? residentBytes() : Map.of();
        Map<Long, Sample> all = new HashMap<>();
        ProcessHandle.allProcesses()
                .forEach(handle -> {
                    long pid = handle.pid();
                    all.put(
                            pid,
                            new Sample(
                                    pid,
                                    handle.parent().map(ProcessHandle::pid).orElse(0L),
                                    0,
                                    0,
                                    handle.info()
                                            .totalCpuDuration()
                                            .map(Duration::toNanos)
                                            .orElse(0L),
                                    memory.getOrDefault(pid, 0L),
                                    0));
                });
        return all;
    }

    /** Other processes' environments cannot be read. */
    @Override
    public List<Long> marked(String containerId) {
        return List.of();
    }

    @Override
    public void terminateGroup(long leader) {
        if (unix && leader > 1) {
            Signals.send("TERM", List.of(-leader));
        } else if (!unix) {
            ProcessHandle.of(leader).ifPresent(ProcessHandle::destroy);
        }
    }

    @Override
    public void kill(long leader, List<Long> others) {
        if (unix) {
            Signals.send("KILL", Signals.targets(leader, others));
        } else {
            ProcessHandle.of(leader).ifPresent(ProcessHandle::destroyForcibly);
            others.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private static Map<Long, Long> residentBytes() {
        Map<Long, Long> resident = new HashMap<>();
        try {
            Process ps = new ProcessBuilder("ps", "-axo", "pid=,rss=").start();
            try (BufferedReader lines = ps.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length == 2) {
                        resident.put(Long.valueOf(fields[0]), Long.parseLong(fields[1]) * 1024);
                    }
                }
            }
        } catch (IOException | NumberFormatException e) {
            return resident;
        }
        return resident;
    }
}
