package dev.pilothouse.server.registry.storageclass;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of StorageClasses. Source: ValidateStorageClass. */
public final class StorageClassStrategy implements ResourceStrategy {

    private static final int MAX_PARAMETERS = 512;
    private static final int MAX_PARAMETER_BYTES = 256 * 1024;

    @Override
    public void setDefaults(ObjectNode storage) {
        Defaults.text(storage, "reclaimPolicy", "Delete");
        Defaults.text(storage, "volumeBindingMode", "Immediate");
    }

    @Override
    public void validate(ObjectNode storage, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(storage, errors);
        if (whole.require("provisioner")) {
            String name = whole.text("provisioner");
            for (String complaint : Names.qualifiedName(name.toLowerCase(Locale.ROOT))) {
                whole.invalid("provisioner", complaint);
            }
        }
        parameters(whole);
        whole.oneOf("reclaimPolicy", List.of("Delete", "Retain"));
        whole.requireOneOf("volumeBindingMode", List.of("Immediate", "WaitForFirstConsumer"));
        whole.each(
                "allowedTopologies",
                term ->
                        term.each(
                                "matchLabelExpressions",
                                expression -> {
                                    expression.requireSyntax("key", Names::qualifiedName);
                                    expression.require("values");
                                }));
    }

    static void parameters(ObjectCheck owner) {
        if (owner.size("parameters") > MAX_PARAMETERS) {
            owner.errors().tooLong(owner.path("parameters"), MAX_PARAMETERS);
            return;
        }
        long bytes = 0;
        for (Map.Entry<String, JsonNode> entry : owner.child("parameters").node().properties()) {
            if (entry.getKey().isEmpty()) {
                owner.errors()
                        .invalid(
                                owner.path("parameters"),
                                entry.getKey(),
                                "field can not be empty.");
            }
            bytes += entry.getKey().length() + entry.getValue().asString("").length();
        }
        if (bytes > MAX_PARAMETER_BYTES) {
            owner.errors().tooLong(owner.path("parameters"), MAX_PARAMETER_BYTES);
        }
    }

    @Override
    public void validateUpdate(ObjectNode storage, ObjectNode old, FieldErrors errors) {
        validate(storage, errors);
        unchanged(storage, old, errors, "parameters", "provisioner", "reclaimPolicy");
        ObjectCheck.of(storage, errors).immutable("volumeBindingMode", old);
    }

    static void unchanged(ObjectNode object, ObjectNode old, FieldErrors errors, String... fields) {
        for (String field : fields) {
            if (!ObjectCheck.same(object.get(field), old.get(field))) {
                errors.forbidden(FieldPath.of(field), "updates to " + field + " are forbidden.");
            }
        }
    }
}
