package dev.pilothouse.server.kubelet.probe;

import dev.pilothouse.server.kubelet.probe.ProbeResult.Outcome;

/**
 * Turns single results into a verdict: it changes after so many like results in a row. Not
 * thread-safe.
 */
final class Thresholds {

    private final long success;
    private final long failure;
    private boolean good;
    private boolean lastGood;
    private int run;

    /**
     * A verdict before the first result.
     *
     * @param good what holds until proved otherwise
     * @param success how many successes in a row make it good
     * @param failure how many failures in a row make it bad
     */
    Thresholds(boolean good, long success, long failure) {
        this.good = good;
        this.success = Math.max(1, success);
        this.failure = Math.max(1, failure);
    }

    /** Takes a result in; returns whether the threshold for its kind is reached. */
    boolean add(Outcome outcome) {
        boolean now = outcome == Outcome.SUCCESS;
        run = run > 0 && now == lastGood ? run + 1 : 1;
        lastGood = now;
        if (run < (now ? success : failure)) {
            return false;
        }
        good = now;
        return true;
    }

    boolean good() {
        return good;
    }
}
