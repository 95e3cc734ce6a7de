package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import tools.jackson.databind.node.ObjectNode;

/** Rules of ConfigMaps. Source: ValidateConfigMap and ValidateConfigMapUpdate. */
public final class ConfigMapStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode map, FieldErrors errors) {
        ObjectNode data = Json.objectAt(map, "data");
        ObjectNode binary = Json.objectAt(map, "binaryData");
        KeyedData.keys(map, "data", errors);
        if (data != null && binary != null) {
            for (String key : data.propertyNames()) {
                if (binary.has(key)) {
                    errors.invalid(
                            FieldPath.of("data").key(key),
                            key,
                            "duplicate of key present in binaryData");
                }
            }
        }
        KeyedData.keys(map, "binaryData", errors);
        if (KeyedData.textBytes(data) + KeyedData.base64Bytes(binary) > KeyedData.MAX_BYTES) {
            errors.tooLong(FieldPath.of(""), KeyedData.MAX_BYTES);
        }
    }

    @Override
    public void validateUpdate(ObjectNode map, ObjectNode old, FieldErrors errors) {
        KeyedData.frozen(map, old, errors, "data", "binaryData");
        validate(map, errors);
    }
}
