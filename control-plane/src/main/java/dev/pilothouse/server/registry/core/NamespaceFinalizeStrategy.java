package dev.pilothouse.server.registry.core;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.NameRule;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the finalize subresource of Namespaces: only spec.finalizers and metadata change.
 * Source: namespaceFinalizeStrategy in pkg/registry/core/namespace/strategy.go.
 */
public final class NamespaceFinalizeStrategy implements ResourceStrategy {

    @Override
    public void prepareForUpdate(ObjectNode namespace, ObjectNode old, StrategyContext context) {
        ResourceStrategy.keep("status", namespace, old);
    }

    @Override
    public void validate(ObjectNode namespace, FieldErrors errors) {
        validateFinalizers(namespace, errors);
    }

    static void validateFinalizers(ObjectNode namespace, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(namespace, errors).child("spec");
        spec.eachText(
                "finalizers",
                (finalizer, path) -> {
                    for (String complaint : Names.qualifiedName(finalizer)) {
                        errors.invalid(path, finalizer, complaint);
                    }
                    if (finalizer.indexOf('/') < 0
                            && !List.of("kubernetes", "orphan", "foregroundDeletion")
                                    .contains(finalizer)) {
                        errors.invalid(
                                path,
                                finalizer,
                                "name is neither a standard finalizer name nor is it fully qualified");
                    }
                });
    }

    @Override
    public NameRule nameRule() {
        return NameRule.DNS_LABEL;
    }
}
