package dev.pilothouse.server.storage;

import java.util.List;
import java.util.SortedMap;

/**
 * Blocks of measurements by series and time, kept in a file of their own. The blocks' content is
 * the caller's. Losing the newest of them harms nobody; a file that is damaged is put aside and a
 * new one begun. Thread-safe.
 */
public interface SeriesStore extends AutoCloseable {

    /**
     * What is measured.
     *
     * @param kind {@code Node} or {@code Pod}
     * @param namespace empty for nodes
     * @param name the object's name
     * @param part the container, empty for nodes
     */
    record SeriesKey(String kind, String namespace, String name, String part) {}

    /**
     * A block.
     *
     * @param key what was measured
     * @param data the measurements of one span of time
     */
    record Block(SeriesKey key, byte[] data) {}

    /** How dense measurements are. */
    enum Resolution {
        FINE,
        COARSE
    }

    /**
     * Writes blocks of one span of time, over those that are there.
     *
     * @param span the number of the span, at least 0
     */
    void put(Resolution resolution, long span, List<Block> blocks);

    /** The blocks of a series by span, from one span to another, both included. */
    SortedMap<Long, byte[]> read(Resolution resolution, SeriesKey key, long first, long last);

    /** All series of an object. */
    List<SeriesKey> series(String kind, String namespace, String name);

    /** All blocks from one span to another, both included, in order of span. */
    List<Block> blocks(Resolution resolution, long first, long last);

    /** The oldest span that has a block, or -1. */
    long oldest(Resolution resolution);

    /** Deletes the blocks of all spans before one, and forgets series that have none left. */
    void deleteBefore(Resolution resolution, long span);

    @Override
    void close();
}
