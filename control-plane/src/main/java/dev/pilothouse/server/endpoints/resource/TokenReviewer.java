package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.authn.TokenChecker;
import dev.pilothouse.server.authn.TokenChecker.Outcome;
import dev.pilothouse.server.tokens.ServiceAccountTokens;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose token it is, asked of what checks requests, too. Source: pkg/registry/authentication
 * /tokenreview/storage.go.
 */
final class TokenReviewer {

    private static final String INVALID = "invalid bearer token";

    private final TokenChecker tokens;

    TokenReviewer(TokenChecker tokens) {
        this.tokens = tokens;
    }

    ObjectNode review(ResourceCall call, ObjectNode review) {
        List<String> wanted =
                review.path("spec")
                        .path("audiences")
                        .valueStream()
                        .map(value -> value.asString(""))
                        .toList();
        List<String> audiences = wanted.isEmpty() ? ServiceAccountTokens.API_AUDIENCES : wanted;
        ObjectNode status = Json.object();
        switch (tokens.check(Json.text(review, "spec", "token"), audiences)) {
            case Outcome.Valid(var user, var shared) -> {
                status.put("authenticated", true);
                status.set("user", AccessReviews.userInfo(user));
                ArrayNode array = status.putArray("audiences");
                shared.forEach(array::add);
            }
            case Outcome.Unknown() -> {
                status.put("authenticated", false);
                status.put("error", INVALID);
            }
            case Outcome.Invalid(String why) -> {
                status.put("authenticated", false);
                status.put("error", "[" + INVALID + ", " + why + "]");
            }
        }
        return status;
    }
}
