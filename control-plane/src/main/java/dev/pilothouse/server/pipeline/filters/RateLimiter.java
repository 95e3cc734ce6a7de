package dev.pilothouse.server.pipeline.filters;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Token buckets by user and rule: a bucket holds a minute's worth of requests and fills evenly, so
 * that a client which waits as told loses no more time than it must. Thread-safe.
 */
final class RateLimiter {

    private static final int MAX_BUCKETS = 10_000;
    private static final double MINUTE_MILLIS = 60_000;

    private final InstantSource clock;
    private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What became of a request.
     *
     * @param limit requests a minute
     * @param remaining how many more may come at once
     * @param resetSeconds Unix time at which the bucket is full again
     * @param retryAfterSeconds 0 when the request may pass, else after how many seconds the next
     *     one may
     */
    record Permit(int limit, int remaining, long resetSeconds, int retryAfterSeconds) {}

    Permit take(String user, RateLimits.Rule rule) {
        long now = clock.millis();
        if (rule.perMinute() == RateLimits.UNLIMITED) {
            return new Permit(RateLimits.UNLIMITED, RateLimits.UNLIMITED, now / 1000, 0);
        }
        if (buckets.size() >= MAX_BUCKETS) {
            buckets.values().removeIf(bucket -> bucket.full(now));
        }
        return buckets.computeIfAbsent(
                        new Key(user, rule.name()), key -> new Bucket(rule.perMinute(), now))
                .take(now);
    }

    private record Key(String user, String rule) {}

    private static final class Bucket {
        private final int capacity;
        private double tokens;
        private long at;

        Bucket(int capacity, long now) {
            this.capacity = capacity;
            this.tokens = capacity;
            this.at = now;
        }

        synchronized Permit take(long now) {
            fill(now);
            int retryAfter = 0;
            if (tokens >= 1) {
                tokens -= 1;
            } else {
                double wait = capacity == 0 ? MINUTE_MILLIS : (1 - tokens) / rate();
                retryAfter = Math.max(1, (int) Math.ceil(wait / 1000));
            }
            double untilFull = capacity == 0 ? MINUTE_MILLIS : (capacity - tokens) / rate();
            long reset = (now + (long) Math.ceil(untilFull) + 999) / 1000;
            return new Permit(capacity, (int) tokens, reset, retryAfter);
        }

        synchronized boolean full(long now) {
            fill(now);
            return tokens >= capacity;
        }

        private void fill(long now) {
            tokens = Math.min(capacity, tokens + Math.max(0, now - at) * rate());
            at = now;
        }

        private double rate() {
            return capacity / MINUTE_MILLIS;
        }
    }
}
