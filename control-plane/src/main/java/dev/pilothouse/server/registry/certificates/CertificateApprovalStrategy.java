package dev.pilothouse.server.registry.certificates;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.NameRule;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the approval subresource: conditions change, nothing else does. Source:
 * csrApprovalStrategy in pkg/registry/certificates/certificates/strategy.go.
 */
public final class CertificateApprovalStrategy implements ResourceStrategy {

    @Override
    public void prepareForUpdate(ObjectNode request, ObjectNode old, StrategyContext context) {
        ResourceStrategy.keep("spec", request, old);
        ObjectNode status = Json.child(request, "status");
        JsonNode certificate = Json.at(old, "status", "certificate");
        if (certificate == null) {
            status.remove("certificate");
        } else {
            status.set("certificate", certificate);
        }
        CertificateConditions.stamp(request, context.now());
    }

    @Override
    public void validateUpdate(ObjectNode request, ObjectNode old, FieldErrors errors) {
        CertificateConditions.validate(request, errors);
        CertificateConditions.keptConditions(request, old, Set.of(), errors);
    }

    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }
}
