package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.kubelet.runtime.simulated.stage.Seeds;

/**
 * A value over time that is always the same at the same moment: what a simulated container uses.
 * Immutable.
 */
sealed interface Signal {

    /**
     * A moment in the life of a container.
     *
     * @param time seconds since 1970
     * @param age seconds since the container was started
     * @param seed of the container
     * @param siblings how many pods of the same owner share a load, at least 1
     */
    record Moment(double time, double age, long seed, int siblings) {}

    /** The value at a moment. */
    double at(Moment moment);

    /** Always the same. */
    record Constant(double value) implements Signal {
        @Override
        public double at(Moment moment) {
            return value;
        }
    }

    /** Up and down between two values by the clock, in step with all others of that period. */
    record Sine(double low, double high, double period) implements Signal {
        @Override
        public double at(Moment moment) {
            double phase = 2 * Math.PI * moment.time() / period;
            return low + (high - low) * (1 - Math.cos(phase)) / 2;
        }
    }

    /** From one value to another after the start, and then no further. */
    record Ramp(double from, double to, double duration) implements Signal {
        @Override
        public double at(Moment moment) {
            double share = Math.clamp(moment.age() / duration, 0, 1);
            return from + (to - from) * share;
        }
    }

    /** Around a value, up to a share of it above or below, changing smoothly within seconds. */
    record Noise(double mean, double share) implements Signal {

        private static final double STEP = 30;

        @Override
        public double at(Moment moment) {
            double position = moment.time() / STEP;
            long before = (long) Math.floor(position);
            double part = position - before;
            double smooth = part * part * (3 - 2 * part);
            double a = Seeds.unit(Seeds.mix(moment.seed(), before));
            double b = Seeds.unit(Seeds.mix(moment.seed(), before + 1));
            return mean * (1 + share * (2 * (a + (b - a) * smooth) - 1));
        }
    }

    /** A load that is shared evenly among all running pods of the same owner. */
    record Share(Signal load) implements Signal {
        @Override
        public double at(Moment moment) {
            return load.at(moment) / moment.siblings();
        }
    }

    /** Two together. */
    record Sum(Signal first, Signal second) implements Signal {
        @Override
        public double at(Moment moment) {
            return first.at(moment) + second.at(moment);
        }
    }
}
