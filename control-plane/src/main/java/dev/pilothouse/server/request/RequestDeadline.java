package dev.pilothouse.server.request;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Until when the request that a thread handles must be answered. Who waits on behalf of a request
 * waits by {@link #join}.
 */
public final class RequestDeadline {

    private static final ScopedValue<Long> NANOS = ScopedValue.newInstance();

    private RequestDeadline() {}

    /** Handles a request on this thread; what it waits for must be there within the limit. */
    public static <T> T within(Duration limit, Supplier<T> handling) {
        long nanos = System.nanoTime() + limit.toNanos();
        return ScopedValue.where(NANOS, nanos).call(handling::get);
    }

    /**
     * Waits for a result like {@link CompletableFuture#join}, but not longer than the request has.
     * What comes too late is left to itself.
     *
     * @throws ApiException 504 when time is up, 503 when interrupted
     * @throws CompletionException with the cause when there will be no result
     */
    public static <T> T join(CompletableFuture<T> result) {
        try {
            return NANOS.isBound()
                    ? result.get(NANOS.get() - System.nanoTime(), TimeUnit.NANOSECONDS)
                    : result.get();
        } catch (TimeoutException e) {
            throw exceeded();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("the server is shutting down");
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    /** 504 in the words of the API server's filter of that name. */
    public static ApiException exceeded() {
        return new ApiException(
                Status.failure(
                        StatusReason.TIMEOUT,
                        "Timeout: request did not complete within the allotted timeout",
                        null));
    }
}
