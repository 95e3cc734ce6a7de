package dev.pilothouse.server.clients;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.clients.ApiConnection.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The requests of the API document, word for word: their bodies are in {@code api-document}. Where
 * the document and Kubernetes differ, answers are Kubernetes' and the document's forms of requests
 * are accepted as well.
 */
@Tag("clients")
class ApiDocumentTest {

    private static final String ADMIN = "admin-token";
    private static final String USER = "user-token";

    @TempDir static Path directory;

    private static ServerProcess server;
    private static ApiConnection api;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        Path tokens =
                Files.writeString(
                        directory.resolve("tokens.csv"),
                        ADMIN + ",jane,1,\"system:masters\"\n" + USER + ",joe,2\n");
        server = ServerProcess.startWithoutNodes(directory, "--token-auth-file", tokens.toString());
        api = new ApiConnection(server, ADMIN);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            api.close();
            server.close();
        }
    }

    /** A namespace of its own for a test. */
    private static String namespace(String name) throws IOException, InterruptedException {
        String body = "{\"metadata\":{\"name\":\"" + name + "\"}}";
        assertEquals(
                201, api.send("POST", "/api/v1/namespaces", "application/json", body).status());
        return "/api/v1/namespaces/" + name;
    }

    private static String apps(String namespace) {
        return namespace.replace("/api/v1/", "/apis/apps/v1/");
    }

    @Test
    void createsPod() throws IOException, InterruptedException {
        Answer pod = api.post(namespace("create-pod") + "/pods", "create-pod");
        assertEquals(201, pod.status());
        assertEquals("nginx-pod", pod.text("metadata", "name"));
        assertEquals("create-pod", pod.text("metadata", "namespace"));
        assertTrue(pod.text("metadata", "uid").matches("[0-9a-f-]{36}"));
        assertTrue(Long.parseLong(pod.text("metadata", "resourceVersion")) > 0);
        Instant.parse(pod.text("metadata", "creationTimestamp"));
        assertEquals("Pending", pod.text("status", "phase"));
        assertEquals("Burstable", pod.text("status", "qosClass"));
    }

    @Test
    void listsPodsByLabelInPages() throws IOException, InterruptedException {
        String pods = namespace("list-pods") + "/pods";
        for (String name : List.of("nginx-pod-1", "nginx-pod-2")) {
            String body = ApiConnection.file("create-pod").replace("nginx-pod", name);
            assertEquals(201, api.send("POST", pods, "application/json", body).status());
        }
        Answer all = api.get(pods + "?labelSelector=app=nginx&limit=100");
        assertEquals(200, all.status());
        assertEquals("v1", all.text("apiVersion"));
        assertEquals("PodList", all.text("kind"));
        assertTrue(Long.parseLong(all.text("metadata", "resourceVersion")) > 0);
        assertEquals(List.of("nginx-pod-1", "nginx-pod-2"), names(all));

        Answer first = api.get(pods + "?labelSelector=app=nginx&limit=1");
        assertEquals(List.of("nginx-pod-1"), names(first));
        String token = first.text("metadata", "continue");
        assertFalse(token.isEmpty());
        Answer second = api.get(pods + "?labelSelector=app=nginx&limit=1&continue=" + token);
        assertEquals(List.of("nginx-pod-2"), names(second));
        assertEquals("", second.text("metadata", "continue"));

        assertEquals(List.of(), names(api.get(pods + "?labelSelector=app=other&limit=100")));
    }

    @Test
    void watchesPods() throws IOException, InterruptedException {
        String pods = namespace("watch-pods") + "/pods";
        assertEquals(201, api.post(pods, "create-pod").status());
        try (var events = api.watch(pods + "?watch=true&timeoutSeconds=20")) {
            var event = events.iterator();
            assertEvent("ADDED", event.next());
            String running = "{\"status\":{\"phase\":\"Running\"}}";
            Answer changed = api.send("PATCH", pods + "/nginx-pod/status", null, running);
            assertEquals(200, changed.status());
            JsonNode modified = event.next();
            while (!Json.text(modified, "object", "status", "phase").equals("Running")) {
                // The scheduler may say something of the pod, too.
                modified = event.next();
            }
            assertEvent("MODIFIED", modified);
            assertEquals(200, api.delete(pods + "/nginx-pod?gracePeriodSeconds=0").status());
            JsonNode last = event.next();
            while (Json.text(last, "type").equals("MODIFIED")) {
                last = event.next();
            }
            assertEvent("DELETED", last);
        }
    }

    private static void assertEvent(String type, JsonNode event) {
        assertEquals(type, Json.text(event, "type"));
        assertEquals("nginx-pod", Json.text(event, "object", "metadata", "name"));
    }

    @Test
    void deletes() throws IOException, InterruptedException {
        String namespace = namespace("delete-pod");
        assertEquals(201, api.post(namespace + "/pods", "create-pod").status());
        Answer pod = api.delete(namespace + "/pods/nginx-pod");
        assertEquals(200, pod.status());
        assertEquals("nginx-pod", pod.text("metadata", "name"));
        assertEquals(404, api.get(namespace + "/pods/nginx-pod").status());

        assertEquals(201, api.post(namespace + "/configmaps", "create-configmap").status());
        Answer other = api.delete(namespace + "/configmaps/app-config");
        assertEquals(200, other.status());
        assertEquals("Status", other.text("kind"));
        assertEquals("Success", other.text("status"));
        assertEquals("app-config", other.text("details", "name"));
        assertEquals("configmaps", other.text("details", "kind"));
    }

    @Test
    void refusesLogsOfMissingPodsAndContainers() throws IOException, InterruptedException {
        String namespace = namespace("pod-logs");
        assertEquals(404, api.get(namespace + "/pods/nginx-pod/log?tailLines=100").status());
        assertEquals(201, api.post(namespace + "/pods", "create-pod").status());
        Answer wrong = api.get(namespace + "/pods/nginx-pod/log?container=none&tailLines=100");
        assertEquals(400, wrong.status());
        assertEquals("container none is not valid for pod nginx-pod", wrong.text("message"));
    }

    @Test
    void createsUpdatesAndScalesDeployment() throws IOException, InterruptedException {
        String deployments = apps(namespace("deployments")) + "/deployments";
        Answer created = api.post(deployments, "create-deployment");
        assertEquals(201, created.status());
        assertEquals(3, created.body().at("/spec/replicas").asInt());
        assertEquals(1, created.body().at("/spec/strategy/rollingUpdate/maxSurge").asInt());
        assertEquals(0, created.body().at("/spec/strategy/rollingUpdate/maxUnavailable").asInt());
        assertEquals(1, created.body().at("/metadata/generation").asInt());

        String one = deployments + "/nginx-deployment";
        Answer updated =
                api.patch(one, "application/strategic-merge-patch+json", "update-deployment");
        assertEquals(200, updated.status());
        JsonNode container = updated.body().at("/spec/template/spec/containers/0");
        assertEquals("nginx:1.22", Json.text(container, "image"));
        assertEquals(80, container.at("/ports/0/containerPort").asInt());
        assertTrue(updated.body().at("/metadata/generation").asInt() >= 2);

        Answer scaled = api.patch(one + "/scale", null, "scale-deployment");
        assertEquals(200, scaled.status());
        assertEquals("Scale", scaled.text("kind"));
        assertEquals(5, scaled.body().at("/spec/replicas").asInt());
        assertTrue(scaled.body().at("/status/replicas").isNumber());
        assertTrue(scaled.body().at("/status/readyReplicas").isNumber());
        assertEquals(5, api.get(one).body().at("/spec/replicas").asInt());
    }

    @Test
    void createsService() throws IOException, InterruptedException {
        String services = namespace("services") + "/services";
        Answer service = api.post(services, "create-service");
        assertEquals(201, service.status());
        assertEquals("LoadBalancer", service.text("spec", "type"));
        assertTrue(service.text("spec", "clusterIP").matches("\\d+(\\.\\d+){3}"));
        int nodePort = service.body().at("/spec/ports/0/nodePort").asInt();
        assertTrue(nodePort >= 30000 && nodePort <= 32767);
        assertTrue(service.body().at("/status/loadBalancer").isObject());
    }

    @Test
    void servesEndpoints() throws IOException, InterruptedException {
        String endpoints = namespace("endpoints") + "/endpoints";
        assertEquals(201, api.post(endpoints, "create-endpoints").status());
        Answer answer = api.get(endpoints + "/nginx-service");
        assertEquals(200, answer.status());
        JsonNode subset = answer.body().at("/subsets/0");
        assertEquals(2, subset.at("/addresses").size());
        assertEquals("10.0.1.5", subset.at("/addresses/0/ip").asString());
        assertEquals("node-1", subset.at("/addresses/0/nodeName").asString());
        assertEquals("nginx-pod-1", subset.at("/addresses/0/targetRef/name").asString());
        assertEquals(8080, subset.at("/ports/0/port").asInt());
        assertEquals("TCP", subset.at("/ports/0/protocol").asString());
    }

    @Test
    void listsAndCordonsNodesAndEvictsPods() throws IOException, InterruptedException {
        assertEquals(201, api.post("/api/v1/nodes", "create-node").status());
        Answer list = api.get("/api/v1/nodes");
        assertEquals(200, list.status());
        JsonNode node =
                Json.objects(list.body(), "items").stream()
                        .filter(item -> Json.text(item, "metadata", "name").equals("node-1"))
                        .findAny()
                        .orElseThrow();
        assertEquals("8", Json.text(node, "status", "capacity", "cpu"));
        assertEquals("7800m", Json.text(node, "status", "allocatable", "cpu"));
        assertEquals("30Gi", Json.text(node, "status", "allocatable", "memory"));
        assertEquals("Ready", node.at("/status/conditions/0/type").asString());

        Answer cordoned = api.patch("/api/v1/nodes/node-1", null, "cordon-node");
        assertEquals(200, cordoned.status());
        assertTrue(cordoned.body().at("/spec/unschedulable").asBoolean());

        String pods = namespace("evict-pod") + "/pods";
        assertEquals(201, api.post(pods, "create-pod").status());
        Answer evicted = api.post(pods + "/nginx-pod/eviction", "evict-pod");
        assertEquals(201, evicted.status());
        assertEquals("Success", evicted.text("status"));
        assertEquals(404, api.get(pods + "/nginx-pod").status());
    }

    @Test
    void createsConfigMapAndSecretWithoutTheirKinds() throws IOException, InterruptedException {
        String namespace = namespace("settings");
        Answer configMap = api.post(namespace + "/configmaps", "create-configmap");
        assertEquals(201, configMap.status());
        assertEquals("ConfigMap", configMap.text("kind"));
        assertEquals("v1", configMap.text("apiVersion"));
        assertEquals("postgres://db:5432", configMap.text("data", "database_url"));

        Answer secret = api.post(namespace + "/secrets", "create-secret");
        assertEquals(201, secret.status());
        assertEquals("Secret", secret.text("kind"));
        assertEquals("Opaque", secret.text("type"));
        assertEquals("YWRtaW4=", secret.text("data", "username"));
    }

    @Test
    void definesAndUsesCustomResources() throws IOException, InterruptedException {
        String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        Answer defined = api.post(definitions, "define-custom-resource");
        assertEquals(201, defined.status());
        assertEquals("CustomResourceDefinition", defined.text("kind"));
        assertEquals("DatabaseList", defined.text("spec", "names", "listKind"));

        String databases =
                namespace("databases").replace("/api/v1/", "/apis/example.com/v1/") + "/databases";
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertEquals(200, api.get(databases).status()));
        assertEquals(201, api.post(databases, "use-custom-resource").status());
        Answer used = api.get(databases + "/my-db");
        assertEquals("Database", used.text("kind"));
        assertEquals("10Gi", used.text("spec", "size"));
        assertEquals("14.5", used.text("spec", "version"));

        String wrong = "{\"metadata\":{\"name\":\"wrong\"},\"spec\":{\"size\":10}}";
        assertFailure(
                422,
                "Invalid",
                "Database.example.com \"wrong\" is invalid: spec.size: Invalid value: \"integer\":"
                        + " spec.size in body must be of type string: \"integer\"",
                api.send("POST", databases, "application/json", wrong));

        assertEquals(200, api.delete(definitions + "/databases.example.com").status());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertEquals(404, api.get(databases).status()));
    }

    @Test
    void answersErrorsAsStatus() throws IOException, InterruptedException {
        String namespace = namespace("errors");
        assertFailure(
                404,
                "NotFound",
                "pods \"nginx-pod\" not found",
                api.get(namespace + "/pods/nginx-pod"));
        assertEquals(
                Json.parse("{\"name\":\"nginx-pod\",\"kind\":\"pods\"}"),
                api.get(namespace + "/pods/nginx-pod").at("details"));

        String configMaps = namespace + "/configmaps";
        assertEquals(201, api.post(configMaps, "create-configmap").status());
        assertFailure(
                409,
                "AlreadyExists",
                "configmaps \"app-config\" already exists",
                api.post(configMaps, "create-configmap"));
        assertFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on configmaps \"app-config\": the object has been"
                        + " modified; please apply your changes to the latest version and try"
                        + " again",
                api.send(
                        "PUT",
                        configMaps + "/app-config",
                        "application/json",
                        "{\"metadata\":{\"name\":\"app-config\",\"resourceVersion\":\"1\"}}"));
        assertFailure(
                422,
                "Invalid",
                "ConfigMap \"app-config\" is invalid: data[a b]: Invalid value: \"a b\": a valid"
                        + " config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
                        + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
                        + " '[-._a-zA-Z0-9]+')",
                api.send("PATCH", configMaps + "/app-config", null, "{\"data\":{\"a b\":\"1\"}}"));
        assertEquals(400, api.send("POST", configMaps, "application/json", "{").status());
        assertEquals(405, api.send("PUT", configMaps, "application/json", "{}").status());
        assertEquals(415, api.send("POST", configMaps, "text/csv", "a,b").status());
    }

    private static void assertFailure(int code, String reason, String message, Answer answer) {
        assertEquals(message, answer.text("message"));
        assertEquals(code, answer.status());
        assertEquals("Status", answer.text("kind"));
        assertEquals("v1", answer.text("apiVersion"));
        assertEquals("Failure", answer.text("status"));
        assertEquals(reason, answer.text("reason"));
        assertEquals(code, answer.body().at("/code").asInt());
    }

    @Test
    void refusesWhomItDoesNotKnowOrTrust()
            throws IOException, InterruptedException, GeneralSecurityException {
        try (var nobody = new ApiConnection(server, "wrong-token")) {
            assertFailure(401, "Unauthorized", "Unauthorized", nobody.get("/api/v1/nodes"));
        }
        try (var joe = new ApiConnection(server, USER)) {
            assertFailure(
                    403,
                    "Forbidden",
                    "nodes is forbidden: User \"joe\" cannot list resource \"nodes\" in API group"
                            + " \"\" at the cluster scope",
                    joe.get("/api/v1/nodes"));
        }
    }

    @Test
    void limitsWhatOneUserMayAskInAMinute()
            throws IOException, InterruptedException, GeneralSecurityException {
        try (var joe = new ApiConnection(server, USER)) {
            Answer first = joe.post("/api/v1/namespaces/default/configmaps", "create-configmap");
            assertEquals("50", header(first, "X-RateLimit-Limit"));
            assertTrue(Integer.parseInt(header(first, "X-RateLimit-Remaining")) < 50);
            long reset = Long.parseLong(header(first, "X-RateLimit-Reset"));
            assertTrue(Math.abs(reset - Instant.now().getEpochSecond()) <= 120);

            Answer last = first;
            for (int i = 0; i < 60 && last.status() != 429; i++) {
                last = joe.post("/api/v1/namespaces/default/configmaps", "create-configmap");
            }
            assertFailure(
                    429, "TooManyRequests", "Too many requests, please try again later.", last);
            assertEquals("0", header(last, "X-RateLimit-Remaining"));
            assertTrue(Integer.parseInt(header(last, "Retry-After")) > 0);
        }
        assertEquals(200, api.get("/api/v1/nodes").status());
    }

    private static String header(Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    private static List<String> names(Answer list) {
        return Json.objects(list.body(), "items").stream()
                .map(item -> Json.text(item, "metadata", "name"))
                .toList();
    }
}
