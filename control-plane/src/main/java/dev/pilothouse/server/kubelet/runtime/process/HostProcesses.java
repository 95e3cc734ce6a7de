package dev.pilothouse.server.kubelet.runtime.process;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The processes of the host, as this operating system shows them. Thread-safe. */
interface HostProcesses {

    /** The variable by which processes of a container are told from others. */
    String COOKIE = "PILOTHOUSE_CONTAINER_ID";

    /**
     * A process.
     *
     * @param pid its id
     * @param parent its parent's id
     * @param group its process group
     * @param session its session
     * @param cpuNanos CPU time that it and its ended children have used
     * @param residentBytes memory that it holds
     * @param sharedBytes the part of that memory that others may hold as well
     */
    record Sample(
            long pid,
            long parent,
            long group,
            long session,
            long cpuNanos,
            long residentBytes,
            long sharedBytes) {}

    /** The operating system's way. */
    static HostProcesses ofSystem() {
        String system = System.getProperty("os.name", "");
        if (system.startsWith("Linux")) {
            return new LinuxProcesses();
        }
        return system.startsWith("Windows")
                ? new PortableProcesses(false)
                : new PortableProcesses(true);
    }

    /** Whether the process of that id runs, and was there already when its id was noted down. */
    default boolean isRunning(long pid, Instant noted) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                // The start is known to a hundredth of a second only, and clocks get corrected.
                .filter(handle ->
                        handle.info()
                                .startInstant()
                                .map(start -> !start.isAfter(noted.plusSeconds(2)))
                                .orElse(true))
                .isPresent();
    }

    /** All processes. */
    Map<Long, Sample> all();

    /** Those of all processes that belong to a container, by their environment. */
    List<Long> marked(String containerId);

    /** Sends TERM to a process group, or asks the process to end where there are no groups. */
    void terminateGroup(long leader);

    /** Ends processes and a whole group at once. */
    void kill(long leader, List<Long> others);
}
