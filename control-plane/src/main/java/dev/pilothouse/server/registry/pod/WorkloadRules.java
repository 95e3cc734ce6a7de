package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What all kinds share that make pods from a template in their spec. */
public final class WorkloadRules {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final String TOO_MANY = "cannot be greater than status.replicas";

    private WorkloadRules() {}

    /** Defaults of the template in a spec, which is made when it is absent. */
    public static void templateDefaults(ObjectNode spec) {
        PodSpecDefaults.applyToTemplate(Defaults.object(spec, "template"));
    }

    /**
     * Warns of a name that cannot be a host name, though names of pods are made from it.
     *
     * @param use what the name is used in
     */
    public static List<String> nameWarnings(JsonNode object, String use) {
        String name = object.path("metadata").path("name").asString("");
        List<String> complaints = Names.dnsLabel(name);
        if (name.isEmpty() || complaints.isEmpty()) {
            return List.of();
        }
        return List.of(
                "metadata.name: this is used in "
                        + use
                        + ", which can result in surprising behavior; a DNS label is recommended: ["
                        + String.join(" ", complaints)
                        + "]");
    }

    /** Warnings about the template in a spec and about the name that its pods get. */
    public static List<String> warnings(JsonNode object) {
        var all = new ArrayList<>(nameWarnings(object, "Pod names and hostnames"));
        all.addAll(PodWarnings.ofTemplate(object.path("spec").path("template"), "spec.template"));
        return all;
    }

    /** Checks the template in a spec. */
    public static void validateTemplate(JsonNode spec, FieldErrors errors) {
        PodTemplateRules.validate(spec.path("template"), SPEC.child("template"), errors);
    }

    /**
     * Checks that a selector is there, says something and is well-formed.
     *
     * @param kind the kind as the message names it
     */
    public static void validateSelector(JsonNode spec, String kind, FieldErrors errors) {
        ObjectNode selector = Json.objectAt(spec, "selector");
        FieldPath path = SPEC.child("selector");
        if (selector == null) {
            errors.required(path, "");
            return;
        }
        LabelSelectorValidator.validate(selector, path, errors);
        if (LabelSelectorValidator.isEmpty(selector)) {
            errors.invalid(path, selector, "empty selector is invalid for " + kind);
        }
    }

    /** Checks the selector of a job, which is made for it, and that it selects the job's pods. */
    public static void validateJobSelector(JsonNode spec, FieldErrors errors) {
        ObjectNode selector = Json.objectAt(spec, "selector");
        if (selector == null) {
            errors.required(SPEC.child("selector"), "");
        } else {
            LabelSelectorValidator.validate(selector, SPEC.child("selector"), errors);
            validateSelected(spec, errors);
        }
    }

    /** Checks that the selector selects the pods that the template makes. */
    public static void validateSelected(JsonNode spec, FieldErrors errors) {
        ObjectNode selector = Json.objectAt(spec, "selector");
        if (LabelSelectorValidator.isEmpty(selector)) {
            return;
        }
        ObjectNode labels = Json.objectAt(spec, "template", "metadata", "labels");
        if (!SelectorMatch.matches(selector, labels)) {
            errors.invalid(
                    SPEC.child("template").child("metadata").child("labels"),
                    labels,
                    "`selector` does not match template `labels`");
        }
    }

    /**
     * Checks that the pods of a template run until somebody deletes them.
     *
     * @param kind the kind as the message names it
     */
    public static void validateAlwaysRestarting(JsonNode spec, String kind, FieldErrors errors) {
        JsonNode pod = spec.path("template").path("spec");
        FieldPath path = SPEC.child("template").child("spec");
        String policy = FieldChecks.text(pod, "restartPolicy");
        if (!policy.equals("Always")) {
            errors.notSupported(path.child("restartPolicy"), policy, List.of("Always"));
        }
        if (FieldChecks.has(pod, "activeDeadlineSeconds")) {
            errors.forbidden(
                    path.child("activeDeadlineSeconds"),
                    "activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    /** Checks the counts of pods in a status: not negative, none above the number of replicas. */
    public static void replicaStatus(JsonNode status, FieldErrors errors) {
        List<String> parts = List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas");
        FieldChecks.nonNegative(status, "replicas", STATUS, errors);
        parts.forEach(part -> FieldChecks.nonNegative(status, part, STATUS, errors));
        FieldChecks.nonNegative(status, "observedGeneration", STATUS, errors);
        parts.forEach(part -> atMost(status, part, "replicas", TOO_MANY, errors));
        atMost(
                status,
                "availableReplicas",
                "readyReplicas",
                "cannot be greater than readyReplicas",
                errors);
    }

    /** Complains when one count in a status is above another one. */
    public static void atMost(
            JsonNode status, String part, String whole, String complaint, FieldErrors errors) {
        long value = status.path(part).asLong(0);
        if (value > status.path(whole).asLong(0)) {
            errors.invalid(STATUS.child(part), value, complaint);
        }
    }

    /** Complains when the count of hash collisions gets smaller. */
    public static void collisionCount(JsonNode object, JsonNode old, FieldErrors errors) {
        JsonNode now = object.path("status").get("collisionCount");
        JsonNode before = old.path("status").get("collisionCount");
        FieldChecks.nonNegative(object.path("status"), "collisionCount", STATUS, errors);
        if (before != null && value(now) < value(before)) {
            errors.invalid(STATUS.child("collisionCount"), value(now), "cannot be decremented");
        }
    }

    private static long value(@Nullable JsonNode count) {
        return count == null ? 0 : count.asLong(0);
    }
}
