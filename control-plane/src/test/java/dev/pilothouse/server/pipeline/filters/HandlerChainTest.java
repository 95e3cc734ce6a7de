package dev.pilothouse.server.pipeline.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.authn.AnonymousAuthenticator;
import dev.pilothouse.server.authn.AuthenticatorChain;
import dev.pilothouse.server.authn.StaticTokenAuthenticator;
import dev.pilothouse.server.authz.AlwaysAllowedPaths;
import dev.pilothouse.server.authz.Authorizer;
import dev.pilothouse.server.authz.AuthorizerChain;
import dev.pilothouse.server.authz.MastersAuthorizer;
import dev.pilothouse.server.metrics.MetricsRegistry;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.AuditSink;
import dev.pilothouse.server.pipeline.BodyEncoder;
import dev.pilothouse.server.pipeline.ErrorWriter;
import dev.pilothouse.server.pipeline.InProcessTransport;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestInfoResolver;
import dev.pilothouse.server.request.UserInfo;
import dev.pilothouse.server.request.VersionAlias;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerChainTest {

    private static final String TOKENS =
            """
            root,admin,1,"system:masters"
            dev,ada,2,"devs,testers"
            node,system:node:n1,3,system:nodes
            """;
    private static final Authorizer READERS =
            (user, info) ->
                    user.name().equals("ada") && info.readOnly()
                            ? Authorizer.Decision.allow("")
                            : Authorizer.Decision.NONE;

    private final MetricsRegistry metrics = new MetricsRegistry();
    private Instant now = Instant.ofEpochSecond(1_000_000);
    private final ApiHandler chain = chain(HandlerChainTest::route);

    private ApiHandler chain(ApiHandler router) {
        return HandlerChain.of(
                new HandlerChain.Parts(
                        new ErrorWriter(BodyEncoder.json()),
                        new RequestInfoResolver(VersionAlias.NONE),
                        metrics,
                        Duration.ofSeconds(60),
                        new AuthenticatorChain(
                                List.of(
                                        StaticTokenAuthenticator.fromCsv(TOKENS),
                                        new AnonymousAuthenticator())),
                        AuditSink.NONE,
                        new AuthorizerChain(
                                List.of(
                                        new MastersAuthorizer(),
                                        new AlwaysAllowedPaths(AlwaysAllowedPaths.DEFAULT),
                                        READERS)),
                        RateLimits.DEFAULT,
                        () -> now),
                router);
    }

    private static ApiResponse route(ApiRequest request) {
        if (request.path().equals("/broken")) {
            throw new IllegalStateException("secret");
        }
        return ApiResponse.Body.of(
                200,
                "text/plain",
                (request.user().name() + " " + request.user().groups())
                        .getBytes(StandardCharsets.UTF_8));
    }

    private ApiResponse.Body send(String method, String path, String... headers) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], List.of(headers[i + 1]));
        }
        return (ApiResponse.Body)
                new InProcessTransport(chain, UserInfo.UNKNOWN, () -> now)
                        .call(method, path, Parameters.EMPTY, Parameters.headers(map), new byte[0]);
    }

    private static String text(ApiResponse.Body body) {
        return new String(body.segments().getFirst(), StandardCharsets.UTF_8);
    }

    private static String message(ApiResponse.Body body) {
        return Json.text(Json.parse(text(body)), "message");
    }

    private static String header(ApiResponse response, String name) {
        return response.headers().stream()
                .filter(header -> header.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    @Test
    void recognisesTokensAndRefusesWrongOnes() {
        assertEquals(
                "ada [devs, testers, system:authenticated]",
                text(send("GET", "/api/v1/pods", "authorization", "Bearer dev")));
        ApiResponse.Body wrong = send("GET", "/version", "authorization", "Bearer wrong");
        assertEquals(401, wrong.status());
        assertEquals("Unauthorized", message(wrong));
    }

    @Test
    void letsAnonymousUsersSeeHealthAndVersionOnly() {
        assertEquals(200, send("GET", "/livez/ping").status());
        assertEquals(200, send("GET", "/version").status());
        ApiResponse.Body refused = send("GET", "/metrics");
        assertEquals(403, refused.status());
        assertEquals(
                "forbidden: User \"system:anonymous\" cannot get path \"/metrics\"",
                message(refused));
    }

    @Test
    void saysWhatIsForbiddenInKubernetesWords() {
        String bearer = "Bearer dev";
        assertEquals(
                "pods is forbidden: User \"ada\" cannot create resource \"pods\" in API group \"\""
                        + " in the namespace \"default\"",
                message(send("POST", "/api/v1/namespaces/default/pods", "authorization", bearer)));
        assertEquals(
                "deployments.apps \"d\" is forbidden: User \"ada\" cannot patch resource"
                        + " \"deployments/scale\" in API group \"apps\" in the namespace \"a\"",
                message(
                        send(
                                "PATCH",
                                "/apis/apps/v1/namespaces/a/deployments/d/scale",
                                "authorization",
                                bearer)));
    }

    @Test
    void impersonatesOnlyWithPermission() {
        assertEquals(
                "bob [g, system:authenticated]",
                text(
                        send(
                                "GET",
                                "/livez",
                                "authorization",
                                "Bearer root",
                                "impersonate-user",
                                "bob",
                                "impersonate-group",
                                "g")));
        ApiResponse.Body refused =
                send(
                        "GET",
                        "/livez",
                        "authorization",
                        "Bearer dev",
                        "impersonate-user",
                        "system:serviceaccount:ns:sa");
        assertEquals(403, refused.status());
        assertEquals(
                "serviceaccounts \"sa\" is forbidden: User \"ada\" cannot impersonate resource"
                        + " \"serviceaccounts\" in API group \"\" in the namespace \"ns\"",
                message(refused));
    }

    @Test
    void limitsEachUserAndClassAndTellsHowLongToWait() {
        for (int i = 0; i < 100; i++) {
            ApiResponse.Body list = send("GET", "/api/v1/pods", "authorization", "Bearer dev");
            assertEquals(200, list.status());
            assertEquals(String.valueOf(99 - i), header(list, "X-RateLimit-Remaining"));
        }
        ApiResponse.Body refused = send("GET", "/api/v1/pods", "authorization", "Bearer dev");
        assertEquals(429, refused.status());
        assertEquals("TooManyRequests", Json.text(Json.parse(text(refused)), "reason"));
        assertEquals("1", header(refused, "Retry-After"));
        assertEquals("100", header(refused, "X-RateLimit-Limit"));
        assertEquals("1000060", header(refused, "X-RateLimit-Reset"));
        assertEquals(200, send("GET", "/api/v1/pods/x", "authorization", "Bearer dev").status());
        now = now.plusSeconds(1);
        assertEquals(200, send("GET", "/api/v1/pods", "authorization", "Bearer dev").status());
    }

    @Test
    void showsTheLimitsOfComponentsAndOfThoseWithoutOnFailuresToo() {
        ApiResponse.Body node = send("GET", "/api/v1/pods", "authorization", "Bearer node");
        assertEquals(403, node.status());
        assertEquals("10000", header(node, "X-RateLimit-Limit"));
        ApiResponse.Body admin = send("GET", "/broken", "authorization", "Bearer root");
        assertEquals(500, admin.status());
        assertFalse(text(admin).contains("secret"));
        assertEquals(String.valueOf(RateLimits.UNLIMITED), header(admin, "X-RateLimit-Remaining"));
    }

    @Test
    void answersWithTheClientsAuditIdAndForbidsCaching() {
        ApiResponse.Body response = send("GET", "/livez", "audit-id", "abc");
        assertEquals("abc", header(response, "Audit-Id"));
        assertEquals("no-cache, private", header(response, "Cache-Control"));
        assertFalse(header(send("GET", "/livez"), "Audit-Id").isEmpty());
    }

    @Test
    void answers504WhenTheTimeoutPassesAnd400WhenItIsNone() {
        ApiHandler slow =
                chain(request -> {
                    try {
                        Thread.sleep(2000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return route(request);
                });
        InProcessTransport transport =
                new InProcessTransport(slow, UserInfo.of("a", UserInfo.MASTERS), () -> now);
        assertEquals(504, call(transport, "50ms").status());
        assertEquals(400, call(transport, "soon").status());
    }

    private static ApiResponse call(InProcessTransport transport, String timeout) {
        return transport.call(
                "GET",
                "/api/v1/pods",
                Parameters.query(Map.of("timeout", List.of(timeout))),
                Parameters.EMPTY,
                new byte[0]);
    }

    @Test
    void countsRequestsByWhatTheyWereAbout() {
        send("GET", "/api/v1/namespaces/a/pods", "authorization", "Bearer root");
        String text = metrics.text();
        assertTrue(
                text.contains(
                        "apiserver_request_total{verb=\"LIST\",group=\"\",version=\"v1\","
                                + "resource=\"pods\",subresource=\"\",scope=\"namespace\","
                                + "code=\"200\"} 1"),
                text);
        assertTrue(text.contains("apiserver_request_duration_seconds_bucket{verb=\"LIST\""), text);
        assertTrue(
                text.contains("apiserver_current_inflight_requests{request_kind=\"readOnly\"} 0"));
    }
}
