package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.log.ContainerLogs;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What containers of a runtime share.
 *
 * @param processes the processes of the host
 * @param supervisor starts processes
 * @param watch tells of changed files
 * @param logs where output goes
 * @param onChange is told the uid of a pod of which a container has ended
 * @param clock the time
 */
record Surroundings(
        HostProcesses processes,
        Supervisor supervisor,
        DirectoryWatch watch,
        ContainerLogs logs,
        Consumer<String> onChange,
        InstantSource clock) {}
