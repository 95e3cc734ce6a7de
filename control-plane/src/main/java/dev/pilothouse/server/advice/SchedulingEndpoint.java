package dev.pilothouse.server.advice;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.RequestInfo;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The group {@code scheduling.pilothouse.dev}: {@code GET .../v1/namespaces/NS/pods/NAME/decision}
 * tells why a pod is on its node or on none, {@code POST .../v1/simulations} where pods would go.
 * See docs/scheduling.md.
 */
public final class SchedulingEndpoint implements ApiHandler {

    /** The API group. */
    public static final String GROUP = "scheduling.pilothouse.dev";

    private static final int NODES = 200;
    private static final int MOST_NODES = 10_000;

    private final PlacementAdvisors advisors;

    /** Asks the scheduler that makes itself known there. */
    public SchedulingEndpoint(PlacementAdvisors advisors) {
        this.advisors = advisors;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        RequestInfo info = request.info();
        if (!info.version().equals("v1")) {
            throw ApiException.noSuchPath();
        }
        if (asksForDecision(info)) {
            if (!request.method().equals("GET")) {
                throw ApiException.badRequest("decisions can only be read");
            }
            return json(200, decision(request));
        }
        if (info.resource().equals("simulations")
                && info.namespace().isEmpty()
                && info.parts().size() == 1
                && request.method().equals("POST")) {
            return json(201, simulation(request));
        }
        throw ApiException.noSuchPath();
    }

    private static boolean asksForDecision(RequestInfo info) {
        return info.resource().equals("pods")
                && info.subresource().equals("decision")
                && info.parts().size() == 3
                && !info.namespace().isEmpty();
    }

    private ObjectNode decision(ApiRequest request) {
        RequestInfo info = request.info();
        ObjectNode decision = advisor().decision(info.namespace(), info.name(), nodes(request));
        if (decision == null) {
            throw ApiException.notFound(new GroupResource(GROUP, "decisions"), info.name());
        }
        return decision;
    }

    private static int nodes(ApiRequest request) {
        String text = request.query().text("nodes");
        if (text.isEmpty()) {
            return NODES;
        }
        try {
            return Math.clamp(Integer.parseInt(text), 0, MOST_NODES);
        } catch (NumberFormatException _) {
            throw ApiException.badRequest("nodes: \"" + text + "\" is not a number");
        }
    }

    private ObjectNode simulation(ApiRequest request) {
        ObjectNode question;
        try {
            question = Json.parseObject(request.body());
        } catch (JacksonException | ClassCastException _) {
            throw ApiException.badRequest("the body is not a JSON object");
        }
        return advisor().simulate(question);
    }

    private PlacementAdvisor advisor() {
        PlacementAdvisor advisor = advisors.find();
        if (advisor == null) {
            throw new ApiException(
                    Status.failure(
                            StatusReason.SERVICE_UNAVAILABLE,
                            "the scheduler is not running",
                            new Status.Details("", "", "", "", List.of(), 0)));
        }
        return advisor;
    }

    private static ApiResponse json(int status, ObjectNode body) {
        return ApiResponse.Body.of(status, "application/json", Json.bytes(body));
    }
}
