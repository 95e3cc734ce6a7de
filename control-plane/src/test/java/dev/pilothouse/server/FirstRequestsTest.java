package dev.pilothouse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.UserInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FirstRequestsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Queue<Delayed> delayed = new ArrayDeque<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private final FirstRequests first = of(request -> ApiResponse.Body.of(200, "", new byte[0]));

    private record Delayed(Duration delay, Runnable task) {}

    private FirstRequests of(ApiHandler chain) {
        return new FirstRequests(
                chain,
                Duration.ofMillis(400),
                (delay, task) -> delayed.add(new Delayed(delay, task)),
                nanos::get);
    }

    private static ApiRequest request() {
        return new ApiRequest(
                "id",
                "GET",
                "/api/v1/pods",
                Parameters.EMPTY,
                Parameters.EMPTY,
                new byte[0],
                "127.0.0.1",
                List.of(),
                Instant.EPOCH,
                ApiRequest.UNKNOWN_INFO,
                UserInfo.UNKNOWN);
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    /** Lets the time pass for which the task was put off last. */
    private void wake() {
        Delayed next = delayed.remove();
        nanos.addAndGet(next.delay().toNanos());
        next.task().run();
    }

    @Test
    void runsTheTaskWhenNobodyAsks() {
        first.then(() -> done.set(true));
        assertEquals(Duration.ofMillis(400), delayed.element().delay());
        assertFalse(done.get());
        wake();
        assertTrue(done.get());
        assertTrue(delayed.isEmpty());
    }

    @Test
    void countsAnewAfterARequest() {
        first.then(() -> done.set(true));
        pass(300);
        assertEquals(200, first.handle(request()).status());
        nanos.set(0);
        wake();
        assertFalse(done.get());
        assertEquals(Duration.ofMillis(300), delayed.element().delay());
        wake();
        assertTrue(done.get());
    }

    @Test
    void doesNotWaitForEverForOneThatHangs() {
        FirstRequests[] hanging = new FirstRequests[1];
        hanging[0] =
                of(request -> {
                    while (!done.get()) {
                        wake();
                    }
                    return ApiResponse.Body.of(200, "", new byte[0]);
                });
        hanging[0].then(() -> done.set(true));
        hanging[0].handle(request());
        assertTrue(done.get());
        assertEquals(Duration.ofSeconds(3).toNanos(), nanos.get());
    }
}
