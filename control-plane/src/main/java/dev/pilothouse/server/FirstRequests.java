package dev.pilothouse.server;

import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets those who wait for a server to start be served before it turns to its own work: holds back a
 * task until nobody has asked for anything for a while, or until it has waited for long enough. An
 * open stream is no request that waits. Thread-safe.
 */
final class FirstRequests implements ApiHandler {

    private static final long PATIENCE = Duration.ofSeconds(3).toNanos();

    private final ApiHandler chain;
    private final long quiet;
    private final Delays delays;
    private final LongSupplier nanos;
    private int running;
    private long lastEnd;
    private volatile boolean over;

    /**
     * In front of a request chain.
     *
     * @param quiet for how long nobody must have asked for anything
     * @param nanos the time as {@link System#nanoTime} tells it
     */
    FirstRequests(ApiHandler chain, Duration quiet, Delays delays, LongSupplier nanos) {
        this.chain = chain;
        this.quiet = quiet.toNanos();
        this.delays = delays;
        this.nanos = nanos;
        this.lastEnd = nanos.getAsLong();
    }

    /** Runs a short task when there is time for it. */
    void then(Runnable task) {
        check(task, nanos.getAsLong() + PATIENCE);
    }

    private void check(Runnable task, long until) {
        long now = nanos.getAsLong();
        long left = Math.min(untilQuiet(now), until - now);
        if (left <= 0) {
            over = true;
            task.run();
        } else {
            delays.after(Duration.ofNanos(left), () -> check(task, until));
        }
    }

    private synchronized long untilQuiet(long now) {
        return running > 0 ? quiet : lastEnd + quiet - now;
    }

    @Override
    public boolean mayBlock(ApiRequest request) {
        return chain.mayBlock(request);
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        if (over) {
            return chain.handle(request);
        }
        count(1);
        try {
            return chain.handle(request);
        } finally {
            count(-1);
        }
    }

    private synchronized void count(int change) {
        running += change;
        lastEnd = nanos.getAsLong();
    }
}
