package dev.pilothouse.server.endpoints.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.BuiltInKinds;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse.Body;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.UserInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenApiEndpointTest {

    private static final String OLD_V2 =
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    private static final String LEASES = "apis/coordination.k8s.io/v1";

    private final OpenApiDocuments documents =
            new OpenApiDocuments(
                    Schema.builtIn(), new FixedScheme(BuiltInKinds.stable(Schema.builtIn())));
    private final OpenApiEndpoint endpoint = new OpenApiEndpoint(documents);

    private Body get(
            String path, Map<String, List<String>> query, Map<String, List<String>> headers) {
        return (Body) endpoint.handle(request("GET", path, query, headers));
    }

    private static ApiRequest request(
            String method,
            String path,
            Map<String, List<String>> query,
            Map<String, List<String>> headers) {
        return new ApiRequest(
                "id",
                method,
                path,
                Parameters.query(query),
                Parameters.headers(headers),
                new byte[0],
                "127.0.0.1",
                List.of(),
                Instant.EPOCH,
                ApiRequest.UNKNOWN_INFO,
                UserInfo.ANONYMOUS);
    }

    private static String header(Body body, String name) {
        return body.headers().stream()
                .filter(header -> header.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Map<String, List<String>> accept(String value) {
        return Map.of("accept", List.of(value));
    }

    private String leaseHash() {
        return Objects.requireNonNull(documents.v3(LEASES)).hash();
    }

    @Test
    void negotiatesTheForm() {
        Body json = get("/openapi/v2", Map.of(), Map.of());
        assertEquals("application/json", json.contentType());
        assertEquals("2.0", Json.text(Json.parse(json.segments().getFirst()), "swagger"));
        Body old = get("/openapi/v2", Map.of(), accept(OLD_V2));
        assertEquals(
                "application/com.github.proto-openapi.spec.v2.v1.0+protobuf", old.contentType());
        assertEquals("2.0", new ProtoTree(old.segments().getFirst()).text(1));
        Body preferred = get("/openapi/v2", Map.of(), accept("application/json;q=0.5, " + OLD_V2));
        assertEquals(old.contentType(), preferred.contentType());
        assertNotEquals(header(json, "ETag"), header(old, "ETag"));
    }

    @Test
    void refusesOtherForms() {
        ApiException failure =
                assertThrows(
                        ApiException.class,
                        () -> get("/openapi/v3/" + LEASES, Map.of(), accept("text/html")));
        assertEquals(406, failure.status().code());
        assertThrows(
                ApiException.class,
                () -> get("/openapi/v2", Map.of(), accept("application/json;q=0")));
    }

    @Test
    void documentOfCurrentHashMayBeKeptForAYear() {
        Body body = get("/openapi/v3/" + LEASES, Map.of("hash", List.of(leaseHash())), Map.of());
        assertEquals(200, body.status());
        assertEquals("public, immutable", header(body, "Cache-Control"));
        assertTrue(header(body, "Expires").endsWith(" GMT"));
        assertEquals("\"" + leaseHash() + "\"", header(body, "ETag"));
    }

    @Test
    void staleHashIsRedirected() {
        Body body = get("/openapi/v3/" + LEASES, Map.of("hash", List.of("OLD")), Map.of());
        assertEquals(301, body.status());
        assertEquals("/openapi/v3/" + LEASES + "?hash=" + leaseHash(), header(body, "Location"));
    }

    @Test
    void documentWithoutHashMustBeRevalidated() {
        Body body = get("/openapi/v3/" + LEASES, Map.of(), Map.of());
        assertEquals("no-cache, private", header(body, "Cache-Control"));
        Map<String, List<String>> known =
                Map.of("if-none-match", List.of("\"x\", " + header(body, "ETag")));
        Body second = get("/openapi/v3/" + LEASES, Map.of(), known);
        assertEquals(304, second.status());
        assertEquals(0, second.length());
    }

    @Test
    void indexIsServedWithAndWithoutSlash() {
        Body body = get("/openapi/v3", Map.of(), Map.of());
        assertTrue(Json.parse(body.segments().getFirst()).at("/paths").has(LEASES));
        assertEquals(header(body, "ETag"), header(get("/openapi/v3/", Map.of(), Map.of()), "ETag"));
    }

    @Test
    void unknownPathsAndMethodsFail() {
        for (String path : List.of("/openapi/v3/apis/none/v1", "/openapi", "/openapi/v4")) {
            ApiException failure =
                    assertThrows(ApiException.class, () -> get(path, Map.of(), Map.of()));
            assertEquals(404, failure.status().code(), path);
        }
        ApiException failure =
                assertThrows(
                        ApiException.class,
                        () -> endpoint.handle(request("POST", "/openapi/v2", Map.of(), Map.of())));
        assertEquals(405, failure.status().code());
    }
}
