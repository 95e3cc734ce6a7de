package dev.pilothouse.server.pipeline.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestDeadline;
import dev.pilothouse.server.request.RequestInfoResolver;
import dev.pilothouse.server.request.UserInfo;
import dev.pilothouse.server.request.VersionAlias;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What waits for too long is answered by 504, on whatever thread it waits. */
class DeadlineFilterTest {

    private static final ApiResponse OK = ApiResponse.Body.of(200, "text/plain", new byte[0]);
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final AtomicReference<Thread> handled = new AtomicReference<>();

    private ApiHandler chain(Duration limit, Supplier<ApiResponse> work) {
        return new DeadlineFilter(limit)
                .wrap(
                        new ApiHandler() {
                            @Override
                            public boolean mayBlock(ApiRequest request) {
                                return true;
                            }

                            @Override
                            public ApiResponse handle(ApiRequest request) {
                                handled.set(Thread.currentThread());
                                return work.get();
                            }
                        });
    }

    private static ApiRequest request(String method, String path) {
        ApiRequest request =
                new ApiRequest(
                        "id",
                        method,
                        path,
                        Parameters.query(Map.of()),
                        Parameters.headers(Map.of()),
                        new byte[0],
                        "test",
                        List.of(),
                        Instant.EPOCH,
                        ApiRequest.UNKNOWN_INFO,
                        UserInfo.UNKNOWN);
        return request.withInfo(
                new RequestInfoResolver(VersionAlias.NONE).resolve(method, path, request.query()));
    }

    @Test
    void writesWaitOnTheirOwnThread() {
        ApiHandler chain =
                chain(
                        Duration.ofMinutes(1),
                        () -> RequestDeadline.join(CompletableFuture.completedFuture(OK)));
        assertSame(OK, chain.handle(request("POST", MAPS)));
        assertSame(Thread.currentThread(), handled.get());
    }

    @Test
    void writesAreGivenUpWhenTheStoreDoesNotAnswer() {
        CompletableFuture<ApiResponse> never = new CompletableFuture<>();
        ApiHandler chain = chain(Duration.ofMillis(20), () -> RequestDeadline.join(never));
        ApiException late =
                assertThrows(ApiException.class, () -> chain.handle(request("POST", MAPS)));
        assertEquals(504, late.status().code());
        assertEquals(
                "Timeout: request did not complete within the allotted timeout", late.getMessage());
    }

    @Test
    void othersAreGivenUpWhateverTheyWaitFor() {
        CompletableFuture<ApiResponse> never = new CompletableFuture<>();
        ApiHandler chain = chain(Duration.ofMillis(20), never::join);
        ApiException late =
                assertThrows(ApiException.class, () -> chain.handle(request("GET", MAPS + "/a")));
        assertEquals(504, late.status().code());
        assertNotSame(Thread.currentThread(), handled.get());
        never.complete(OK);
    }

    @Test
    void waitingHasNoEndOutsideOfRequests() {
        assertSame(OK, RequestDeadline.join(CompletableFuture.completedFuture(OK)));
        IllegalStateException cause = new IllegalStateException();
        CompletionException failed =
                assertThrows(
                        CompletionException.class,
                        () -> RequestDeadline.join(CompletableFuture.failedFuture(cause)));
        assertSame(cause, failed.getCause());
    }
}
