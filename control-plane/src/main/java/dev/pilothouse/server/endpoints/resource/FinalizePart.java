package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ObjectChange.Part;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The finalize subresource of namespaces: changes {@code spec.finalizers} and nothing else. */
final class FinalizePart implements ObjectPart {

    @Override
    public Part rules() {
        return Part.OTHER;
    }

    @Override
    public ObjectNode replace(ObjectNode replacement, ObjectNode current) {
        ObjectNode object = current.deepCopy();
        JsonNode finalizers = Json.at(replacement, "spec", "finalizers");
        if (finalizers == null) {
            Json.child(object, "spec").remove("finalizers");
        } else {
            Json.child(object, "spec").set("finalizers", finalizers);
        }
        String revision = Json.text(replacement, "metadata", "resourceVersion");
        if (!revision.isEmpty()) {
            Json.child(object, "metadata").put("resourceVersion", revision);
        }
        return object;
    }

    @Override
    public void validate(ObjectNode changed, ObjectNode old, FieldErrors errors) {
        FieldPath path = FieldPath.of("spec").child("finalizers");
        int index = 0;
        for (JsonNode finalizer : changed.path("spec").path("finalizers")) {
            for (String complaint : Names.qualifiedName(finalizer.asString(""))) {
                errors.invalid(path.index(index), finalizer.asString(""), complaint);
            }
            index++;
        }
    }
}
