package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.GoTemplate;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Does to an object what a stage of the user's says. Thread-safe. */
final class StageRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StageRunner.class);

    private StageRunner() {}

    /**
     * What templates may ask for.
     *
     * @param nodeName the name of the node
     * @param nodeIp its address
     * @param podIp gives the pod its address; empty for nodes
     */
    record Context(String nodeName, String nodeIp, Supplier<String> podIp) {}

    /**
     * Runs a stage; events are the caller's.
     *
     * @param whole reads and writes whole objects as the node's kubelet
     */
    static void run(
            Stage stage,
            ResourceClient whole,
            String namespace,
            String name,
            Context context,
            Instant now) {
        ObjectNode object = whole.get(namespace, name);
        Stage.Next next = stage.next();
        Stage.Finalizers finalizers = next.finalizers();
        if (finalizers != null) {
            ObjectNode patch = finalizers(object, finalizers);
            object = whole.patch(namespace, name, PatchForm.MERGE, patch);
        }
        for (Stage.Patch patch : next.patches()) {
            apply(stage, patch, whole, object, context, now);
        }
        if (next.delete()) {
            String uid = Json.text(object, "metadata", "uid");
            whole.delete(
                    namespace,
                    name,
                    new DeleteOptions(DeleteOptions.Propagation.DEFAULT, 0, uid, ""));
        }
    }

    private static void apply(
            Stage stage,
            Stage.Patch patch,
            ResourceClient whole,
            ObjectNode object,
            Context context,
            Instant now) {
        JsonNode value;
        try {
            String yaml = patch.template().fill(object, functions(context, now));
            value = ObjectDecoder.decodeYaml(yaml.getBytes(StandardCharsets.UTF_8)).object();
        } catch (RuntimeException e) {
            // Another attempt would come to the same; the object stays as it is.
            LOG.warn(
                    "stage {}: the template does not give a patch of {}: {}",
                    stage.name(),
                    Json.text(object, "metadata", "name"),
                    e.getMessage());
            return;
        }
        ObjectNode body = Json.object();
        body.putObject("metadata").put("uid", Json.text(object, "metadata", "uid"));
        if (patch.root().isEmpty()) {
            value.properties()
                    .forEach(entry -> {
                        if (!entry.getKey().equals("metadata")) {
                            body.set(entry.getKey(), entry.getValue());
                        } else if (entry.getValue() instanceof ObjectNode metadata) {
                            Json.child(body, "metadata").setAll(metadata);
                        }
                    });
        } else {
            body.set(patch.root(), value);
        }
        whole.patch(
                Json.text(object, "metadata", "namespace"),
                Json.text(object, "metadata", "name"),
                patch.subresource(),
                patch.strategic() ? PatchForm.STRATEGIC : PatchForm.MERGE,
                body);
    }

    private static ObjectNode finalizers(ObjectNode object, Stage.Finalizers change) {
        Set<String> names = new LinkedHashSet<>();
        ArrayNode present = Json.arrayAt(object, "metadata", "finalizers");
        if (present != null && !change.empty()) {
            present.forEach(finalizer -> names.add(finalizer.asString("")));
        }
        change.remove().forEach(names::remove);
        names.addAll(change.add());
        ObjectNode patch = Json.object();
        ArrayNode list = patch.putObject("metadata").putArray("finalizers");
        List<String> sorted = new ArrayList<>(names);
        sorted.forEach(list::add);
        return patch;
    }

    private static Map<String, GoTemplate.Function> functions(Context context, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return Map.of(
                "Now", _ -> text(time),
                "StartTime", _ -> text(time),
                "NodeName", _ -> text(context.nodeName()),
                "NodeIP", _ -> text(context.nodeIp()),
                "NodeIPWith", _ -> text(context.nodeIp()),
                "PodIP", _ -> text(context.podIp().get()),
                "PodIPWith", _ -> text(context.podIp().get()),
                "Version", _ -> text(NodeObjects.VERSION));
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }
}
