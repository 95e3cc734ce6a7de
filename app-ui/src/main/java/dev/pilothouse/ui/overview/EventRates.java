package dev.pilothouse.ui.overview;

import java.time.InstantSource;

/** Counts events in each of the last thirty minutes. Guarded by its owner. */
final class EventRates {

    static final int MINUTES = 30;

    private final InstantSource clock;
    private final int[] counts = new int[MINUTES];
    private long minute;

    EventRates(InstantSource clock) {
        this.clock = clock;
        this.minute = now();
    }

    void count() {
        move();
        counts[(int) (minute % MINUTES)]++;
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
        long now = now();
        for (long passed = Math.max(minute + 1, now - MINUTES + 1); passed <= now; passed++) {
            counts[(int) (passed % MINUTES)] = 0;
        }
        minute = Math.max(minute, now);
    }

    private long now() {
        return clock.instant().getEpochSecond() / 60;
    }
}
