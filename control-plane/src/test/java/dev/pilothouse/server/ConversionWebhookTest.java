package dev.pilothouse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.ApiClient.Answer;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.server.pki.ServingNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A webhook that keeps a size as text in v1 and as a number in v2. */
class ConversionWebhookTest {

    private static final String DEFINITIONS =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    @TempDir private static Path directory;
    private static ApiClient api;
    private static HttpsServer webhook;
    private static String authority;
    private static final AtomicInteger calls = new AtomicInteger();
    private static volatile String mode = "";

    @BeforeAll
    static void start() throws Exception {
        ClusterPki pki =
                ClusterPki.open(
                        directory.resolve("webhook"),
                        new ServingNames(Set.of("localhost", "converter.default.svc"), Set.of()),
                        Clock.systemUTC());
        authority =
                Base64.getEncoder()
                        .encodeToString(pki.authorityPem().getBytes(StandardCharsets.UTF_8));
        webhook = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.setHttpsConfigurator(new HttpsConfigurator(pki.serverContext()));
        webhook.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        webhook.createContext("/convert", ConversionWebhookTest::convert);
        webhook.start();
        api = ApiClient.start(directory);
    }

    @AfterAll
    static void stop() {
        api.close();
        webhook.stop(0);
    }

    private static void convert(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        ObjectNode review = Json.parseObject(exchange.getRequestBody().readAllBytes());
        ObjectNode response = review.putObject("response");
        response.put("uid", Json.text(review, "request", "uid"));
        String wanted = Json.text(review, "request", "desiredAPIVersion");
        var converted = response.putArray("convertedObjects");
        for (ObjectNode object : Json.objects(review, "request", "objects")) {
            object.put("apiVersion", wanted);
            ObjectNode spec = Json.child(object, "spec");
            JsonNode size = spec.get("size");
            if (size != null && wanted.endsWith("v2")) {
                spec.put("size", Integer.parseInt(size.asString("0")));
            } else if (size != null) {
                spec.put("size", size.asString());
            }
            if (mode.equals("rename")) {
                Json.child(object, "metadata").put("name", "other");
            }
            Json.child(object, "metadata").remove("managedFields");
            converted.add(object);
        }
        ObjectNode result = response.putObject("result");
        result.put("status", mode.equals("fail") ? "Failed" : "Success");
        result.put("message", mode.equals("fail") ? "not today" : "");
        review.remove("request");
        byte[] body = Json.bytes(review);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, mode.equals("chunked") ? 0 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String version(String name, boolean storage, String type) {
        return ("{'name':'%s','served':true,'storage':%s,'subresources':{'status':{}},"
                        + "'additionalPrinterColumns':[{'name':'Size %s','type':'string','jsonPath':'.spec.size'}],"
                        + "'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',"
                        + "'properties':{'size':{'type':'%s'},'colour':{'type':'string'}}},"
                        + "'status':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}}}")
                .formatted(name, storage, name, type);
    }

    private static String byUrl() {
        return "'url':'https://localhost:" + webhook.getAddress().getPort() + "/convert'";
    }

    private static String define(String plural, String kind, String where) throws Exception {
        Answer created =
                api.post(
                        DEFINITIONS,
                        ("{'metadata':{'name':'%s.example.com'},'spec':{'group':'example.com',"
                                        + "'scope':'Namespaced','names':{'plural':'%s','kind':'%s'},'conversion':"
                                        + "{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],"
                                        + "'clientConfig':{'caBundle':'%s',%s}}},'versions':[%s,%s]}}")
                                .formatted(
                                        plural,
                                        plural,
                                        kind,
                                        authority,
                                        where,
                                        version("v1", true, "string"),
                                        version("v2", false, "integer")));
        assertEquals(201, created.code(), created.body()::toString);
        return "/apis/example.com/v1/namespaces/default/" + plural;
    }

    @Test
    void everyVerbSpeaksTheVersionAskedFor() throws Exception {
        String old = define("as", "A", byUrl());
        String young = old.replace("/v1/", "/v2/");
        assertEquals(201, api.post(old, "{'metadata':{'name':'a'},'spec':{'size':'5'}}").code());
        Answer created = api.post(young, "{'metadata':{'name':'b'},'spec':{'size':7}}");
        assertEquals(201, created.code(), created.body()::toString);
        assertEquals("example.com/v2", created.text("apiVersion"));
        assertEquals(7, created.at("spec", "size").asInt());
        assertEquals("7", api.get(old + "/b").text("spec", "size"));
        assertEquals(5, api.get(young + "/a").at("spec", "size").asInt());
        int before = calls.get();
        List<Integer> sizes =
                Json.objects(api.get(young).body(), "items").stream()
                        .map(item -> Json.at(item, "spec", "size").asInt())
                        .toList();
        assertEquals(List.of(5, 7), sizes);
        assertEquals(before + 1, calls.get(), "a list is converted in one call");
        assertEquals(200, api.merge(young + "/a", "{'spec':{'size':6}}").code());
        assertEquals("6", api.get(old + "/a").text("spec", "size"));
        Answer wrong = api.merge(young + "/a", "{'spec':{'size':'x'}}");
        assertEquals(422, wrong.code(), "the schema of the version asked for counts");
        Answer put =
                api.put(
                        young + "/a",
                        "{'metadata':{'name':'a','resourceVersion':'%s'},'spec':{'size':8}}"
                                .formatted(
                                        api.get(young + "/a").text("metadata", "resourceVersion")));
        assertEquals(200, put.code(), put.body()::toString);
        Answer applied =
                api.send(
                        "PATCH",
                        young + "/a?fieldManager=me",
                        "application/apply-patch+yaml",
                        "{'apiVersion':'example.com/v2','kind':'A','metadata':{'name':'a'},'spec':{'colour':'red'}}");
        assertEquals(200, applied.code(), applied.body()::toString);
        assertEquals(8, applied.at("spec", "size").asInt());
        assertEquals(200, api.merge(young + "/a/status", "{'status':{'phase':'Up'}}").code());
        Answer last = api.get(old + "/a");
        assertEquals("Up", last.text("status", "phase"));
        assertEquals("red", last.text("spec", "colour"));
        assertEquals("8", last.text("spec", "size"));
        assertTrue(last.at("metadata", "managedFields").size() > 1, "metadata are put back");
        assertEquals(200, api.delete(young + "/a").code());
    }

    @Test
    void watchesConvertWhatTheyTell() throws Exception {
        String old = define("bs", "B", byUrl());
        api.post(old, "{'metadata':{'name':'a'},'spec':{'size':'5'}}");
        Stream<String> lines =
                api.watch(
                        old.replace("/v1/", "/v2/")
                                + "?watch=1&resourceVersion=0&timeoutSeconds=60");
        api.post(old, "{'metadata':{'name':'b'},'spec':{'size':'6'}}");
        List<Integer> sizes =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(60),
                        () ->
                                lines.limit(2)
                                        .map(Json::parseObject)
                                        .map(event -> Json.at(event, "object", "spec", "size"))
                                        .map(JsonNode::asInt)
                                        .toList());
        assertEquals(List.of(5, 6), sizes);
    }

    @Test
    void tablesShowTheColumnsAndValuesOfTheVersion() throws Exception {
        String old = define("cs", "C", byUrl());
        api.post(old, "{'metadata':{'name':'a'},'spec':{'size':'5'}}");
        Answer table = api.table(old.replace("/v1/", "/v2/"));
        assertEquals(
                "Size v2",
                Json.text(Json.objects(table.body(), "columnDefinitions").get(1), "name"));
        assertEquals(
                "5", Json.objects(table.body(), "rows").getFirst().get("cells").get(1).asString());
    }

    @Test
    void servicesAreCalledByTheirEndpointsAndTheirName() throws Exception {
        int port = webhook.getAddress().getPort();
        api.post(
                "/api/v1/namespaces/default/services",
                "{'metadata':{'name':'converter'},'spec':{'ports':[{'name':'https','port':443}]}}");
        api.post(
                "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                ("{'metadata':{'name':'converter-1','labels':{'kubernetes.io/service-name':'converter'}},"
                                + "'addressType':'IPv4','endpoints':[{'addresses':['127.0.0.1'],'targetRef':"
                                + "{'kind':'Pod','name':'p','namespace':'default'}}],"
                                + "'ports':[{'name':'https','port':%d,'protocol':'TCP'}]}")
                        .formatted(port));
        String old =
                define(
                        "ds",
                        "D",
                        "'service':{'namespace':'default','name':'converter','path':'/convert'}");
        Answer created =
                api.post(
                        old.replace("/v1/", "/v2/"), "{'metadata':{'name':'d'},'spec':{'size':7}}");
        assertEquals(201, created.code(), created.body()::toString);
        assertEquals("7", api.get(old + "/d").text("spec", "size"));
    }

    @Test
    void failuresAreToldInTheWordsOfKubernetes() throws Exception {
        String old = define("es", "E", byUrl());
        String young = old.replace("/v1/", "/v2/");
        api.post(old, "{'metadata':{'name':'e'},'spec':{'size':'5'}}");
        String subject = "conversion webhook for example.com/v1, Kind=E ";
        try {
            mode = "fail";
            Answer failed = api.get(young + "/e");
            assertEquals(500, failed.code());
            assertEquals(subject + "failed: not today", failed.text("message"));
            mode = "rename";
            assertEquals(
                    subject
                            + "returned invalid converted object at index 0: must have the same name: e != other",
                    api.get(young + "/e").text("message"));
            mode = "chunked";
            assertEquals(5, api.get(young + "/e").at("spec", "size").asInt());
        } finally {
            mode = "";
        }
        assertEquals(200, api.get(old + "/e").code(), "the stored version needs no webhook");
        String lost =
                define("fs", "F", "'service':{'namespace':'default','name':'nobody'}")
                        .replace("/v1/", "/v2/");
        Answer refused = api.post(lost, "{'metadata':{'name':'f'},'spec':{'size':1}}");
        assertEquals(500, refused.code());
        assertEquals(
                "conversion webhook for example.com/v2, Kind=F failed: service \"nobody\" not found",
                refused.text("message"));
    }
}
