package dev.pilothouse.ui.logs.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells lines of a reopened log from those that were read before. A log can be reopened at a whole
 * second only (sinceTime, which servers cut to seconds), so the lines of the last second that was
 * read come again: each of them is taken once, however many equal ones there are. Belongs to one
 * thread.
 */
public final class Replay {

    private static final long SECOND = 1_000_000_000L;

    private long[] seen = new long[256];
    private int count;
    private long second = Timestamps.NONE;
    private long latest = Timestamps.NONE;
    private Map<Long, Integer> again = Map.of();
    private boolean reopened;
    private boolean met;
    private boolean gap;

    /** Nothing has been read. */
    public Replay() {}

    /** The latest time that was read, or {@link Timestamps#NONE}. */
    public long latest() {
        return latest;
    }

    /**
     * The log is read again from the second of {@link #latest}.
     *
     * @return whether there was anything before
     */
    public boolean reopen() {
        if (latest == Timestamps.NONE) {
            return false;
        }
        again = new HashMap<>();
        for (int i = 0; i < count; i++) {
            again.merge(seen[i], 1, Integer::sum);
        }
        reopened = true;
        met = count == 0;
        return true;
    }

    /**
     * Whether the reopened log lacked what was read last: then lines between may be lost, because
     * the log was rotated away or belongs to another container. Answers yes once per reopening.
     */
    public boolean takeGap() {
        boolean found = gap;
        gap = false;
        return found;
    }

    boolean isNew(long time, byte[] bytes, int from, int to) {
        long hash = hash(time, bytes, from, to);
        if (reopened) {
            Integer times = again.get(hash);
            if (times != null) {
                met = true;
                again.put(hash, times - 1);
                if (times == 1) {
                    again.remove(hash);
                }
                return false;
            }
            gap |= !met;
            met = true;
            // Lines of later seconds cannot have been read before.
            reopened = Math.floorDiv(time, SECOND) <= second;
        }
        keep(time, hash);
        return true;
    }

    private void keep(long time, long hash) {
        if (time == Timestamps.NONE) {
            return;
        }
        if (latest == Timestamps.NONE || time > latest) {
            latest = time;
        }
        long now = Math.floorDiv(latest, SECOND);
        if (now != second) {
            second = now;
            count = 0;
        }
        if (Math.floorDiv(time, SECOND) == now) {
            if (count == seen.length) {
                seen = Arrays.copyOf(seen, count * 2);
            }
            seen[count++] = hash;
        }
    }

    private static long hash(long time, byte[] bytes, int from, int to) {
        long hash = time * 0x9E3779B97F4A7C15L + (to - from);
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash;
    }
}
