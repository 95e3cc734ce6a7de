package dev.pilothouse.server.registry.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import dev.pilothouse.server.registry.validation.ResourceNames;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of RuntimeClasses. Source: pkg/apis/node/validation. */
public final class RuntimeClassStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode runtime, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(runtime, errors);
        for (String complaint : Names.dnsLabel(whole.text("handler"))) {
            errors.invalid(whole.path("handler"), whole.text("handler"), complaint);
        }
        ObjectCheck overhead = whole.child("overhead");
        for (Map.Entry<String, JsonNode> entry : overhead.child("podFixed").node().properties()) {
            FieldPath path = overhead.path("podFixed").key(entry.getKey());
            ResourceNames.validateQuantity(entry.getKey(), entry.getValue(), path, errors);
        }
        ObjectCheck scheduling = whole.child("scheduling");
        LabelsValidator.validate(
                Json.objectAt(scheduling.node(), "nodeSelector"),
                scheduling.path("nodeSelector"),
                errors);
        Set<JsonNode> seen = new HashSet<>();
        scheduling.each(
                "tolerations",
                toleration -> {
                    if (!seen.add(toleration.node())) {
                        errors.duplicate(toleration.path(), toleration.node());
                    }
                });
    }

    @Override
    public void validateUpdate(ObjectNode runtime, ObjectNode old, FieldErrors errors) {
        ObjectCheck.of(runtime, errors).immutable("handler", old);
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
