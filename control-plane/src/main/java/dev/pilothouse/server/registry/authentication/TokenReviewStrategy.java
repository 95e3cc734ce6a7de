package dev.pilothouse.server.registry.authentication;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import tools.jackson.databind.node.ObjectNode;

/** Rules of TokenReviews. Source: pkg/registry/authentication/tokenreview. */
public final class TokenReviewStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode review, FieldErrors errors) {
        if (Json.text(review, "spec", "token").isEmpty()) {
            throw ApiException.badRequest("token is required for TokenReview in authentication");
        }
    }
}
