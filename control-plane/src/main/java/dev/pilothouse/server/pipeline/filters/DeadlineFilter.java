package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.ChainedHandler;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.pipeline.LongRunning;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.RequestDeadline;
import dev.pilothouse.server.request.RequestInfo;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers 504 when a request that waits takes longer than the limit or than its {@code timeout}
 * parameter. What it does goes on behind the answer: it is never interrupted, because an interrupt
 * may close files of the store. Requests that do not wait run undisturbed. Source: apiserver
 * filters WithRequestDeadline and WithTimeout.
 */
record DeadlineFilter(Duration limit) implements Filter {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ChainedHandler(next) {
            @Override
            public ApiResponse handle(ApiRequest request) {
                if (LongRunning.is(request.info())) {
                    return next.handle(request);
                }
                Duration deadline = deadline(request);
                if (!next.mayBlock(request)) {
                    return next.handle(request);
                }
                return waitsForStoreOnly(request.info())
                        ? RequestDeadline.within(deadline, () -> next.handle(request))
                        : within(deadline, next, request);
            }
        };
    }

    /**
     * Writes wait for the store by {@link RequestDeadline}, so that no second thread is needed.
     * Those of services hold a lock until the store has answered, however late.
     */
    private static boolean waitsForStoreOnly(RequestInfo info) {
        return info.resourceRequest()
                && WRITES.contains(info.verb())
                && !info.resource().equals("services");
    }

    private Duration deadline(ApiRequest request) {
        String asked = request.query().text("timeout");
        if (asked.isEmpty()) {
            return limit;
        }
        Duration parsed = GoDuration.parse(asked);
        if (parsed == null) {
            throw ApiException.badRequest("invalid timeout specified in the request URL");
        }
        return parsed.isPositive() && parsed.compareTo(limit) < 0 ? parsed : limit;
    }

    private static ApiResponse within(Duration limit, ApiHandler next, ApiRequest request) {
        CompletableFuture<ApiResponse> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("request-" + request.id())
                .start(() -> {
                    try {
                        discardIfLate(answer, next.handle(request));
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                });
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return late(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return late(answer);
        } catch (ExecutionException e) {
            return rethrow(e);
        }
    }

    private static void discardIfLate(CompletableFuture<ApiResponse> answer, ApiResponse response) {
        if (!answer.complete(response) && response instanceof ApiResponse.EventStream stream) {
            stream.source().close();
        }
    }

    private static ApiResponse late(CompletableFuture<ApiResponse> answer) {
        ApiException timeout = RequestDeadline.exceeded();
        answer.completeExceptionally(timeout);
        throw timeout;
    }

    private static ApiResponse rethrow(ExecutionException e) {
        switch (e.getCause()) {
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case null, default -> throw new IllegalStateException(e);
        }
    }
}
