package dev.pilothouse.server.history;

/** Means of measurements over equal steps; steps without a measurement have none. */
final class Points {

    private final double[] cpu;
    private final double[] memory;
    private final boolean[] known;

    /** No step has a value. */
    Points(int size) {
        cpu = new double[size];
        memory = new double[size];
        known = new boolean[size];
    }

    /** Means of these measurements. */
    Points(Samples samples, long first, long step, int size) {
        this(size);
        int[] numbers = new int[size];
        int before = -1;
        for (int i = 0; i < samples.size(); i++) {
            int at = (int) ((samples.time(i) - first) / step);
            if (samples.time(i) >= first && at < size) {
                cpu[at] += samples.microCores(i);
                memory[at] += samples.kibibytes(i);
                numbers[at]++;
            }
        }
        for (int i = 0; i < size; i++) {
            if (numbers[i] > 0) {
                cpu[i] /= numbers[i];
                memory[i] /= numbers[i];
                known[i] = true;
                bridge(before, i, step);
                before = i;
            }
        }
    }

    /** Where measurements are five minutes apart, shorter steps between them hold the last one. */
    private void bridge(int before, int now, long step) {
        if (before >= 0 && now - before > 1 && (now - before) * step <= Span.COARSE.step()) {
            for (int i = before + 1; i < now; i++) {
                cpu[i] = cpu[before];
                memory[i] = memory[before];
                known[i] = true;
            }
        }
    }

    /** Adds others, step by step. */
    void add(Points others) {
        for (int i = 0; i < cpu.length; i++) {
            cpu[i] += others.cpu[i];
            memory[i] += others.memory[i];
            known[i] |= others.known[i];
        }
    }

    int size() {
        return cpu.length;
    }

    boolean has(int index) {
        return known[index];
    }

    double microCores(int index) {
        return cpu[index];
    }

    double kibibytes(int index) {
        return memory[index];
    }
}
