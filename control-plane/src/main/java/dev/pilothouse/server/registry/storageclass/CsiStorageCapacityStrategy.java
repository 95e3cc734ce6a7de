package dev.pilothouse.server.registry.storageclass;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import dev.pilothouse.server.registry.validation.ResourceNames;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of CSIStorageCapacities. Source: ValidateCSIStorageCapacity. */
public final class CsiStorageCapacityStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode capacity, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(capacity, errors);
        LabelSelectorValidator.validate(
                Json.objectAt(capacity, "nodeTopology"),
                false,
                FieldPath.of("nodeTopology"),
                errors);
        String storage = whole.text("storageClassName");
        for (String complaint : Names.dnsSubdomain(storage)) {
            errors.invalid(whole.path("storageClassName"), storage, complaint);
        }
        for (String field : List.of("capacity", "maximumVolumeSize")) {
            JsonNode amount = Json.at(capacity, field);
            if (amount != null) {
                ResourceNames.validateQuantity("storage", amount, whole.path(field), errors);
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode capacity, ObjectNode old, FieldErrors errors) {
        validate(capacity, errors);
        ObjectCheck whole = ObjectCheck.of(capacity, errors);
        whole.immutable("nodeTopology", old);
        whole.immutable("storageClassName", old);
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
