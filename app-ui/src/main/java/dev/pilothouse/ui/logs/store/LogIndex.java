package dev.pilothouse.ui.logs.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What is known of each line without reading it, in the order of arrival: 24 bytes in a mapped
 * file, so that ten million lines take none of the heap. One writer, many readers.
 */
final class LogIndex implements AutoCloseable {

    private static final int CHUNK_BITS = 15;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int RECORD = 24;

    private static final int SOURCE_BITS = 16;
    private static final int LEVEL_SHIFT = 24;
    private static final int LENGTH_MASK = (1 << LEVEL_SHIFT) - 1;
    private static final int CONTINUES = 1 << 28;
    private static final int OWN_TIME = 1 << 29;

    private final RandomAccessFile file;
    private final Arena arena = Arena.ofShared();
    private volatile MemorySegment[] chunks = new MemorySegment[0];

    LogIndex(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    /**
     * Adds a line.
     *
     * @param key where it stands in the order of time
     * @param offset where its bytes begin
     * @param ownTime whether its bytes begin with a time that differs from the key
     */
    void put(
            int id,
            long key,
            long offset,
            int source,
            int length,
            Level level,
            boolean continues,
            boolean ownTime)
            throws IOException {
        if (id >> CHUNK_BITS == chunks.length) {
            grow();
        }
        MemorySegment chunk = chunks[id >> CHUNK_BITS];
        long at = (long) (id & (CHUNK - 1)) * RECORD;
        chunk.set(ValueLayout.JAVA_LONG, at, key);
        chunk.set(ValueLayout.JAVA_LONG, at + 8, offset << SOURCE_BITS | source);
        chunk.set(
                ValueLayout.JAVA_INT,
                at + 16,
                length
                        | level.ordinal() << LEVEL_SHIFT
                        | (continues ? CONTINUES : 0)
                        | (ownTime ? OWN_TIME : 0));
    }

    /** Written before it is mapped: a full disk is an exception here and not a fault later. */
    private void grow() throws IOException {
        long start = (long) chunks.length * CHUNK * RECORD;
        file.seek(start);
        file.write(new byte[CHUNK * RECORD]);
        MemorySegment[] more = Arrays.copyOf(chunks, chunks.length + 1);
        more[chunks.length] =
                file.getChannel().map(MapMode.READ_WRITE, start, (long) CHUNK * RECORD, arena);
        chunks = more;
    }

    long key(int id) {
        return chunks[id >> CHUNK_BITS].get(ValueLayout.JAVA_LONG, at(id));
    }

    long offset(int id) {
        return chunks[id >> CHUNK_BITS].get(ValueLayout.JAVA_LONG, at(id) + 8) >>> SOURCE_BITS;
    }

    int source(int id) {
        return (int) chunks[id >> CHUNK_BITS].get(ValueLayout.JAVA_LONG, at(id) + 8)
                & ((1 << SOURCE_BITS) - 1);
    }

    int length(int id) {
        return meta(id) & LENGTH_MASK;
    }

    Level level(int id) {
        return Level.of(meta(id) >> LEVEL_SHIFT & 0xf);
    }

    boolean continues(int id) {
        return (meta(id) & CONTINUES) != 0;
    }

    boolean hasOwnTime(int id) {
        return (meta(id) & OWN_TIME) != 0;
    }

    private int meta(int id) {
        return chunks[id >> CHUNK_BITS].get(ValueLayout.JAVA_INT, at(id) + 16);
    }

    private static long at(int id) {
        return (long) (id & (CHUNK - 1)) * RECORD;
    }

    @Override
    public void close() throws IOException {
        arena.close();
        file.close();
    }
}
