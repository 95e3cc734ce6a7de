package dev.pilothouse.server.fuzz;

import dev.pilothouse.model.codec.ProtobufCodec;
import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.fuzz.RandomRequests.Request;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What must hold for every answer, whatever was asked. */
final class Answers {

    private static final Set<Integer> ALLOWED =
            Set.of(200, 201, 202, 301, 400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 429);

    private final ProtobufCodec protobuf;

    Answers(ProtobufCodec protobuf) {
        this.protobuf = protobuf;
    }

    /**
     * What is wrong with an answer, null when nothing is.
     *
     * @param contentType its media type, empty for none
     */
    @Nullable String problem(Request request, int status, String contentType, byte[] body) {
        if (status == 504 || status == 503 || status == 502) {
            return isStreamOrWait(request, status) ? null : "status " + status;
        }
        if (status == 204) {
            // As kube-apiserver answers for the log of a pod that is on no node.
            return request.path().contains("/log") ? null : "status " + status;
        }
        if (!ALLOWED.contains(status)) {
            return "status " + status;
        }
        if (status < 400 || request.method().equals("HEAD") || !isApi(request)) {
            return null;
        }
        try {
            ObjectNode answer = parse(contentType, body);
            return answer == null ? "not a Status: " + contentType : statusProblem(answer, status);
        } catch (JacksonException e) {
            return "the Status cannot be read: " + e.getMessage();
        }
    }

    /** Streams to nodes have no node yet; reads of future revisions wait in vain. */
    private static boolean isStreamOrWait(Request request, int status) {
        return status == 504
                ? request.query().containsKey("resourceVersion")
                : request.path().contains("/exec")
                        || request.path().contains("/log")
                        || request.path().contains("/proxy")
                        || request.path().contains("/attach")
                        || request.path().contains("/portforward");
    }

    private static boolean isApi(Request request) {
        return request.path().startsWith("/api/") || request.path().startsWith("/apis/");
    }

    private @Nullable ObjectNode parse(String contentType, byte[] body) {
        if (contentType.startsWith("application/json")) {
            return Json.parseObject(body);
        }
        if (contentType.startsWith("application/vnd.kubernetes.protobuf")) {
            return protobuf.decode(body);
        }
        if (contentType.startsWith("application/yaml")) {
            return dev.pilothouse.model.codec.ObjectDecoder.decodeYaml(body).object();
        }
        return null;
    }

    private static @Nullable String statusProblem(ObjectNode answer, int status) {
        boolean good =
                Json.text(answer, "kind").equals("Status")
                        && Json.text(answer, "apiVersion").equals("v1")
                        && Json.text(answer, "status").equals("Failure")
                        && Json.number(answer, 0, "code") == status
                        && !Json.text(answer, "reason").isEmpty()
                        && !Json.text(answer, "message").isEmpty();
        return good
                ? null
                : "bad Status: " + new String(YamlWriter.write(answer), StandardCharsets.UTF_8);
    }
}
