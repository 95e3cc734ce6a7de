package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.endpoints.resource.Output.Transform;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.node.NodeUsage;
import dev.pilothouse.server.node.NodeUsage.ContainerUsage;
import dev.pilothouse.server.node.NodeUsage.PodUsage;
import dev.pilothouse.server.node.NodeUsage.Usage;
import dev.pilothouse.server.registry.Selection;
import dev.pilothouse.server.registry.printers.Tables;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resource metrics API: what nodes and pods use now, as their agents have measured it. Objects
 * that have not been measured are left out of lists and are not found. Source: k8s.io/metrics and
 * metrics-server's pkg/api.
 */
final class ResourceMetrics implements VerbHandler {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource NODES = new GroupResource("", "nodes");

    private final Storage storage;
    private final NodeAgents agents;
    private final ObjectEncoder encoder;

    /** Metrics of what is in the store. */
    ResourceMetrics(Storage storage, NodeAgents agents, ObjectEncoder encoder) {
        this.storage = storage;
        this.agents = agents;
        this.encoder = encoder;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        if (!call.info().subresource().isEmpty()) {
            throw ApiException.noSuchPath();
        }
        Output output = Output.negotiate(call.request(), call.kind(), false);
        return switch (call.info().verb()) {
            case "get" -> encoder.object(200, call, output, one(call));
            case "list" -> list(call, output);
            default -> throw call.methodNotAllowed();
        };
    }

    private ObjectNode one(ResourceCall call) {
        StoredObject object =
                storage.get(new ObjectKey(measured(call), call.namespace(), call.name()));
        ObjectNode metrics =
                object == null ? null : metrics(call.kind().gvk(), object, new HashMap<>());
        if (metrics == null) {
            throw ApiException.notFound(call.kind().groupResource(), call.name());
        }
        return metrics;
    }

    private ApiResponse list(ResourceCall call, Output output) {
        Selection selection = ListOptions.parse(call, false).selection();
        Map<String, Measured> measured = new HashMap<>();
        List<ObjectNode> all = new ArrayList<>();
        Iterator<StoredObject> objects =
                storage.snapshot(measured(call)).iterate(call.namespace(), null, null);
        while (objects.hasNext()) {
            StoredObject object = objects.next();
            ObjectNode metrics =
                    selection.matches(object) ? metrics(call.kind().gvk(), object, measured) : null;
            if (metrics != null) {
                all.add(metrics);
            }
        }
        return answer(call, output, all);
    }

    private ApiResponse answer(ResourceCall call, Output output, List<ObjectNode> all) {
        if (output.transform() == Transform.TABLE) {
            return encoder.node(200, output, encoder.table(call, output, all, Json.object()));
        }
        if (output.transform() == Transform.PARTIAL) {
            return encoder.node(
                    200, output, Tables.partialMetadataList(output.version(), all, Json.object()));
        }
        ObjectNode list = Json.object();
        list.put("kind", Kinds.listKind(call.kind()));
        list.put("apiVersion", call.kind().gvk().apiVersion());
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        all.forEach(items::add);
        return encoder.node(200, output, list);
    }

    private static GroupResource measured(ResourceCall call) {
        return call.kind().namespaced() ? PODS : NODES;
    }

    /** What has been measured on a node, its pods by uid. */
    private record Measured(NodeUsage node, Map<String, PodUsage> pods) {}

    private @Nullable ObjectNode metrics(
            GroupVersionKind kind, StoredObject object, Map<String, Measured> measured) {
        boolean isNode = object.key().resource().equals(NODES);
        String node = isNode ? object.key().name() : text(object.fields().field("spec.nodeName"));
        Measured usage = node.isEmpty() ? null : measured.computeIfAbsent(node, this::measure);
        if (usage == null) {
            return null;
        }
        if (isNode) {
            ObjectNode metrics =
                    head(kind, object, usage.node().timestamp(), usage.node().window());
            usage(metrics, usage.node().total());
            return metrics;
        }
        PodUsage pod = usage.pods().get(object.key().namespace() + "/" + object.key().name());
        if (pod == null) {
            return null;
        }
        ObjectNode metrics = head(kind, object, pod.timestamp(), pod.window());
        ArrayNode containers = metrics.putArray("containers");
        for (ContainerUsage container : pod.containers()) {
            usage(containers.addObject().put("name", container.name()), container.usage());
        }
        return metrics;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private @Nullable Measured measure(String node) {
        NodeAgent agent = agents.find(node);
        if (agent == null) {
            return null;
        }
        NodeUsage usage = agent.usage(node);
        Map<String, PodUsage> pods = new HashMap<>();
        usage.pods().forEach(pod -> pods.put(pod.pod().namespace() + "/" + pod.pod().name(), pod));
        return new Measured(usage, pods);
    }

    private static ObjectNode head(
            GroupVersionKind kind, StoredObject object, Instant timestamp, Duration window) {
        ObjectNode metrics = Json.object();
        metrics.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = metrics.putObject("metadata");
        metadata.put("name", object.key().name());
        if (!object.key().namespace().isEmpty()) {
            metadata.put("namespace", object.key().namespace());
        }
        metadata.put("creationTimestamp", seconds(timestamp));
        Map<String, String> labels = object.fields().labels();
        if (!labels.isEmpty()) {
            ObjectNode copied = metadata.putObject("labels");
            labels.forEach(copied::put);
        }
        metrics.put("timestamp", seconds(timestamp));
        double seconds = window.toMillis() / 1000.0;
        metrics.put("window", seconds % 1 == 0 ? (long) seconds + "s" : seconds + "s");
        return metrics;
    }

    private static void usage(ObjectNode metrics, Usage usage) {
        metrics.putObject("usage")
                .put("cpu", usage.cpuNanoCores() == 0 ? "0" : usage.cpuNanoCores() + "n")
                .put("memory", usage.memoryBytes() / 1024 + "Ki");
    }

    private static String seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
