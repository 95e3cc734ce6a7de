package dev.pilothouse.server.registry.batch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The labels and the selector by which a job finds its pods, made from its uid and name. */
final class JobSelector {

    private static final String UID = "batch.kubernetes.io/controller-uid";
    private static final String LEGACY_UID = "controller-uid";
    private static final String NAME = "batch.kubernetes.io/job-name";
    private static final String LEGACY_NAME = "job-name";

    private JobSelector() {}

    /** Sets labels and selector unless the user does so. Labels of the user's own stay. */
    static void generate(ObjectNode job) {
        ObjectNode spec = Json.child(job, "spec");
        if (spec.path("manualSelector").asBoolean(false)) {
            return;
        }
        ObjectNode template = Json.child(spec, "template");
        ObjectNode labels = Json.child(Json.child(template, "metadata"), "labels");
        expected(job)
                .forEach((key, value) -> {
                    if (!labels.has(key)) {
                        labels.put(key, value);
                    }
                });
        ObjectNode matchLabels = Json.child(Json.child(spec, "selector"), "matchLabels");
        if (!matchLabels.has(UID)) {
            matchLabels.put(UID, Json.text(job, "metadata", "uid"));
        }
    }

    /** Complains when the user's own labels got in the way of the generated ones. */
    static void validateGenerated(ObjectNode job, FieldErrors errors) {
        JsonNode spec = job.path("spec");
        if (spec.path("manualSelector").asBoolean(false) || !spec.has("selector")) {
            return;
        }
        if (Json.text(job, "metadata", "uid").isEmpty()) {
            errors.required(FieldPath.of("metadata").child("uid"), "");
        }
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        FieldPath path = FieldPath.of("spec").child("template").child("metadata").child("labels");
        expected(job)
                .forEach((key, value) -> {
                    String actual = labels.path(key).asString("");
                    String must = "must be '" + value + "'";
                    if (!labels.has(key)) {
                        errors.required(path.key(key), must);
                    } else if (!actual.equals(value)) {
                        errors.invalid(path.key(key), labels, must);
                    }
                });
        JsonNode selected = spec.path("selector").path("matchLabels").path(UID);
        if (!selected.asString("").equals(Json.text(job, "metadata", "uid"))) {
            errors.invalid(
                    FieldPath.of("spec").child("selector"),
                    spec.get("selector"),
                    "`selector` not auto-generated");
        }
    }

    private static Map<String, String> expected(ObjectNode job) {
        String uid = Json.text(job, "metadata", "uid");
        String name = Json.text(job, "metadata", "name");
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(LEGACY_UID, uid);
        labels.put(UID, uid);
        labels.put(LEGACY_NAME, name);
        labels.put(NAME, name);
        return labels;
    }
}
