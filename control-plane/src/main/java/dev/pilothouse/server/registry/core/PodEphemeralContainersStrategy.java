package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.pod.PodSpecDefaults;
import dev.pilothouse.server.registry.pod.PodSpecValidator;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of the subresource ephemeralcontainers of pods: it adds, and never changes or removes. */
public final class PodEphemeralContainersStrategy implements ResourceStrategy {

    private static final String MEMBER = "ephemeralContainers";

    @Override
    public void setDefaults(ObjectNode object) {
        PodSpecDefaults.applyToPod(object.get("spec"));
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old, StrategyContext context) {
        JsonNode added = object.path("spec").get(MEMBER);
        ObjectNode spec = (ObjectNode) old.path("spec").deepCopy();
        if (added == null) {
            spec.remove(MEMBER);
        } else {
            spec.set(MEMBER, added);
        }
        object.set("spec", spec);
        ResourceStrategy.keep("status", object, old);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        FieldPath path = FieldPath.of("spec").child(MEMBER);
        JsonNode now = object.path("spec").path(MEMBER);
        PodSpecValidator.validate(object.path("spec"), true, FieldPath.of("spec"), errors);
        if (old.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
            errors.forbidden(FieldPath.of(""), "static pods do not support ephemeral containers");
        }
        for (JsonNode before : old.path("spec").path(MEMBER)) {
            String name = Json.text(before, "name");
            int index = indexOf(now, name);
            if (index < 0) {
                errors.forbidden(
                        path,
                        "existing ephemeral containers \"" + name + "\" may not be removed\n");
            } else if (!now.path(index).equals(before)) {
                errors.forbidden(
                        path,
                        "existing ephemeral containers \"" + name + "\" may not be changed\n");
            }
        }
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    private static int indexOf(JsonNode list, String name) {
        int index = 0;
        for (JsonNode element : list) {
            if (Json.text(element, "name").equals(name)) {
                return index;
            }
            index++;
        }
        return -1;
    }
}
