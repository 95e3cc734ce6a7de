package dev.pilothouse.server.endpoints.node;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.testing.Answer;
import dev.pilothouse.server.testing.ApiClient;
import dev.pilothouse.server.testing.StreamServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs over HTTP/1.1 and HTTP/2, from an agent that the test feeds. */
@Timeout(120)
class PodLogsTest {

    private static final String PODS = "/api/v1/namespaces/default/pods/";

    @TempDir static Path directory;

    private static StreamServer streams;

    @BeforeAll
    static void start() {
        streams = StreamServer.start(directory);
        streams.run("default", "one", "app");
        streams.run("default", "two", "a", "b");
    }

    @AfterAll
    static void stop() {
        streams.close();
    }

    private static Answer get(String path) {
        return streams.server().admin().get(PODS + path);
    }

    private static void refused(int code, String message, String path) {
        Answer answer = get(path);
        assertEquals(code, answer.status(), answer.toString());
        assertEquals(message, answer.at("message"));
    }

    private static LogRequest lastRequest() {
        List<LogRequest> requests = streams.agent().logRequests();
        return requests.getLast();
    }

    @Test
    void passesTheOptionsOn() {
        streams.agent().log("a", "line");
        streams.agent().log("a", "");
        Answer answer =
                get(
                        "two/log?container=a&timestamps=true&tailLines=3&limitBytes=100"
                                + "&sinceTime=2026-01-02T03:04:05%2B01:00"
                                + "&insecureSkipTLSVerifyBackend=true");
        assertEquals(200, answer.status());
        assertEquals("line\n", answer.text());
        assertEquals("text/plain", answer.header("content-type"));
        LogRequest request = lastRequest();
        assertEquals("a", request.container());
        assertTrue(request.timestamps());
        assertEquals(3L, request.tailLines());
        assertEquals(100L, request.limitBytes());
        assertEquals(Instant.parse("2026-01-02T02:04:05Z"), request.since());
        assertEquals("All", request.stream());

        streams.agent().log("a", "");
        assertEquals(200, get("two/log?container=a&sinceSeconds=60&stream=Stderr").status());
        Duration age = Duration.between(lastRequest().since(), Instant.now());
        assertTrue(age.toSeconds() >= 60 && age.toSeconds() < 180, age.toString());
        assertEquals("Stderr", lastRequest().stream());
    }

    @Test
    void followsLineByLineOverBothProtocols() throws Exception {
        for (ApiClient client : List.of(streams.server().admin(), streams.server().adminHttp1())) {
            HttpResponse<InputStream> response =
                    client.open(PODS + "two/log?follow=true&container=b");
            try (BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < 20; i++) {
                    streams.agent().log("b", "line " + i);
                    assertEquals("line " + i, in.readLine());
                }
                streams.agent().log("b", "");
                assertEquals(null, in.readLine());
            }
        }
    }

    @Test
    void interruptsTheAgentWhenTheClientGoesAway() throws Exception {
        await().until(() -> streams.agent().open() == 0);
        for (ApiClient client : List.of(streams.server().admin(), streams.server().adminHttp1())) {
            HttpResponse<InputStream> response =
                    client.open(PODS + "one/log?follow=true&container=app");
            await().until(() -> streams.agent().open() == 1);
            response.body().close();
            await().atMost(Duration.ofSeconds(30)).until(() -> streams.agent().open() == 0);
        }
    }

    @Test
    void sendsLongLogsWhole() throws IOException {
        String line = "x".repeat(999);
        for (int i = 0; i < 5000; i++) {
            streams.agent().log("big", line);
        }
        streams.agent().log("big", "");
        streams.run("default", "big", "big");
        assertEquals(5_000_000, get("big/log").body().length);
    }

    @Test
    void refusesInTheWordsOfKubernetes() {
        refused(
                400,
                "a container name must be specified for pod two, choose one of: [a b]",
                "two/log");
        refused(400, "container c is not valid for pod two", "two/log?container=c");
        refused(404, "pods \"none\" not found", "none/log");
        refused(
                422,
                "PodLogOptions \"one\" is invalid: tailLines: Invalid value: -1: must be greater"
                        + " than or equal to 0",
                "one/log?tailLines=-1");
        refused(
                422,
                "PodLogOptions \"one\" is invalid: limitBytes: Invalid value: 0: must be greater"
                        + " than 0",
                "one/log?limitBytes=0");
        assertEquals(400, get("one/log?tailLines=x").status());
        assertEquals(400, get("one/log?sinceTime=yesterday").status());
        assertEquals(422, get("one/log?sinceSeconds=1&sinceTime=2026-01-02T03:04:05Z").status());
        assertEquals(422, get("one/log?stream=Both").status());
        assertEquals(422, get("one/log?stream=Stdout&tailLines=1").status());
        refused(
                400,
                "previous terminated container \"app\" in pod \"one\" not found",
                "one/log?previous=true");
    }

    @Test
    void tellsWhyThereIsNoLogYet() {
        streams.create("default", "nowhere", "'containers':[{'name':'a','image':'i'}]");
        Answer answer = get("nowhere/log");
        assertEquals(204, answer.status());

        streams.create(
                "default", "early", "'nodeName':'host','containers':[{'name':'a','image':'i'}]");
        streams.status(
                "default",
                "early",
                "'containerStatuses':[{'name':'a','image':'i','imageID':'','ready':false,"
                        + "'restartCount':0,'state':{'waiting':{'reason':'ContainerCreating'}}}]");
        refused(
                400,
                "container \"a\" in pod \"early\" is waiting to start: ContainerCreating",
                "early/log");

        streams.create(
                "default", "lost", "'nodeName':'gone','containers':[{'name':'a','image':'i'}]");
        refused(404, "nodes \"gone\" not found", "lost/log");
        streams.run("default", "refused", "refusing");
        refused(400, "the agent refuses", "refused/log");
    }
}
