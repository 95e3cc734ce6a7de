package dev.pilothouse.server.endpoints.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.testing.Answer;
import dev.pilothouse.server.testing.ApiClient;
import dev.pilothouse.server.testing.StreamServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proxies to pods and services, with the JDK's HTTP server as the pod. */
@Timeout(120)
class ProxyTest {

    private static final String DEFAULT = "/api/v1/namespaces/default/";

    @TempDir static Path directory;

    private static StreamServer streams;
    private static HttpServer backend;

    @BeforeAll
    static void start() throws IOException {
        streams = StreamServer.start(directory);
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", ProxyTest::tell);
        backend.start();
        streams.agent().map(80, backend.getAddress().getPort());
        streams.run("default", "web", "app");
        streams.server()
                .admin()
                .create(
                        DEFAULT + "services",
                        json(
                                "{'metadata':{'name':'web'},'spec':{'ports':["
                                        + "{'name':'http','port':8080,'targetPort':80}]}}"));
        streams.server()
                .admin()
                .create(
                        DEFAULT + "endpoints",
                        json(
                                "{'metadata':{'name':'web'},'subsets':[{'addresses':[{'ip':'10.0.0.7',"
                                        + "'targetRef':{'kind':'Pod','name':'web'}}],"
                                        + "'ports':[{'name':'http','port':80}]}]}"));
        streams.server()
                .admin()
                .create(
                        DEFAULT + "services",
                        json("{'metadata':{'name':'idle'},'spec':{'ports':[{'port':80}]}}"));
        streams.server()
                .admin()
                .create(DEFAULT + "endpoints", json("{'metadata':{'name':'idle'}}"));
    }

    @AfterAll
    static void stop() {
        backend.stop(0);
        streams.close();
    }

    private static tools.jackson.databind.node.ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"'));
    }

    /** Tells the client what came in. */
    private static void tell(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        if (path.equals("/moved")) {
            exchange.getResponseHeaders().add("Location", "/here?x=1");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
            return;
        }
        String told =
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().getFirst("Authorization")
                        + " "
                        + new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] body = told.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-Backend", "yes");
        exchange.getResponseHeaders().add("Content-Type", "text/tell");
        exchange.sendResponseHeaders(path.equals("/teapot") ? 418 : 200, 0);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void passesRequestsOfAllMethodsOn() {
        for (String way :
                List.of("pods/web", "pods/web:80", "services/web:http", "services/web:8080")) {
            String at = DEFAULT + way + "/proxy";
            Answer answer = streams.server().admin().get(at + "/a%20b/c?q=1&r=%26");
            assertEquals(200, answer.status(), answer.toString());
            assertEquals("GET /a%20b/c?q=1&r=%26 null ", answer.text());
            assertEquals("yes", answer.header("x-backend"));
            assertEquals("text/tell", answer.header("content-type"));
            assertEquals("POST /x null {}", streams.server().admin().post(at + "/x", "{}").text());
            assertEquals("PUT /x null {}", streams.server().admin().put(at + "/x", "{}").text());
            assertEquals("DELETE /x null ", streams.server().admin().delete(at + "/x").text());
            assertEquals(418, streams.server().admin().get(at + "/teapot").status());
            assertEquals("GET / null ", streams.server().admin().get(at + "/").text());
        }
    }

    @Test
    void keepsCredentialsToItself() {
        ApiClient master =
                streams.server().token(dev.pilothouse.server.testing.RunningServer.MASTER_TOKEN);
        assertEquals("GET /x null ", master.get(DEFAULT + "pods/web/proxy/x").text());
        ApiClient reader =
                streams.server().token(dev.pilothouse.server.testing.RunningServer.READER_TOKEN);
        assertEquals(403, reader.get(DEFAULT + "pods/web/proxy/x").status());
    }

    @Test
    void rewritesPlaces() {
        Answer moved = streams.server().admin().get(DEFAULT + "services/web:http/proxy/moved");
        assertEquals(302, moved.status());
        assertEquals(DEFAULT + "services/web:http/proxy/here?x=1", moved.header("location"));
        Answer slash = streams.server().admin().get(DEFAULT + "services/web:http/proxy?x=1");
        assertEquals(301, slash.status());
        assertEquals(DEFAULT + "services/web:http/proxy/?x=1", slash.header("location"));
    }

    @Test
    void refusesInTheWordsOfKubernetes() {
        refused(503, "no endpoints available for service \"idle\"", "services/idle/proxy/");
        refused(503, "no service port 1 found for service \"web\"", "services/web:1/proxy/");
        refused(404, "services \"none\" not found", "services/none/proxy/");
        refused(404, "pods \"none\" not found", "pods/none/proxy/");
        Answer closed = streams.server().admin().get(DEFAULT + "pods/web:81/proxy/");
        assertEquals(503, closed.status());
        assertTrue(closed.at("message").startsWith("error trying to reach service: "));
    }

    private static void refused(int code, String message, String path) {
        Answer answer = streams.server().admin().get(DEFAULT + path);
        assertEquals(code, answer.status(), answer.toString());
        assertEquals(message, answer.at("message"));
    }
}
