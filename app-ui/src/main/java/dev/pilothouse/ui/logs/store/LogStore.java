package dev.pilothouse.ui.logs.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Lines of many logs in files of their own, in the order of arrival. Who appends waits for the
 * disk, and so does the server that sends: nothing is dropped. Lines are ordered by {@link
 * #compare}: time, then source, then arrival; a line is never placed before an earlier one of its
 * source, even when a clock was set back. Thread-safe.
 */
public final class LogStore implements AutoCloseable {

    /** The most lines that are kept: 2.4 GB of index. */
    public static final int MOST = 100_000_000;

    private static final int TIME = 8;

    private final Path directory;
    private final RandomAccessFile out;
    private final RandomAccessFile in;
    private final LogIndex index;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object reading = new Object();
    private long[] latest = new long[16];
    private long written;
    private byte[] block = new byte[1 << 16];
    private volatile int size;
    private volatile boolean closed;

    /**
     * Makes an empty store.
     *
     * @param parent where its directory is made; the directory goes when the store is closed
     * @throws IOException when the files cannot be made
     */
    public LogStore(Path parent) throws IOException {
        Files.createDirectories(parent);
        directory = Files.createTempDirectory(parent, "logs-");
        out = new RandomAccessFile(directory.resolve("lines").toFile(), "rw");
        in = new RandomAccessFile(directory.resolve("lines").toFile(), "r");
        index = new LogIndex(directory.resolve("index"));
    }

    /** Adds a listener to new lines; called by whoever appends. */
    public void onAppend(Runnable listener) {
        listeners.add(listener);
    }

    /** How many lines there are. */
    public int size() {
        return size;
    }

    /** Bytes on disk. */
    public synchronized long bytes() {
        return written + (long) size * 24;
    }

    /**
     * Appends lines of one source.
     *
     * @throws IOException when they cannot be written, or there are too many, or it was closed
     */
    public void append(int source, LineBatch lines) throws IOException {
        synchronized (this) {
            if (closed || size > MOST - lines.size()) {
                throw new IOException(closed ? "closed" : "too many lines");
            }
            if (source >= latest.length) {
                latest = Arrays.copyOf(latest, Math.max(source + 1, latest.length * 2));
            }
            write(source, lines);
        }
        listeners.forEach(Runnable::run);
    }

    private void write(int source, LineBatch lines) throws IOException {
        int needed = lines.used() + TIME * lines.size();
        if (block.length < needed) {
            block = new byte[Math.max(needed, block.length * 2)];
        }
        ByteBuffer target = ByteBuffer.wrap(block);
        int id = size;
        for (int i = 0; i < lines.size(); i++) {
            int start = lines.start(i);
            int length = lines.end(i) - start;
            long time = lines.time(i);
            long key = Math.max(time, latest[source]);
            latest[source] = key;
            long offset = written + target.position();
            if (key != time) {
                target.putLong(time);
            }
            target.put(lines.bytes(), start, length);
            Level level = Level.of(lines.bytes(), start, start + length);
            index.put(id++, key, offset, source, length, level, lines.continues(i), key != time);
        }
        out.seek(written);
        out.write(block, 0, target.position());
        written += target.position();
        size = id;
    }

    /** The order of lines. */
    public int compare(int one, int other) {
        int byKey = Long.compare(index.key(one), index.key(other));
        if (byKey != 0) {
            return byKey;
        }
        int bySource = Integer.compare(index.source(one), index.source(other));
        return bySource == 0 ? Integer.compare(one, other) : bySource;
    }

    /** Where a line stands in time: nanoseconds since 1970. */
    public long key(int id) {
        return index.key(id);
    }

    /** The source of a line. */
    public int source(int id) {
        return index.source(id);
    }

    /** What a line says about itself. */
    public Level level(int id) {
        return index.level(id);
    }

    /** The length of a line in bytes. */
    public int length(int id) {
        return index.length(id);
    }

    /**
     * Reads lines.
     *
     * @throws IOException when the file cannot be read, or is closed
     */
    public List<LogLine> lines(int[] ids) throws IOException {
        List<LogLine> lines = new ArrayList<>(ids.length);
        synchronized (reading) {
            for (int id : ids) {
                checkOpen();
                boolean own = index.hasOwnTime(id);
                byte[] bytes = new byte[index.length(id)];
                in.seek(index.offset(id));
                long time = own ? in.readLong() : index.key(id);
                in.readFully(bytes);
                lines.add(
                        new LogLine(
                                id,
                                index.source(id),
                                time,
                                index.level(id),
                                index.continues(id),
                                bytes));
            }
        }
        return lines;
    }

    /** Receives the bytes of lines, one after the other. */
    interface Visitor {
        void line(int id, byte[] bytes, int from, int to);
    }

    /** Reads a range of lines in the order of arrival, the file in one piece. */
    void scan(int from, int to, byte[][] buffer, Visitor visitor) throws IOException {
        int id = from;
        while (id < to) {
            long start = index.offset(id);
            int last = id;
            while (last + 1 < to && end(last + 1) - start <= buffer[0].length) {
                last++;
            }
            int bytes = (int) (end(last) - start);
            if (bytes > buffer[0].length) {
                buffer[0] = new byte[bytes];
            }
            synchronized (reading) {
                checkOpen();
                in.seek(start);
                in.readFully(buffer[0], 0, bytes);
            }
            for (; id <= last; id++) {
                int at = (int) (index.offset(id) - start) + (index.hasOwnTime(id) ? TIME : 0);
                visitor.line(id, buffer[0], at, at + index.length(id));
            }
        }
    }

    private long end(int id) {
        return index.offset(id) + index.length(id) + (index.hasOwnTime(id) ? TIME : 0);
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
    }

    /** Ends all reading and writing and deletes the files. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            synchronized (reading) {
                if (closed) {
                    return;
                }
                closed = true;
                out.close();
                in.close();
                index.close();
            }
        }
        Files.deleteIfExists(directory.resolve("lines"));
        Files.deleteIfExists(directory.resolve("index"));
        Files.deleteIfExists(directory);
    }
}
