package dev.pilothouse.server.streaming.command;

import dev.pilothouse.server.node.ContainerStreams;
import java.io.IOException;

/** Runs a command, or connects to one. */
@FunctionalInterface
public interface CommandTask {

    /**
     * Returns the exit code when it has ended. The thread is interrupted when the client has gone.
     *
     * @throws dev.pilothouse.model.meta.ApiException when it is refused
     */
    int run(ContainerStreams streams) throws IOException;
}
