package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.endpoints.resource.ResourceCall;
import dev.pilothouse.server.endpoints.resource.SubresourceHandler;
import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kubelet answers on its own port, through {@code nodes/proxy}. Agents have no port here, so
 * the answers are made where they are asked for. Source: pkg/kubelet/server.
 *
 * @param pods finds pods and agents
 * @param clock the time
 */
record NodeProxy(PodAgents pods, InstantSource clock) implements SubresourceHandler {

    private static final String KUBELET_PORT = "10250";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int FIRST_PART = 3;

    @Override
    public ApiResponse handle(ResourceCall call) {
        ProxyTarget asked = ProxyTarget.parse(call.name(), "node");
        ObjectNode node = pods.read(PodAgents.NODES, "", asked.name());
        NodeAgent agent = pods.agent(asked.name());
        if (!asked.port().isEmpty() && !asked.port().equals(KUBELET_PORT)) {
            throw refused(asked);
        }
        ApiRequest request = call.request();
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw new ApiException(
                    Status.failure(
                            StatusReason.METHOD_NOT_ALLOWED,
                            "a node's agent can only be asked here, not told",
                            null));
        }
        List<String> parts = call.info().parts();
        List<String> path = parts.subList(Math.min(FIRST_PART, parts.size()), parts.size());
        return switch (String.join("/", path)) {
            case "healthz", "healthz/ping", "healthz/syncloop", "healthz/log" -> text(TEXT, "ok");
            case "pods" -> json(NodePods.list(pods.storage(), asked.name(), _ -> true));
            case "runningpods" ->
                    json(NodePods.list(pods.storage(), asked.name(), phase("Running")));
            case "stats/summary" ->
                    json(NodeSummary.of(node, agent.usage(asked.name()), podsOf(asked.name())));
            case "metrics/resource" ->
                    text(
                            PROMETHEUS,
                            ResourceMetricsText.of(
                                    agent.usage(asked.name()), podsOf(asked.name())));
            case "configz" -> {
                ObjectNode config = Json.object();
                config.set("kubeletconfig", agent.configuration(asked.name()));
                yield json(config);
            }
            default -> logs(request, asked.name(), agent, path);
        };
    }

    private List<ObjectNode> podsOf(String node) {
        return NodePods.of(pods.storage(), node);
    }

    private static Predicate<ObjectNode> phase(String phase) {
        return pod -> Json.text(pod, "status", "phase").equals(phase);
    }

    /** {@code containerLogs/namespace/pod/container}; everything else is unknown. */
    private ApiResponse logs(ApiRequest request, String node, NodeAgent agent, List<String> path) {
        if (path.size() != 4 || !path.getFirst().equals("containerLogs")) {
            return ApiResponse.Body.of(
                    404, TEXT, "404 page not found\n".getBytes(StandardCharsets.UTF_8));
        }
        PodTarget target = pods.target(path.get(1), path.get(2));
        if (!Json.text(target.pod(), "spec", "nodeName").equals(node)) {
            throw ApiException.notFound(PodAgents.PODS, path.get(2));
        }
        LogOptions options = LogOptions.parse(request.query(), path.get(2));
        String container = PodContainers.choose(target.pod(), path.get(3));
        ContainerLogState.check(target.pod(), container, options.previous());
        LogRequest log = options.request(target.ref(), container, clock.instant());
        return AgentBody.answer("text/plain", out -> agent.logs(log, out));
    }

    private static ApiException refused(ProxyTarget asked) {
        return new ApiException(
                new Status(
                        false,
                        502,
                        StatusReason.SERVICE_UNAVAILABLE,
                        "node \""
                                + asked.name()
                                + "\" is served on port "
                                + KUBELET_PORT
                                + " only, not on "
                                + asked.port(),
                        new Details(asked.name(), "", "nodes", "", List.of(), 0),
                        ""));
    }

    private static ApiResponse text(String type, String text) {
        return ApiResponse.Body.of(200, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ApiResponse json(ObjectNode body) {
        return ApiResponse.Body.of(200, "application/json", Json.bytes(body));
    }
}
