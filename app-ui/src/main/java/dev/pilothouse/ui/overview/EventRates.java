package dev.pilothouse.ui.overview;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/** Counts events in each of the last thirty minutes, by their own time. Guarded by its owner. */
final class EventRates {

    static final int MINUTES = 30;

    private final InstantSource clock;
    private final int[] counts = new int[MINUTES];
    private long minute;

    EventRates(InstantSource clock) {
        this.clock = clock;
        this.minute = minute(clock.instant());
    }

    /** Counts one event; what is older than half an hour is left out. */
    void count(Instant at) {
        move();
        long of = Math.min(minute(at), minute);
        if (of > minute - MINUTES) {
            counts[(int) (of % MINUTES)]++;
        }
    }

    /** Forgets all: the events are read anew. */
    void clear() {
        Arrays.fill(counts, 0);
    }

    /** The counts, the oldest first; the last is that of the minute that runs. */
    int[] perMinute() {
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
