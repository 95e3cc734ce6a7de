package dev.pilothouse.ui.chart;

import java.util.ArrayList;
import java.util.List;

/** Round numbers along axes. */
public final class Ticks {

    private static final long[] SECONDS = {
        15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800
    };

    private Ticks() {}

    /**
     * Steps from 0 to at least a value.
     *
     * @param binary whether the numbers are bytes, which are round when they are powers of two
     */
    public static List<Double> values(double largest, int about, boolean binary) {
        double most = largest <= 0 ? 1 : largest;
        double step = step(most / Math.max(1, about), binary);
        List<Double> ticks = new ArrayList<>();
        for (double tick = 0; tick < most + step; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    private static double step(double rough, boolean binary) {
        if (binary) {
            return Math.pow(2, Math.ceil(Math.log(Math.max(1, rough)) / Math.log(2)));
        }
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= rough) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** Round times within a span, in the user's zone if the offset says so, all in seconds. */
    public static List<Long> times(long from, long to, int about, long zoneOffset) {
        long rough = Math.max(1, (to - from) / Math.max(1, about));
        long step = SECONDS[SECONDS.length - 1];
        for (long candidate : SECONDS) {
            if (candidate >= rough) {
                step = candidate;
                break;
            }
        }
        List<Long> ticks = new ArrayList<>();
        long first = Math.ceilDiv(from + zoneOffset, step) * step - zoneOffset;
        for (long tick = first; tick <= to; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }
}
