package dev.pilothouse.ui.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/** Counts what happens in each of the last thirty minutes, by its own time. Not thread-safe. */
public final class MinuteCounts {

    /** So many minutes are counted; the last is the one that runs. */
    public static final int MINUTES = 30;

    private final InstantSource clock;
    private final int[] counts = new int[MINUTES];
    private long minute;

    /** Counts by a clock; nothing yet. */
    public MinuteCounts(InstantSource clock) {
        this.clock = clock;
        this.minute = minute(clock.instant());
    }

    /** Counts once; what is older than half an hour is left out. */
    public void count(Instant at) {
        move();
        long of = Math.min(minute(at), minute);
        if (of > minute - MINUTES) {
            counts[(int) (of % MINUTES)]++;
        }
    }

    /** Forgets all. */
    public void clear() {
        Arrays.fill(counts, 0);
    }

    /** The counts, the oldest first; the last is that of the minute that runs. */
    public int[] perMinute() {
        move();
        int[] ordered = new int[MINUTES];
        for (int i = 0; i < MINUTES; i++) {
            ordered[i] = counts[(int) ((minute + 1 + i) % MINUTES)];
        }
        return ordered;
    }

    private void move() {
        long now = minute(clock.instant());
        for (long passed = Math.max(minute + 1, now - MINUTES + 1); passed <= now; passed++) {
            counts[(int) (passed % MINUTES)] = 0;
        }
        minute = Math.max(minute, now);
    }

    private static long minute(Instant at) {
        return at.getEpochSecond() / 60;
    }
}
