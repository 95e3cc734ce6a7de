package dev.pilothouse.server.node;

import java.util.List;

/**
 * A command to be run in a container.
 *
 * @param pod the pod
 * @param container the container's name
 * @param command program and arguments, no shell
 * @param tty whether on a terminal; standard error then goes with standard output
 */
public record ExecRequest(PodRef pod, String container, List<String> command, boolean tty) {

    /** Copies the command. */
    public ExecRequest {
        command = List.copyOf(command);
    }
}
