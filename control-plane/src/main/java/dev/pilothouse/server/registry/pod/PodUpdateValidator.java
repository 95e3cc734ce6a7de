package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks what may change in the spec of a pod. Source: ValidatePodUpdate. */
public final class PodUpdateValidator {

    private static final String ONLY =
            "pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                    + "`spec.tolerations` (only additions to existing tolerations),"
                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
                    + " previously negative)\n";
    private static final List<String> GATED_SELECTORS = List.of("nodeSelector", "affinity");

    private PodUpdateValidator() {}

    /** Checks a changed pod. */
    public static void validate(ObjectNode pod, ObjectNode old, FieldErrors errors) {
        FieldPath annotations = FieldPath.of("metadata").child("annotations");
        PodAnnotations.validateUpdate(pod, old, annotations, errors);
        JsonNode spec = pod.path("spec");
        JsonNode oldSpec = old.path("spec");
        if (spec.equals(oldSpec)) {
            return;
        }
        FieldPath path = FieldPath.of("spec");
        int before = errors.size();
        for (String list : PodSpecs.REGULAR_LISTS.reversed()) {
            images(spec.path(list), oldSpec.path(list), path.child(list), errors);
        }
        if (errors.size() > before) {
            return;
        }
        deadline(spec, oldSpec, path.child("activeDeadlineSeconds"), errors);
        tolerations(spec, oldSpec, path.child("tolerations"), errors);
        gates(spec, oldSpec, path.child("schedulingGates"), errors);
        ObjectNode munged = munged((ObjectNode) spec, oldSpec);
        if (!munged.equals(oldSpec)) {
            errors.forbidden(path, ONLY + SpecDifference.describe(oldSpec, munged));
        }
    }

    private static void images(
            JsonNode containers, JsonNode old, FieldPath path, FieldErrors errors) {
        if (containers.size() != old.size()) {
            errors.forbidden(path, "pod updates may not add or remove containers");
            return;
        }
        int index = 0;
        for (JsonNode container : containers) {
            String image = FieldChecks.text(container, "image");
            FieldPath at = path.index(index++).child("image");
            if (image.isEmpty()) {
                errors.required(at, "");
            } else if (!image.strip().equals(image)) {
                errors.invalid(at, image, "must not have leading or trailing whitespace");
            }
        }
    }

    private static void deadline(
            JsonNode spec, JsonNode oldSpec, FieldPath path, FieldErrors errors) {
        JsonNode deadline = spec.get("activeDeadlineSeconds");
        JsonNode old = oldSpec.get("activeDeadlineSeconds");
        if (deadline == null) {
            if (old != null) {
                errors.invalid(path, null, "must not update from a positive integer to nil value");
            }
            return;
        }
        if (deadline.asLong(0) < 0 || deadline.asLong(0) > Integer.MAX_VALUE) {
            errors.invalid(path, deadline, "must be between 0 and 2147483647, inclusive");
        } else if (old != null && old.asLong(0) < deadline.asLong(0)) {
            errors.invalid(path, deadline, "must be less than or equal to previous value");
        }
    }

    private static void tolerations(
            JsonNode spec, JsonNode oldSpec, FieldPath path, FieldErrors errors) {
        JsonNode now = spec.path("tolerations");
        if (now.equals(oldSpec.path("tolerations"))) {
            return;
        }
        for (JsonNode old : oldSpec.path("tolerations")) {
            boolean found = false;
            for (JsonNode toleration : now) {
                found |= withoutSeconds(toleration).equals(withoutSeconds(old));
            }
            if (!found) {
                errors.forbidden(
                        path,
                        "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
        TolerationValidator.validate(now, path, errors);
    }

    private static JsonNode withoutSeconds(JsonNode toleration) {
        ObjectNode copy = ((ObjectNode) toleration).deepCopy();
        copy.remove("tolerationSeconds");
        return copy;
    }

    private static void gates(JsonNode spec, JsonNode oldSpec, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode gate : spec.path("schedulingGates")) {
            boolean found = false;
            for (JsonNode old : oldSpec.path("schedulingGates")) {
                found |= old.equals(gate);
            }
            if (!found) {
                errors.forbidden(
                        path.index(index).child("name"),
                        "only deletion is allowed, but found new scheduling gate '"
                                + FieldChecks.text(gate, "name")
                                + "'");
            }
            index++;
        }
    }

    /** The new spec with everything that may change put back. */
    private static ObjectNode munged(ObjectNode spec, JsonNode oldSpec) {
        ObjectNode munged = spec.deepCopy();
        for (String list : PodSpecs.REGULAR_LISTS) {
            int index = 0;
            for (JsonNode container : munged.path(list)) {
                JsonNode image = oldSpec.path(list).path(index++).get("image");
                if (image != null) {
                    ((ObjectNode) container).set("image", image);
                }
            }
        }
        restore(munged, oldSpec, "activeDeadlineSeconds");
        restore(munged, oldSpec, "tolerations");
        restore(munged, oldSpec, "schedulingGates");
        if (oldSpec.path("terminationGracePeriodSeconds").asLong(0) < 0
                && spec.path("terminationGracePeriodSeconds").asLong(0) == 1) {
            restore(munged, oldSpec, "terminationGracePeriodSeconds");
        }
        if (!oldSpec.path("schedulingGates").isEmpty()) {
            GATED_SELECTORS.forEach(member -> {
                if (GatedSelectors.isNarrower(member, spec, oldSpec)) {
                    restore(munged, oldSpec, member);
                }
            });
        }
        return munged;
    }

    private static void restore(ObjectNode munged, JsonNode oldSpec, String member) {
        JsonNode old = oldSpec.get(member);
        JsonNode now = munged.get(member);
        boolean nothing = now instanceof ArrayNode array && array.isEmpty();
        if (old != null) {
            munged.set(member, old);
        } else if (now != null || nothing) {
            munged.remove(member);
        }
    }
}
