package dev.pilothouse.server.streaming.command;

import dev.pilothouse.server.node.ContainerStreams;
import java.io.IOException;

/** The channels of one session over one connection. One thread reads, another does the rest. */
interface CommandChannels {

    /** Receives until the client has gone. */
    void read() throws IOException;

    /** The client's ends; waits until the client has opened them. */
    ContainerStreams streams() throws IOException;

    /** Tells the client how it ended, and that nothing more comes. */
    void finish(CommandOutcome outcome) throws IOException;

    /** Asks the client whether it is there. */
    void ping() throws IOException;

    /** Nothing that the client sends is read any more; it must not keep the reading thread. */
    void stopReading();
}
