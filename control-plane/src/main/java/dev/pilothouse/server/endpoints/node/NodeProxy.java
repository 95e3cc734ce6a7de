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
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kubelet answers on its own port, through {@code nodes/proxy}. Agents have no port here, so
 * the answers are made where they are asked for. The method is the verb that is needed for {@code
 * nodes/proxy}: {@code get} to read, {@code create} for what is posted; streams that are opened
 * with GET need {@code create} too. Source: pkg/kubelet/server.
 *
 * @param pods finds pods and agents
 * @param commands what is done in containers
 * @param clock the time
 */
record NodeProxy(PodAgents pods, NodeCommands commands, InstantSource clock)
        implements SubresourceHandler {

    private static final String KUBELET_PORT = "10250";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int FIRST_PART = 3;
    private static final Set<String> READ = Set.of("GET", "HEAD");
    private static final Set<String> STREAM = Set.of("GET", "POST");
    private static final Set<String> RUN = Set.of("POST");

    @Override
    public ApiResponse handle(ResourceCall call) {
        ProxyTarget asked = ProxyTarget.parse(call.name(), "node");
        ObjectNode node = pods.read(PodAgents.NODES, "", asked.name());
        NodeAgent agent = pods.agent(asked.name());
        if (!asked.port().isEmpty() && !asked.port().equals(KUBELET_PORT)) {
            throw refused(asked);
        }
        ApiRequest request = call.request();
        List<String> parts = call.info().parts();
        List<String> path = parts.subList(Math.min(FIRST_PART, parts.size()), parts.size());
        String first = path.isEmpty() ? "" : path.getFirst();
        try {
            return switch (first) {
                case "exec", "attach" -> {
                    allow(request, STREAM);
                    yield commands.command(request, asked.name(), path, first.equals("attach"));
                }
                case "portForward" -> {
                    allow(request, STREAM);
                    yield commands.portForward(request, asked.name(), path);
                }
                case "run" -> {
                    allow(request, RUN);
                    yield commands.run(request, asked.name(), path);
                }
                default -> {
                    allow(request, READ);
                    yield document(request, node, agent, path);
                }
            };
        } catch (PlainRefusal refusal) {
            return refusal.answer();
        }
    }

    private static void allow(ApiRequest request, Set<String> methods) {
        if (!methods.contains(request.method())) {
            throw new PlainRefusal(405, "405: Method Not Allowed");
        }
    }

    private ApiResponse document(
            ApiRequest request, ObjectNode node, NodeAgent agent, List<String> path) {
        String name = Json.text(node, "metadata", "name");
        return switch (String.join("/", path)) {
            case "healthz", "healthz/ping", "healthz/syncloop", "healthz/log" -> text(TEXT, "ok");
            case "pods" -> json(NodePods.list(pods.storage(), name, _ -> true));
            case "runningpods" -> json(NodePods.list(pods.storage(), name, phase("Running")));
            case "stats/summary" ->
                    json(
                            NodeSummary.of(
                                    node,
                                    agent.usage(name),
                                    request.query().flag("only_cpu_and_memory")
                                            ? null
                                            : agent.files(name),
                                    podsOf(name)));
            case "metrics" -> text(PROMETHEUS, KubeletMetricsText.of(name, podsOf(name)));
            case "metrics/resource" ->
                    text(PROMETHEUS, ResourceMetricsText.of(agent.usage(name), podsOf(name)));
            case "metrics/cadvisor" ->
                    text(
                            PROMETHEUS,
                            CadvisorMetricsText.of(
                                    node, agent.usage(name), agent.files(name), podsOf(name)));
            case "configz" -> {
                ObjectNode config = Json.object();
                config.set("kubeletconfig", agent.configuration(name));
                yield json(config);
            }
            default -> files(request, name, agent, path);
        };
    }

    private ApiResponse files(ApiRequest request, String node, NodeAgent agent, List<String> path) {
        String first = path.isEmpty() ? "" : path.getFirst();
        ApiResponse found =
                switch (first) {
                    case "containerLogs" -> path.size() == 4 ? logs(request, node, path) : null;
                    case "logs" ->
                            NodeLogFiles.answer(agent.podLogs(node), path.subList(1, path.size()));
                    default -> null;
                };
        if (found == null) {
            throw new PlainRefusal(404, "404 page not found\n");
        }
        return found;
    }

    private List<ObjectNode> podsOf(String node) {
        return NodePods.of(pods.storage(), node);
    }

    private static Predicate<ObjectNode> phase(String phase) {
        return pod -> Json.text(pod, "status", "phase").equals(phase);
    }

    /** {@code containerLogs/NAMESPACE/POD/CONTAINER}. */
    private ApiResponse logs(ApiRequest request, String node, List<String> path) {
        ObjectNode pod = pods.find(path.get(1), path.get(2));
        if (pod == null || !Json.text(pod, "spec", "nodeName").equals(node)) {
            throw new PlainRefusal(404, "pod " + quote(path.get(2)) + " does not exist");
        }
        String container = path.get(3);
        if (!PodContainers.has(pod, container)) {
            throw new PlainRefusal(
                    404,
                    "container " + quote(container) + " not found in pod " + quote(path.get(2)));
        }
        PodTarget target = pods.target(pod);
        LogOptions options = LogOptions.parse(request.query(), path.get(2));
        ContainerLogState.check(pod, container, options.previous());
        LogRequest log = options.request(target.ref(), container, clock.instant());
        return AgentBody.answer("text/plain", out -> target.agent().logs(log, out));
    }

    private static String quote(String text) {
        return FieldErrors.quote(text);
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
