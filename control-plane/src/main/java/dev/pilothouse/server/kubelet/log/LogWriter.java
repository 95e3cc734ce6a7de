package dev.pilothouse.server.kubelet.log;

import dev.pilothouse.server.kubelet.log.ContainerLogs.Rotation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * Writes one log: each line with its time, its stream, and whether it is whole (F) or to be
 * continued (P). Thread-safe. Source: Kubernetes' CRI logging design.
 */
public final class LogWriter implements AutoCloseable {

    /** Longer lines are cut in parts, as containerd does. */
    private static final int LONGEST_LINE = 16 * 1024;

    private final Path path;
    private final InstantSource clock;
    private final Rotation rotation;
    private final BiConsumer<Path, LogWriter> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private final Map<LogStream, ByteArrayOutputStream> unfinished = new EnumMap<>(LogStream.class);
    private FileChannel file;
    private long size;
    private long changes;
    private boolean closed;

    private LogWriter(
            Path path,
            InstantSource clock,
            Rotation rotation,
            BiConsumer<Path, LogWriter> onClose,
            FileChannel file)
            throws IOException {
        this.path = path;
        this.clock = clock;
        this.rotation = rotation;
        this.onClose = onClose;
        this.file = file;
        this.size = file.size();
        for (LogStream stream : LogStream.values()) {
            unfinished.put(stream, new ByteArrayOutputStream());
        }
    }

    static LogWriter open(
            Path path, InstantSource clock, Rotation rotation, BiConsumer<Path, LogWriter> onClose)
            throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        return new LogWriter(path, clock, rotation, onClose, append(path));
    }

    /** Writes output as it comes; the part after the last line end waits for its end. */
    public void write(LogStream stream, byte[] bytes, int length) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the log " + path + " is closed");
            }
            ByteArrayOutputStream lines = new ByteArrayOutputStream(length + 128);
            byte[] prefix =
                    (LogTime.format(clock.instant()) + " " + stream.text())
                            .getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream line = unfinishedOf(stream);
            for (int i = 0; i < length; i++) {
                if (bytes[i] == '\n') {
                    finish(lines, prefix, 'F', line);
                } else {
                    if (line.size() == LONGEST_LINE) {
                        finish(lines, prefix, 'P', line);
                    }
                    line.write(bytes[i]);
                }
            }
            append(lines);
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes of a stream wait for the end of their line. */
    public int unfinished(LogStream stream) {
        lock.lock();
        try {
            return unfinishedOf(stream).size();
        } finally {
            lock.unlock();
        }
    }

    /** Writes lines that have no end yet, and tells readers that nothing more will come. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (LogStream stream : LogStream.values()) {
                ByteArrayOutputStream line = unfinishedOf(stream);
                if (line.size() > 0) {
                    byte[] prefix =
                            (LogTime.format(clock.instant()) + " " + stream.text())
                                    .getBytes(StandardCharsets.US_ASCII);
                    finish(lines, prefix, 'F', line);
                }
            }
            try {
                append(lines);
            } finally {
                closed = true;
                file.close();
            }
        } finally {
            onClose.accept(path, this);
            written.signalAll();
            lock.unlock();
        }
    }

    /**
     * Stops writing without finishing lines: another program run will go on. Readers are told that
     * nothing more will come.
     */
    public void abandon() throws IOException {
        lock.lock();
        try {
            unfinished.values().forEach(ByteArrayOutputStream::reset);
        } finally {
            lock.unlock();
        }
        close();
    }

    /** How often something was written; to be taken before reading. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something was written since; false when nothing more will come.
     *
     * @throws InterruptedException when interrupted
     */
    boolean awaitChange(long since) throws InterruptedException {
        lock.lock();
        try {
            while (changes == since && !closed) {
                written.await();
            }
            return changes != since;
        } finally {
            lock.unlock();
        }
    }

    private ByteArrayOutputStream unfinishedOf(LogStream stream) {
        return unfinished.computeIfAbsent(stream, _ -> new ByteArrayOutputStream());
    }

    private static void finish(
            ByteArrayOutputStream lines, byte[] prefix, char tag, ByteArrayOutputStream line) {
        lines.writeBytes(prefix);
        lines.write(' ');
        lines.write(tag);
        lines.write(' ');
        lines.writeBytes(line.toByteArray());
        lines.write('\n');
        line.reset();
    }

    private void append(ByteArrayOutputStream lines) throws IOException {
        if (lines.size() == 0) {
            return;
        }
        if (size > 0 && size + lines.size() > rotation.maxBytes()) {
            rotate();
        }
        ByteBuffer buffer = ByteBuffer.wrap(lines.toByteArray());
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        size += lines.size();
        changes++;
        written.signalAll();
    }

    private void rotate() throws IOException {
        file.close();
        Files.move(path, LogFiles.aside(path, clock.instant()));
        file = append(path);
        size = 0;
        List<Path> older = LogFiles.rotated(path);
        for (int i = 0; i < older.size() - (rotation.maxFiles() - 1); i++) {
            Files.deleteIfExists(older.get(i));
        }
    }

    private static FileChannel append(Path path) throws IOException {
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }
}
