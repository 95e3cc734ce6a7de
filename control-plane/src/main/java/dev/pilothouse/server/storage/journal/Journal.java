package dev.pilothouse.server.storage.journal;

import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.journal.JournalFiles.JournalFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two files, of which one is written and the other holds what came before. A file is written from
 * its beginning again once the log has all that is in it; what is left of its earlier content does
 * no harm, because the log has that too. Every frame is forced before the next one is written, so
 * only the last one can be torn. For one thread.
 */
final class Journal implements AutoCloseable {

    static final int FILES = 2;

    /** A frame is closed when it has this many bytes. */
    private static final int FRAME = 1 << 20;

    /** A file grows by so much at first and twice as much each time: growing makes a force slow. */
    private static final int FIRST_EXTENT = 64 << 10;

    private static final int LARGEST_EXTENT = 1 << 20;

    private final JournalFiles files;
    private final byte[] salt;
    private final int limit;
    private final Part[] parts = new Part[FILES];
    private final GrowingBuffer buffer = new GrowingBuffer();
    private int current;
    private int extent = FIRST_EXTENT;

    /**
     * Starts a journal that holds nothing.
     *
     * @param name distinguishes its frames from those of any other journal in the same files
     * @param limit a file that has this many bytes is followed by the other
     */
    Journal(JournalFiles files, String name, int limit) throws IOException {
        this.files = files;
        this.salt = salt(name);
        this.limit = limit;
        use(0);
    }

    private static byte[] salt(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what a journal holds, oldest first.
     *
     * @return null when its first file is missing
     */
    static @Nullable List<Frame> read(JournalFiles files, String name) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (int number = 0; number < FILES; number++) {
            try (JournalFile file = files.find(number)) {
                if (file != null) {
                    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
                    file.read(bytes, 0);
                    frames.addAll(Frame.scan(bytes.flip(), salt(name)));
                } else if (number == 0) {
                    return null;
                }
            }
        }
        frames.sort(Comparator.comparingLong(Frame::after).thenComparingLong(Frame::last));
        return frames;
    }

    /** Goes on at the beginning of a file. */
    private Part use(int number) throws IOException {
        Part part = parts[number];
        if (part == null) {
            JournalFile file = files.open(number);
            part = new Part(file, file.size());
            parts[number] = part;
        }
        part.position = 0;
        current = number;
        return part;
    }

    /**
     * The revision that the log must have before more can be appended here; 0 when there is room.
     */
    long awaited() {
        Part next = parts[(current + 1) % FILES];
        return parts[current].position < limit || next == null ? 0 : next.newest;
    }

    /** Appends what fits into frames, each safe on disk before the next. */
    void append(long after, List<LogRecord> records, long reserved) throws IOException {
        if (parts[current].position >= limit) {
            use((current + 1) % FILES);
        }
        long before = after;
        int from = 0;
        do {
            int to = from;
            long bytes = 0;
            while (to < records.size() && bytes < FRAME) {
                bytes += records.get(to).json().length;
                to++;
            }
            Frame frame = new Frame(before, reserved, records.subList(from, to));
            append(frame);
            before = frame.last();
            from = to;
        } while (from < records.size());
    }

    private void append(Frame frame) throws IOException {
        Part part = parts[current];
        buffer.clear();
        frame.write(buffer, salt);
        ByteBuffer bytes = buffer.flip();
        int length = bytes.remaining();
        if (part.position + length > part.size) {
            part.file.write(ByteBuffer.allocate(length + extent), part.position);
            part.size = part.position + length + extent;
            extent = Math.min(2 * extent, LARGEST_EXTENT);
        }
        part.file.write(bytes, part.position);
        part.file.force();
        part.position += length;
        part.newest = frame.last();
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            if (part != null) {
                part.file.close();
            }
        }
    }

    private static final class Part {
        final JournalFile file;

        /** How much of the disk it has. */
        long size;

        /** Where the next frame goes. */
        long position;

        /** The newest revision in it. */
        long newest;

        Part(JournalFile file, long size) {
            this.file = file;
            this.size = size;
        }
    }
}
