package dev.pilothouse.server.history;

import java.util.Arrays;

/** Measurements of one series in order of time; grows. Not thread-safe. */
final class Samples {

    private static final int FIRST_SIZE = 64;

    private long[] times = new long[FIRST_SIZE];
    private long[] cpu = new long[FIRST_SIZE];
    private long[] memory = new long[FIRST_SIZE];
    private int size;

    /**
     * Adds a measurement; one that is not later than the last is passed over.
     *
     * @param time seconds since 1970
     * @param microCores CPU in millionths of a core
     * @param kibibytes memory in units of 1024 bytes
     */
    void add(long time, long microCores, long kibibytes) {
        if (size > 0 && time <= times[size - 1]) {
            return;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            cpu = Arrays.copyOf(cpu, size * 2);
            memory = Arrays.copyOf(memory, size * 2);
        }
        times[size] = time;
        cpu[size] = microCores;
        memory[size] = kibibytes;
        size++;
    }

    /** Adds all of others. */
    void addAll(Samples others) {
        for (int i = 0; i < others.size; i++) {
            add(others.times[i], others.cpu[i], others.memory[i]);
        }
    }

    int size() {
        return size;
    }

    long time(int index) {
        return times[index];
    }

    long microCores(int index) {
        return cpu[index];
    }

    long kibibytes(int index) {
        return memory[index];
    }
}
