package dev.pilothouse.server.kubelet.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Linux, by {@code /proc}. Source: proc(5). */
final class LinuxProcesses implements HostProcesses {

    private static final Path PROC = Path.of("/proc");
    private static final long PAGE = 4096;

    /** Kernel ticks are hundredths of a second on every architecture that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    @Override
    public Map<Long, Sample> all() {
        Map<Long, Sample> all = new HashMap<>();
        for (Path process : list()) {
            Sample sample = sample(process);
            if (sample != null) {
                all.put(sample.pid(), sample);
            }
        }
        return all;
    }

    @Override
    public List<Long> marked(String containerId) {
        byte[] cookie = ("\0" + COOKIE + "=" + containerId + "\0").getBytes(StandardCharsets.UTF_8);
        List<Long> marked = new ArrayList<>();
        for (Path process : list()) {
            try {
                byte[] environment = Files.readAllBytes(process.resolve("environ"));
                if (contains(environment, cookie)) {
                    marked.add(Long.valueOf(process.getFileName().toString()));
                }
            } catch (IOException e) {
                // Gone, or another user's.
                continue;
            }
        }
        return marked;
    }

    @Override
    public void terminateGroup(long leader) {
        if (leader > 1) {
            Signals.send("TERM", List.of(-leader));
        }
    }

    @Override
    public void kill(long leader, List<Long> others) {
        Signals.send("KILL", Signals.targets(leader, others));
    }

    private static List<Path> list() {
        List<Path> processes = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            entries.forEach(processes::add);
        } catch (IOException e) {
            return processes;
        }
        return processes;
    }

    private static @Nullable Sample sample(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            String[] memory =
                    Files.readString(process.resolve("statm"), StandardCharsets.ISO_8859_1)
                            .strip()
                            .split(" ");
            long ticks = 0;
            for (int i = 11; i <= 14; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return new Sample(
                    Long.parseLong(process.getFileName().toString()),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    ticks * NANOS_PER_TICK,
                    Long.parseLong(memory[1]) * PAGE,
                    Long.parseLong(memory[2]) * PAGE);
        } catch (IOException | RuntimeException e) {
            // Gone meanwhile.
            return null;
        }
    }

    private static boolean contains(byte[] environment, byte[] cookie) {
        // The first variable has no zero before it; ours is never the only one.
        outer:
        for (int i = 0; i + cookie.length <= environment.length; i++) {
            for (int j = 0; j < cookie.length; j++) {
                if (environment[i + j] != cookie[j]) {
                    continue outer;
                }
            }
            return true;
        }
        int rest = cookie.length - 1;
        if (environment.length < rest) {
            return false;
        }
        for (int j = 0; j < rest; j++) {
            if (environment[j] != cookie[j + 1]) {
                return false;
            }
        }
        return true;
    }
}
