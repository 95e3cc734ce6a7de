package dev.pilothouse.server.registry.core;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.pod.PodQos;
import dev.pilothouse.server.registry.pod.PodSpecDefaults;
import dev.pilothouse.server.registry.pod.PodSpecValidator;
import dev.pilothouse.server.registry.pod.SpecDifference;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of the subresource resize of pods: CPU and memory of running containers (KEP 1287). */
public final class PodResizeStrategy implements ResourceStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final Set<String> RESIZABLE = Set.of("cpu", "memory");
    private static final List<String> LISTS = List.of("containers", "initContainers");

    @Override
    public void setDefaults(ObjectNode object) {
        PodSpecDefaults.applyToPod(object.get("spec"));
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old, StrategyContext context) {
        ResourceStrategy.keep("status", object, old);
        ObjectNode metadata = (ObjectNode) old.path("metadata").deepCopy();
        JsonNode version = object.path("metadata").get("resourceVersion");
        if (version != null) {
            metadata.set("resourceVersion", version);
        }
        JsonNode managedFields = object.path("metadata").get("managedFields");
        if (managedFields != null) {
            metadata.set("managedFields", managedFields);
        }
        object.set("metadata", metadata);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        JsonNode oldSpec = old.path("spec");
        PodSpecValidator.validate(spec, true, SPEC, errors);
        if (old.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
            errors.forbidden(FieldPath.of(""), "static pods cannot be resized");
        }
        if (spec.path("os").path("name").asString("").equals("windows")) {
            errors.forbidden(FieldPath.of(""), "windows pods cannot be resized");
        }
        if (!PodQos.of(spec).equals(PodQos.of(oldSpec))) {
            errors.invalid(
                    FieldPath.of("metadata"),
                    PodQos.of(spec),
                    "Pod QOS Class may not change as a result of resizing");
        }
        removals(spec, oldSpec, errors);
        JsonNode munged = munged((ObjectNode) spec, oldSpec);
        if (!munged.equals(oldSpec)) {
            errors.forbidden(
                    SPEC,
                    "only cpu and memory resources are mutable\n"
                            + SpecDifference.describe(oldSpec, munged));
        }
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    private static void removals(JsonNode spec, JsonNode oldSpec, FieldErrors errors) {
        for (String list : LISTS) {
            int index = 0;
            for (JsonNode old : oldSpec.path(list)) {
                JsonNode now = spec.path(list).path(index).path("resources");
                FieldPath at = SPEC.child(list).index(index++).child("resources");
                for (String member : List.of("limits", "requests")) {
                    for (String name : old.path("resources").path(member).propertyNames()) {
                        if (RESIZABLE.contains(name) && !now.path(member).has(name)) {
                            errors.forbidden(
                                    at.child(member), "resource " + member + " cannot be removed");
                            break;
                        }
                    }
                }
            }
        }
    }

    /** The new spec with the amounts put back that may change. */
    private static JsonNode munged(ObjectNode spec, JsonNode oldSpec) {
        ObjectNode munged = spec.deepCopy();
        for (String list : LISTS) {
            int index = 0;
            for (JsonNode container : munged.path(list)) {
                JsonNode old = oldSpec.path(list).path(index++).path("resources");
                for (String member : List.of("limits", "requests")) {
                    restore((ObjectNode) container, member, old.path(member));
                }
            }
        }
        return munged;
    }

    private static void restore(ObjectNode container, String member, JsonNode old) {
        if (!(container.get("resources") instanceof ObjectNode resources)) {
            return;
        }
        ObjectNode amounts =
                resources.get(member) instanceof ObjectNode present
                        ? present
                        : resources.putObject(member);
        for (String name : RESIZABLE) {
            JsonNode before = old.get(name);
            if (before == null) {
                amounts.remove(name);
            } else {
                amounts.set(name, before);
            }
        }
        if (amounts.isEmpty() && old.isMissingNode()) {
            resources.remove(member);
        }
    }
}
