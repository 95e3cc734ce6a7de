package dev.pilothouse.server.node;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's ends of a session with a container. Reads and writes block; an {@code IOException}
 * from one of them means that the client has gone.
 *
 * @param stdin what the client types, at its end when the client closes it; null when not asked for
 * @param stdout where output goes, flushed by the writer; null when not asked for
 * @param stderr where errors go; null when not asked for or on a terminal
 * @param sizes tells of the size of the client's terminal
 */
public record ContainerStreams(
        @Nullable InputStream stdin,
        @Nullable OutputStream stdout,
        @Nullable OutputStream stderr,
        TerminalSizes sizes) {

    /** Tells of the size of a terminal. */
    @FunctionalInterface
    public interface TerminalSizes {

        /** Never tells anything. */
        TerminalSizes NONE = _ -> {};

        /** The listener is told the size that is known, if any, and then of each change. */
        void listen(Consumer<TerminalSize> listener);
    }

    /**
     * The size of a terminal.
     *
     * @param width columns
     * @param height rows
     */
    public record TerminalSize(int width, int height) {}
}
