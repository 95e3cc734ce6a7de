package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.pod.Defaults;
import dev.pilothouse.server.registry.pod.PodWarnings;
import dev.pilothouse.server.registry.pod.WorkloadRules;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.NameRule;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of replication controllers. Source: pkg/registry/core/replicationcontroller. */
public final class ReplicationControllerStrategy implements ResourceStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");

    /** Selector and labels come from the template when they are missing. */
    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        if (spec.get("template") instanceof ObjectNode template) {
            WorkloadRules.templateDefaults(spec);
            ObjectNode labels = Json.objectAt(template, "metadata", "labels");
            if (labels != null && !labels.isEmpty()) {
                if (spec.path("selector").isEmpty()) {
                    spec.set("selector", labels.deepCopy());
                }
                ObjectNode metadata = Defaults.object(object, "metadata");
                if (metadata.path("labels").isEmpty()) {
                    metadata.set("labels", labels.deepCopy());
                }
            }
        }
        Defaults.number(spec, "replicas", 1);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        FieldChecks.nonNegative(spec, "minReadySeconds", SPEC, errors);
        if (spec.path("selector").isEmpty()) {
            errors.required(SPEC.child("selector"), "");
        }
        FieldChecks.nonNegative(spec, "replicas", SPEC, errors);
        FieldPath path = SPEC.child("template");
        if (!spec.has("template")) {
            errors.required(path, "");
            return;
        }
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        for (var entry : spec.path("selector").properties()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                errors.invalid(
                        path.child("metadata").child("labels"),
                        labels.isMissingNode() ? null : labels,
                        "`selector` does not match template `labels`");
                break;
            }
        }
        WorkloadRules.validateTemplate(spec, errors);
        WorkloadRules.validateAlwaysRestarting(spec, "ReplicationController", errors);
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        WorkloadRules.replicaStatus(object.path("status"), errors);
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        return PodWarnings.ofTemplate(object.path("spec").path("template"), "spec.template");
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    @Override
    public NameRule nameRule() {
        return NameRule.DNS_SUBDOMAIN;
    }
}
