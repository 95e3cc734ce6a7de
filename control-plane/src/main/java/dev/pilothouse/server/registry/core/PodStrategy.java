package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.pod.MatchLabelKeys;
import dev.pilothouse.server.registry.pod.PodQos;
import dev.pilothouse.server.registry.pod.PodSpecDefaults;
import dev.pilothouse.server.registry.pod.PodSpecValidator;
import dev.pilothouse.server.registry.pod.PodStatusRules;
import dev.pilothouse.server.registry.pod.PodUpdateValidator;
import dev.pilothouse.server.registry.pod.PodWarnings;
import dev.pilothouse.server.registry.pod.WorkloadRules;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of pods. Source: pkg/registry/core/pod/strategy.go. */
public final class PodStrategy implements ResourceStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");

    @Override
    public void setDefaults(ObjectNode object) {
        PodSpecDefaults.applyToPod(object.get("spec"));
    }

    @Override
    public void prepareForCreate(ObjectNode object, StrategyContext context) {
        ObjectNode status = Json.object();
        JsonNode spec = object.path("spec");
        status.put("phase", "Pending");
        if (!spec.path("schedulingGates").isEmpty()) {
            ObjectNode condition = status.putArray("conditions").addObject();
            condition.put("type", "PodScheduled");
            condition.put("status", "False");
            condition.put("reason", "SchedulingGated");
            condition.put("message", "Scheduling is blocked due to non-empty scheduling gates");
        }
        status.put("qosClass", PodQos.of(spec));
        object.set("status", status);
        MatchLabelKeys.resolve(object);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        PodSpecValidator.validateAnnotations(object, errors);
        PodSpecValidator.validate(spec, true, SPEC, errors);
        for (String list : List.of("containers", "initContainers")) {
            int index = 0;
            for (JsonNode container : spec.path(list)) {
                FieldPath at = SPEC.child(list).index(index++).child("image");
                String image = container.path("image").asString("");
                if (!image.equals(image.strip())) {
                    errors.invalid(at, image, "must not have leading or trailing whitespace");
                }
            }
        }
        if (!spec.path("ephemeralContainers").isEmpty()) {
            errors.forbidden(SPEC.child("ephemeralContainers"), "cannot be set on create");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        PodUpdateValidator.validate(object, old, errors);
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old, StrategyContext context) {
        ResourceStrategy.super.prepareForStatusUpdate(object, old, context);
        ObjectNode status = Json.child(object, "status");
        PodStatusRules.alignAddresses(status);
        JsonNode qos = old.path("status").get("qosClass");
        if (!status.has("qosClass") && qos != null) {
            status.set("qosClass", qos);
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        PodStatusRules.validate(object, old, errors);
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        List<String> name = WorkloadRules.nameWarnings(object, "the Pod's hostname");
        List<String> other = PodWarnings.ofPod(object);
        return name.isEmpty() ? other : Stream.concat(name.stream(), other.stream()).toList();
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    /** What runs nowhere or has ended goes at once; a pod that runs gets time to end. */
    @Override
    public long gracePeriodSeconds(ObjectNode object, long requested) {
        JsonNode spec = object.path("spec");
        String phase = object.path("status").path("phase").asString("");
        if (spec.path("nodeName").asString("").isEmpty()
                || phase.equals("Failed")
                || phase.equals("Succeeded")) {
            return 0;
        }
        // -1 says that the client asked for nothing; what it asked for below that is still bad.
        long period =
                requested == -1 ? spec.path("terminationGracePeriodSeconds").asLong(0) : requested;
        return period < 0 ? 1 : period;
    }
}
