package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.log.LogStream;
import dev.pilothouse.server.kubelet.log.LogWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a process writes to a file into its log. The place is noted down after each step, so
 * that another run of the program goes on where this one ended. What has been carried over gives
 * its disk space back. Used by one thread.
 */
final class OutputPump implements AutoCloseable {

    /** How much is carried over before its space is given back. */
    private static final long RELEASE = 8L << 20;

    private final Path source;
    private final LogStream stream;
    private final byte[] buffer = new byte[64 * 1024];
    private @Nullable FileChannel channel;
    private long position;
    private long released;

    /** Is given output as it comes. */
    @FunctionalInterface
    interface Listener {
        void output(LogStream stream, byte[] bytes, int length);
    }

    /**
     * A pump that begins at a place.
     *
     * @param position where an earlier one ended
     */
    OutputPump(Path source, LogStream stream, long position) {
        this.source = source;
        this.stream = stream;
        this.position = position;
    }

    /** Carries over what is there; returns whether there was anything. */
    boolean drain(LogWriter log, Listener listener) throws IOException {
        FileChannel from = channel == null ? open() : channel;
        if (from == null) {
            return false;
        }
        channel = from;
        if (from.size() < position) {
            // Somebody has emptied the file.
            position = 0;
            released = 0;
        }
        boolean any = false;
        while (true) {
            int read = from.read(ByteBuffer.wrap(buffer), position);
            if (read <= 0) {
                break;
            }
            any = true;
            position += read;
            log.write(stream, buffer, read);
            listener.output(stream, buffer, read);
        }
        if (position - released > RELEASE) {
            release(from);
        }
        return any;
    }

    /** Where another pump has to begin, given what waits in the log for the end of its line. */
    long resumeAt(LogWriter log) {
        return position - log.unfinished(stream);
    }

    private @Nullable FileChannel open() throws IOException {
        try {
            return FileChannel.open(source, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Gives back the space of what has been read: by a hole where the system can make one, for then
     * nothing can be lost; else by emptying the file when nothing is left in it.
     */
    private void release(FileChannel from) throws IOException {
        if (punchHole()) {
            released = position;
        } else if (from.size() == position) {
            try (FileChannel write = FileChannel.open(source, StandardOpenOption.WRITE)) {
                write.truncate(0);
            }
            position = 0;
            released = 0;
        } else {
            released = position;
        }
    }

    private boolean punchHole() throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/fallocate"))) {
            return false;
        }
        Process process =
                new ProcessBuilder(
                                "/usr/bin/fallocate",
                                "--punch-hole",
                                "--offset",
                                Long.toString(released),
                                "--length",
                                Long.toString(position - released),
                                source.toString())
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
