package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what containers do not say. Source: limitranger, mergePodResourceRequirements. */
final class LimitDefaults {

    private static final String ANNOTATION = "kubernetes.io/limit-ranger";

    private LimitDefaults() {}

    /** Gives the containers of a pod the defaults of a limit, and says so on the pod. */
    static void apply(ObjectNode pod, ObjectNode limit) {
        List<String> told = new ArrayList<>();
        for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
            fill(container, limit, "container", told);
        }
        for (ObjectNode container : Json.objects(pod, "spec", "initContainers")) {
            fill(container, limit, "init container", told);
        }
        if (!told.isEmpty()) {
            ObjectNode annotations = Json.child(Json.child(pod, "metadata"), "annotations");
            annotations.put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", told));
        }
    }

    private static void fill(
            ObjectNode container, ObjectNode limit, String kind, List<String> told) {
        String name = Json.text(container, "name");
        String requests = fill(container, "requests", Json.objectAt(limit, "defaultRequest"));
        String limits = fill(container, "limits", Json.objectAt(limit, "default"));
        if (!requests.isEmpty()) {
            told.add(requests + " request for " + kind + " " + name);
        }
        if (!limits.isEmpty()) {
            told.add(limits + " limit for " + kind + " " + name);
        }
    }

    /** Returns the names of the resources that were filled in. */
    private static String fill(ObjectNode container, String which, @Nullable ObjectNode defaults) {
        if (defaults == null || defaults.isEmpty()) {
            return "";
        }
        TreeSet<String> filled = new TreeSet<>();
        ObjectNode present = Json.objectAt(container, "resources", which);
        for (Map.Entry<String, JsonNode> entry : defaults.properties()) {
            if (present == null || !present.has(entry.getKey())) {
                Json.child(Json.child(container, "resources"), which)
                        .set(entry.getKey(), entry.getValue());
                filled.add(entry.getKey());
            }
        }
        return String.join(", ", filled);
    }
}
