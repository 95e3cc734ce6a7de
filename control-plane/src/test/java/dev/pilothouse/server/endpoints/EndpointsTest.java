package dev.pilothouse.server.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.BuiltInKinds;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import dev.pilothouse.server.metrics.MetricsRegistry;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.BodyEncoder;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.UserInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EndpointsTest {

    private static final String V2 =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String V2BETA1 =
            "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    private final Scheme scheme = new BuiltIn(BuiltInKinds.stable(Schema.builtIn()));
    private final ApiHandler discovery =
            new DiscoveryEndpoints(
                    scheme,
                    OwnResources.of(List.of("metrics.pilothouse.dev")),
                    BodyEncoder.json(),
                    "127.0.0.1:6443",
                    List.of("/version"));

    private record BuiltIn(List<ResourceKind> kinds) implements Scheme {
        @Override
        public @Nullable ResourceKind byResource(GroupVersionResource resource) {
            return kinds.stream().filter(k -> k.resource().equals(resource)).findAny().orElse(null);
        }

        @Override
        public @Nullable ResourceKind byKind(GroupVersionKind kind) {
            return kinds.stream().filter(k -> k.gvk().equals(kind)).findAny().orElse(null);
        }

        @Override
        public @Nullable ResourceKind storageKind(GroupResource stored) {
            return null;
        }

        @Override
        public Collection<ResourceKind> all() {
            return kinds;
        }
    }

    private static ApiResponse.Body get(
            ApiHandler handler, String path, Parameters query, Map<String, List<String>> headers) {
        return (ApiResponse.Body)
                handler.handle(
                        new ApiRequest(
                                "id",
                                "GET",
                                path,
                                query,
                                Parameters.headers(headers),
                                new byte[0],
                                "",
                                List.of(),
                                Instant.EPOCH,
                                ApiRequest.UNKNOWN_INFO,
                                UserInfo.ANONYMOUS));
    }

    private static String text(ApiResponse.Body body) {
        return new String(body.segments().getFirst(), StandardCharsets.UTF_8);
    }

    private JsonNode discovered(String path, String accept) {
        return Json.parse(
                text(get(discovery, path, Parameters.EMPTY, Map.of("accept", List.of(accept)))));
    }

    private static JsonNode named(JsonNode list, String field, String name) {
        return list.valueStream()
                .filter(node -> Json.text(node, field).equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listsResourcesForOldClients() {
        JsonNode core = discovered("/api/v1", "application/json").path("resources");
        assertEquals(
                "{\"name\":\"pods/eviction\",\"singularName\":\"\",\"namespaced\":true,"
                        + "\"group\":\"policy\",\"version\":\"v1\",\"kind\":\"Eviction\","
                        + "\"verbs\":[\"create\"]}",
                Json.string(named(core, "name", "pods/eviction")));
        assertEquals(
                "[\"create\",\"get\"]",
                Json.string(named(core, "name", "pods/exec").path("verbs")));
        JsonNode pods = named(core, "name", "pods");
        assertEquals("[\"po\"]", Json.string(pods.path("shortNames")));
        assertEquals("[\"all\"]", Json.string(pods.path("categories")));
        assertEquals("xPOwRZ+Yhw8=", Json.text(pods, "storageVersionHash"));
        JsonNode apps = discovered("/apis/apps/v1", "").path("resources");
        assertEquals("autoscaling", Json.text(named(apps, "name", "deployments/scale"), "group"));
    }

    /** Resources that are there for their subresources only are none that a client can get. */
    @Test
    void listsGroupsThatKeepNoObjects() {
        JsonNode resources =
                discovered("/apis/metrics.pilothouse.dev/v1", "application/json").path("resources");
        assertEquals(
                List.of("nodes/history", "pods/history"),
                resources.valueStream().map(each -> Json.text(each, "name")).toList());
        JsonNode group =
                discovered("/apis", V2)
                        .path("items")
                        .valueStream()
                        .filter(item ->
                                Json.text(item, "metadata", "name")
                                        .equals("metrics.pilothouse.dev"))
                        .findFirst()
                        .orElseThrow();
        JsonNode pods = named(group.path("versions").get(0).path("resources"), "resource", "pods");
        assertTrue(pods.path("responseKind").isMissingNode());
        assertEquals(
                "PodMetricsHistory",
                Json.text(pods.path("subresources").get(0), "responseKind", "kind"));
    }

    @Test
    void ordersGroupsAndPrefersVersionsAsKubernetesDoes() {
        JsonNode groups = discovered("/apis", "*/*").path("groups");
        List<String> names = groups.valueStream().map(g -> Json.text(g, "name")).toList();
        assertTrue(names.indexOf("apps") < names.indexOf("events.k8s.io"));
        assertTrue(names.indexOf("batch") < names.indexOf("networking.k8s.io"));
        assertEquals(
                "autoscaling/v2",
                Json.text(discovered("/apis/autoscaling", ""), "preferredVersion", "groupVersion"));
    }

    @Test
    void aggregatesDiscoveryWithAnEntityTag() {
        ApiResponse.Body body =
                get(
                        discovery,
                        "/apis",
                        Parameters.EMPTY,
                        Map.of("accept", List.of(V2BETA1 + "," + V2 + ",application/json")));
        assertEquals(V2, body.contentType());
        JsonNode apps =
                Json.parse(text(body))
                        .path("items")
                        .valueStream()
                        .filter(item -> Json.text(item, "metadata", "name").equals("apps"))
                        .findFirst()
                        .orElseThrow();
        JsonNode deployment =
                named(apps.path("versions").get(0).path("resources"), "resource", "deployments");
        assertEquals("Deployment", Json.text(deployment, "responseKind", "kind"));
        assertEquals("Namespaced", Json.text(deployment, "scope"));
        assertEquals(
                "Scale",
                Json.text(
                        named(deployment.path("subresources"), "subresource", "scale"),
                        "responseKind",
                        "kind"));
        String etag =
                body.headers().stream()
                        .filter(header -> header.getKey().equals("ETag"))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
        ApiResponse.Body again =
                get(
                        discovery,
                        "/apis",
                        Parameters.EMPTY,
                        Map.of("accept", List.of(V2), "if-none-match", List.of(etag)));
        assertEquals(304, again.status());
    }

    @Test
    void fallsBackToPlainDiscoveryOrRefuses() {
        assertEquals(
                "APIGroupList",
                Json.text(discovered("/apis", V2BETA1 + ",application/json"), "kind"));
        ApiException refused = assertThrows(ApiException.class, () -> discovered("/apis", V2BETA1));
        assertEquals(406, refused.status().code());
        assertEquals(
                "APIVersions",
                Json.text(
                        discovered("/api", "application/vnd.kubernetes.protobuf,application/json"),
                        "kind"));
        assertThrows(ApiException.class, () -> discovered("/apis/none", ""));
    }

    @Test
    void findsTheVersionOfPathsThatNameNone() {
        ServedGroups groups = new ServedGroups(scheme);
        assertEquals(
                "v2",
                groups.versionFor(
                        "autoscaling", "horizontalpodautoscalers", "horizontalpodautoscalers"));
        assertEquals("v1", groups.versionFor("apps", "namespaces", "deployments"));
        assertEquals(null, groups.versionFor("apps", "v1", "v1"));
        assertEquals(null, groups.versionFor("apps", "nothing", "nothing"));
    }

    @Test
    void tellsHealthInKubernetesForm() {
        HealthEndpoint health =
                new HealthEndpoint(List.of(HealthCheck.readiness("etcd", () -> "disk gone")));
        assertEquals("ok", text(get(health, "/livez", Parameters.EMPTY, Map.of())));
        ApiResponse.Body unready = get(health, "/readyz", Parameters.EMPTY, Map.of());
        assertEquals(500, unready.status());
        assertEquals(
                "[+]ping ok\n[+]log ok\n[-]etcd failed: reason withheld\nreadyz check failed\n",
                text(unready));
        Parameters verbose =
                Parameters.query(
                        Map.of("verbose", List.of(""), "exclude", List.of("etcd", "other")));
        assertEquals(
                "[+]ping ok\n[+]log ok\n[+]etcd excluded: ok\nwarn: some health checks cannot be"
                        + " excluded: no matches for \"other\"\nreadyz check passed\n",
                text(get(health, "/readyz", verbose, Map.of())));
        assertEquals(500, get(health, "/readyz/etcd", Parameters.EMPTY, Map.of()).status());
        assertThrows(
                ApiException.class, () -> get(health, "/livez/etcd", Parameters.EMPTY, Map.of()));
    }

    @Test
    void tellsTheVersionAndTheMetrics() {
        JsonNode version =
                Json.parse(
                        text(
                                get(
                                        new VersionEndpoint("v1.36.0+pilothouse", "", ""),
                                        "/version",
                                        Parameters.EMPTY,
                                        Map.of())));
        assertEquals("36", Json.text(version, "minor"));
        assertEquals("35", Json.text(version, "minCompatibilityMinor"));
        String metrics =
                text(
                        get(
                                new MetricsEndpoint(new MetricsRegistry()),
                                "/metrics",
                                Parameters.EMPTY,
                                Map.of()));
        assertTrue(metrics.contains("\nprocess_start_time_seconds "), metrics);
        assertTrue(metrics.contains("\njvm_memory_heap_used_bytes "), metrics);
    }
}
