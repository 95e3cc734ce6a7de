package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.NameRule;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Namespaces. Source: pkg/registry/core/namespace/strategy.go. */
public final class NamespaceStrategy implements ResourceStrategy {

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    @Override
    public void setDefaults(ObjectNode namespace) {
        String name = Json.text(namespace, "metadata", "name");
        if (!name.isEmpty()
                && !Json.text(namespace, "metadata", "labels", NAME_LABEL).equals(name)) {
            Json.child(Json.child(namespace, "metadata"), "labels").put(NAME_LABEL, name);
        }
    }

    @Override
    public void prepareForCreate(ObjectNode namespace, StrategyContext context) {
        namespace.putObject("status").put("phase", "Active");
        ObjectNode spec = Json.child(namespace, "spec");
        ArrayNode finalizers = Json.arrayAt(spec, "finalizers");
        if (finalizers == null) {
            finalizers = spec.putArray("finalizers");
        }
        if (finalizers.valueStream().noneMatch(value -> value.asString("").equals("kubernetes"))) {
            finalizers.add("kubernetes");
        }
        // A name made from generateName is only known now.
        setDefaults(namespace);
    }

    @Override
    public void prepareForUpdate(ObjectNode namespace, ObjectNode old, StrategyContext context) {
        ResourceStrategy.keep("spec", namespace, old);
        ResourceStrategy.keep("status", namespace, old);
    }

    @Override
    public void validate(ObjectNode namespace, FieldErrors errors) {
        NamespaceFinalizeStrategy.validateFinalizers(namespace, errors);
    }

    @Override
    public void validateStatusUpdate(ObjectNode namespace, ObjectNode old, FieldErrors errors) {
        boolean deleting = Json.at(namespace, "metadata", "deletionTimestamp") != null;
        String expected = deleting ? "Terminating" : "Active";
        ObjectCheck status = ObjectCheck.of(namespace, errors).child("status");
        if (!status.text("phase").equals(expected)) {
            errors.invalid(
                    status.path("Phase"),
                    status.text("phase"),
                    "may only be '"
                            + expected
                            + "' if `deletionTimestamp` is "
                            + (deleting ? "not " : "")
                            + "empty");
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public NameRule nameRule() {
        return NameRule.DNS_LABEL;
    }
}
