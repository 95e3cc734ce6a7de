package dev.pilothouse.server.endpoints.resource;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.InProcessServer;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.EventSource;
import dev.pilothouse.server.request.EventSource.Frame;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestIds;
import dev.pilothouse.server.request.UserInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches of the same form get the same bytes, whoever asks first. */
class SharedFramesTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String PARTIAL =
            "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";

    @TempDir private Path directory;

    private InProcessServer server;

    @BeforeEach
    void start() throws IOException {
        server = new InProcessServer(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void encodesAnEventOnceForAllWatchesOfAForm() {
        for (String form : List.of(PROTOBUF, PARTIAL)) {
            try (EventSource one = watch(form);
                    EventSource two = watch(form);
                    EventSource selective = watch(form, "labelSelector", "a=b")) {
                String name = form.equals(PROTOBUF) ? "proto" : "partial";
                send("POST", MAPS, "", "{\"metadata\":{\"name\":\"" + name + "\"}}");
                send("PATCH", MAPS + "/" + name, "", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
                send("DELETE", MAPS + "/" + name, "", "{}");
                List<Frame> first = take(one, 3);
                List<Frame> second = take(two, 3);
                for (int i = 0; i < first.size(); i++) {
                    assertSame(first.get(i).object(), second.get(i).object(), form + " " + i);
                }
                // For a watch by label the same change is another event.
                List<Frame> selected = take(selective, 2);
                assertNotSame(first.get(1).object(), selected.get(0).object());
                assertSame(first.get(2).object(), selected.get(1).object());
            }
        }
    }

    @Test
    void keepsFormsApart() {
        try (EventSource proto = watch(PROTOBUF);
                EventSource partial = watch(PARTIAL);
                EventSource plain = watch("application/json")) {
            send("POST", MAPS, "", "{\"metadata\":{\"name\":\"m\"},\"data\":{\"k\":\"v\"}}");
            Frame bytes = take(proto, 1).getFirst();
            int length = ByteBuffer.wrap(bytes.object()).getInt();
            assertEquals(
                    length + Integer.BYTES, bytes.object().length, "it begins with its length");
            assertEquals(
                    "PartialObjectMetadata",
                    Json.text(Json.parse(take(partial, 1).getFirst().object()), "kind"));
            assertEquals(
                    "ConfigMap", Json.text(Json.parse(take(plain, 1).getFirst().object()), "kind"));
        }
    }

    private static List<Frame> take(EventSource source, int count) {
        List<Frame> frames = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    frames.addAll(source.poll(count - frames.size()));
                    return frames.size() == count;
                });
        return frames;
    }

    private EventSource watch(String accept, String... selector) {
        Map<String, List<String>> query = new HashMap<>();
        query.put("watch", List.of("1"));
        query.put("resourceVersion", List.of(Long.toString(server.revision())));
        if (selector.length > 0) {
            query.put(selector[0], List.of(selector[1]));
        }
        ApiResponse answer = server.chain().handle(request("GET", MAPS, query, accept, ""));
        return ((ApiResponse.EventStream) answer).source();
    }

    private void send(String method, String path, String accept, String body) {
        ApiResponse answer = server.chain().handle(request(method, path, Map.of(), accept, body));
        assertEquals(2, answer.status() / 100, method + " " + path);
    }

    private static ApiRequest request(
            String method,
            String path,
            Map<String, List<String>> query,
            String accept,
            String body) {
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return new ApiRequest(
                RequestIds.next(),
                method,
                path,
                Parameters.query(query),
                Parameters.headers(
                        Map.of("accept", List.of(accept), "content-type", List.of(type))),
                body.getBytes(StandardCharsets.UTF_8),
                "test",
                List.of(),
                Instant.now(),
                ApiRequest.UNKNOWN_INFO,
                new UserInfo("test", "", List.of(UserInfo.MASTERS), Map.of()));
    }
}
