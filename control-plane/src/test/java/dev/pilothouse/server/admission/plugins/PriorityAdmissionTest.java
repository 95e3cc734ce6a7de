package dev.pilothouse.server.admission.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.InProcessServer;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestIds;
import dev.pilothouse.server.request.UserInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** New pods follow the default class as it is at the time, although it is remembered. */
class PriorityAdmissionTest {

    private static final String CLASSES = "/apis/scheduling.k8s.io/v1/priorityclasses";

    @TempDir private Path directory;

    private int pods;

    @Test
    void followsTheDefaultClass() throws IOException {
        try (InProcessServer server = new InProcessServer(directory)) {
            // There are no controllers here that would make it.
            send(
                    server,
                    "POST",
                    "/api/v1/namespaces/default/serviceaccounts",
                    "{\"metadata\":{\"name\":\"default\"}}");
            assertEquals("0 ", newPod(server));
            priorityClass(server, "usual", 7);
            assertEquals("7 usual", newPod(server));
            priorityClass(server, "low", 3);
            assertEquals("3 low", newPod(server));
            send(server, "DELETE", CLASSES + "/low", "{}");
            assertEquals("7 usual", newPod(server));
            send(server, "PATCH", CLASSES + "/usual", "{\"globalDefault\":false}");
            assertEquals("0 ", newPod(server));
        }
    }

    private static void priorityClass(InProcessServer server, String name, int value) {
        send(
                server,
                "POST",
                CLASSES,
                """
                {"metadata":{"name":"%s"},"value":%d,"globalDefault":true}\
                """
                        .formatted(name, value));
    }

    /** Priority and class of a new pod. */
    private String newPod(InProcessServer server) {
        ObjectNode pod =
                send(
                        server,
                        "POST",
                        "/api/v1/namespaces/default/pods",
                        """
                        {"metadata":{"name":"p%d"},"spec":{"containers":[{"name":"c","image":"i"}]}}\
                        """
                                .formatted(pods++));
        return Json.number(pod, -1, "spec", "priority")
                + " "
                + Json.text(pod, "spec", "priorityClassName");
    }

    private static ObjectNode send(
            InProcessServer server, String method, String path, String body) {
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        ApiResponse answer =
                server.chain()
                        .handle(
                                new ApiRequest(
                                        RequestIds.next(),
                                        method,
                                        path,
                                        Parameters.query(Map.of()),
                                        Parameters.headers(Map.of("content-type", List.of(type))),
                                        body.getBytes(StandardCharsets.UTF_8),
                                        "test",
                                        List.of(),
                                        Instant.now(),
                                        ApiRequest.UNKNOWN_INFO,
                                        new UserInfo(
                                                "test", "", List.of(UserInfo.MASTERS), Map.of())));
        ApiResponse.Body whole = (ApiResponse.Body) answer;
        byte[] first = whole.segments().getFirst();
        assertTrue(answer.status() / 100 == 2, () -> new String(first, StandardCharsets.UTF_8));
        return Json.parseObject(first);
    }
}
