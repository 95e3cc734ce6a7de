package dev.pilothouse.server.controller;

import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Endpoints and EndpointSlices over a whole control plane. */
@Timeout(120)
class ServiceControllersTest {

    private static final GroupVersionResource SERVICES =
            new GroupVersionResource("", "v1", "services");
    private static final GroupVersionResource ENDPOINTS =
            new GroupVersionResource("", "v1", "endpoints");
    private static final GroupVersionResource SLICES =
            new GroupVersionResource("discovery.k8s.io", "v1", "endpointslices");

    @TempDir static Path directory;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new TestCluster(directory);
        cluster.node("node-a", "{'topology.kubernetes.io/zone':'zone-1'}");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void followsThePodsOfAService() {
        service(
                "web",
                "'selector':{'app':'web'},'ports':[{'name':'http','port':80,'targetPort':'web'}]");
        ObjectNode empty = awaitSlice("web", slice -> true);
        assertEquals(0, empty.path("endpoints").size());
        await("web", endpoints -> !endpoints.has("subsets"));

        cluster.pod("default", "web-1", "{'app':'web'}", "node-a", "");
        cluster.running("default", "web-1", "10.1.0.1", false);
        await("web", endpoints -> ips(endpoints, "notReadyAddresses").equals("10.1.0.1"));
        ObjectNode unready = awaitSlice("web", slice -> slice.path("endpoints").size() == 1);
        JsonNode endpoint = unready.path("endpoints").path(0);
        assertEquals(false, endpoint.path("conditions").path("ready").booleanValue());
        assertEquals("zone-1", Json.text(endpoint, "zone"));
        assertEquals("node-a", Json.text(endpoint, "nodeName"));
        assertEquals("web-1", Json.text(endpoint, "targetRef", "name"));
        assertEquals(8080, unready.path("ports").path(0).path("port").intValue());

        cluster.running("default", "web-1", "10.1.0.1", true);
        ObjectNode ready =
                await("web", endpoints -> ips(endpoints, "addresses").equals("10.1.0.1"));
        assertEquals(
                "endpoint-controller",
                Json.text(ready, "metadata", "labels", "endpoints.kubernetes.io/managed-by"));
        awaitSlice("web", slice -> condition(slice, "ready") && condition(slice, "serving"));

        cluster.client().resource(PODS).delete("default", "web-1", DeleteOptions.DEFAULT);
        awaitSlice(
                "web",
                slice ->
                        condition(slice, "terminating")
                                && condition(slice, "serving")
                                && !condition(slice, "ready"));
        await("web", endpoints -> !endpoints.has("subsets"));

        cluster.client().resource(SERVICES).delete("default", "web", DeleteOptions.DEFAULT);
        cluster.awaitGone(ENDPOINTS, "default", "web");
        cluster.awaitGone(SLICES, "default", Json.text(empty, "metadata", "name"));
    }

    @Test
    void carriesAllottedPortsOfPodsOnTheHost() {
        service("host", "'selector':{'app':'host'},'ports':[{'port':80,'targetPort':8080}]");
        for (int i = 1; i <= 2; i++) {
            cluster.pod("default", "host-" + i, "{'app':'host'}", "node-a", "");
            cluster.patch(
                    PODS,
                    "default",
                    "host-" + i,
                    "{'metadata':{'annotations':{'pilothouse.dev/ports':'8080=4100" + i + "'}}}");
            cluster.running("default", "host-" + i, "127.0.0.1", true);
        }

        ObjectNode endpoints = await("host", found -> found.path("subsets").size() == 2);
        assertEquals(
                "[41001,41002]",
                endpoints
                        .path("subsets")
                        .valueStream()
                        .map(subset -> subset.path("ports").path(0).path("port").intValue())
                        .toList()
                        .toString()
                        .replace(" ", ""));
        awaitSlice("host", slice -> slice.path("ports").path(0).path("port").asInt(0) == 41001);
        awaitSlice("host", slice -> slice.path("ports").path(0).path("port").asInt(0) == 41002);
    }

    @Test
    void namesPodsOfHeadlessServicesAndPublishesUnreadyOnes() {
        service(
                "peers",
                "'clusterIP':'None','publishNotReadyAddresses':true,'selector':{'app':'peers'},'ports':[{'port':80}]");
        cluster.pod(
                "default",
                "peer-0",
                "{'app':'peers'}",
                "node-a",
                "'hostname':'peer-0','subdomain':'peers'");
        cluster.running("default", "peer-0", "10.1.0.9", false);

        ObjectNode endpoints = await("peers", found -> ips(found, "addresses").equals("10.1.0.9"));
        JsonNode address = endpoints.path("subsets").path(0).path("addresses").path(0);
        assertEquals("peer-0", Json.text(address, "hostname"));
        assertTrue(
                Json.stringMap(endpoints, "metadata", "labels")
                        .containsKey("service.kubernetes.io/headless"));
        ObjectNode slice = awaitSlice("peers", found -> condition(found, "ready"));
        assertEquals(false, condition(slice, "serving"));
        assertEquals("peer-0", Json.text(slice.path("endpoints").path(0), "hostname"));
    }

    @Test
    void splitsManyEndpointsIntoSlicesOfHundred() {
        service("many", "'selector':{'app':'many'},'ports':[{'port':80}]");
        for (int i = 0; i < 150; i++) {
            cluster.pod("default", "many-" + i, "{'app':'many'}", "node-a", "");
            cluster.running("default", "many-" + i, "10.2.0." + i, true);
        }
        await(
                "many",
                endpoints -> endpoints.path("subsets").path(0).path("addresses").size() == 150);
        awaitSlice("many", slice -> slice.path("endpoints").size() == 100);
        awaitSlice("many", slice -> slice.path("endpoints").size() == 50);
        assertEquals(2, cluster.list(SLICES, "default", "kubernetes.io/service-name=many").size());
    }

    @Test
    void copiesEndpointsThatPeopleMake() {
        service("outside", "'ports':[{'port':5432}]");
        cluster.create(
                ENDPOINTS,
                """
                {'apiVersion':'v1','kind':'Endpoints','metadata':{'namespace':'default','name':'outside'},
                 'subsets':[{'addresses':[{'ip':'192.0.2.7'}],'notReadyAddresses':[{'ip':'192.0.2.8'}],
                 'ports':[{'port':5432}]}]}\
                """);

        ObjectNode slice = awaitSlice("outside", found -> found.path("endpoints").size() == 2);
        assertEquals(
                "endpointslicemirroring-controller.k8s.io",
                Json.text(slice, "metadata", "labels", "endpointslice.kubernetes.io/managed-by"));
        assertTrue(condition(slice, "ready"));

        cluster.client().resource(ENDPOINTS).delete("default", "outside", DeleteOptions.DEFAULT);
        cluster.awaitGone(SLICES, "default", Json.text(slice, "metadata", "name"));
    }

    @Test
    void waitsForTheNodeOfAPod() {
        service("early", "'selector':{'app':'early'},'ports':[{'port':80}]");
        cluster.pod("default", "early", "{'app':'early'}", "node-late", "");
        cluster.running("default", "early", "10.1.0.20", true);
        await("early", endpoints -> ips(endpoints, "addresses").equals("10.1.0.20"));
        awaitSlice("early", slice -> slice.path("endpoints").isEmpty());

        cluster.node("node-late", "{}");

        awaitSlice("early", slice -> slice.path("endpoints").size() == 1);
    }

    private static void service(String name, String spec) {
        cluster.create(
                SERVICES,
                "{'apiVersion':'v1','kind':'Service','metadata':{'namespace':'default','name':'%s'},'spec':{%s}}"
                        .formatted(name, spec));
    }

    private static ObjectNode await(String name, Predicate<ObjectNode> wanted) {
        return cluster.await(ENDPOINTS, "default", name, wanted);
    }

    private static ObjectNode awaitSlice(String service, Predicate<ObjectNode> wanted) {
        return cluster.await(
                SLICES,
                ListOptions.in("default").withLabels("kubernetes.io/service-name=" + service),
                wanted);
    }

    private static boolean condition(ObjectNode slice, String type) {
        return Json.bool(slice.path("endpoints").path(0), "conditions", type);
    }

    private static String ips(ObjectNode endpoints, String field) {
        return String.join(
                ",",
                Json.objects(endpoints.path("subsets").path(0), field).stream()
                        .map(address -> Json.text(address, "ip"))
                        .toList());
    }
}
