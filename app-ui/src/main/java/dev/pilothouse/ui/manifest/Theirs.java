package dev.pilothouse.ui.manifest;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives way in a conflict: takes the fields that others own as the cluster has them. */
final class Theirs {

    private Theirs() {}

    /**
     * Takes the fields that a refusal names.
     *
     * @param root the document that was refused
     * @param theirs the object as the cluster has it
     * @param wanted the document's object, which is changed
     */
    static void take(Refusal refusal, YamlNode root, ObjectNode theirs, ObjectNode wanted) {
        for (Refusal.Cause cause : refusal.causes()) {
            List<Object> steps = FieldPath.steps(cause.field(), root);
            set(wanted, steps, find(theirs, wanted, steps));
        }
    }

    /** The same field in the cluster's object, whose lists may be ordered otherwise. */
    private static @Nullable JsonNode find(ObjectNode theirs, ObjectNode mine, List<Object> steps) {
        JsonNode there = theirs;
        JsonNode here = mine;
        for (Object step : steps) {
            if (there == null) {
                return null;
            }
            if (step instanceof Integer index) {
                here = here.path(index);
                String name = Json.text(here, "name");
                JsonNode byName = null;
                for (JsonNode item : there) {
                    byName =
                            !name.isEmpty() && Json.text(item, "name").equals(name) ? item : byName;
                }
                there = name.isEmpty() ? there.get(index) : byName;
            } else {
                here = here.path(String.valueOf(step));
                there = there.get(String.valueOf(step));
            }
        }
        return there;
    }

    private static void set(ObjectNode root, List<Object> steps, @Nullable JsonNode value) {
        JsonNode node = root;
        for (Object step : steps.subList(0, Math.max(0, steps.size() - 1))) {
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        }
        Object last = steps.isEmpty() ? "" : steps.getLast();
        if (node instanceof ObjectNode object && last instanceof String name) {
            if (value == null) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (node instanceof ArrayNode array && last instanceof Integer index) {
            if (value == null) {
                array.remove(index);
            } else {
                array.set(index, value);
            }
        }
    }
}
