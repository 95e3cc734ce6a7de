package dev.pilothouse.server.registry.authorization;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import tools.jackson.databind.node.ObjectNode;

/** Rules of SelfSubjectRulesReviews. Source: pkg/registry/authorization/selfsubjectrulesreview. */
public final class RulesReviewStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode review, FieldErrors errors) {
        if (Json.text(review, "spec", "namespace").isEmpty()) {
            throw ApiException.badRequest("no namespace on request");
        }
    }
}
