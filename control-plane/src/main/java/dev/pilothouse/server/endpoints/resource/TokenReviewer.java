package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.authn.Authenticator;
import dev.pilothouse.server.authn.Authenticator.Result;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.Parameters;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Whose token it is, asked of the same authenticators that check requests. */
final class TokenReviewer {

    private final Authenticator tokens;

    /** Reviews tokens with this authenticator, which must not let anonymous requests pass. */
    TokenReviewer(Authenticator tokens) {
        this.tokens = tokens;
    }

    ObjectNode review(ResourceCall call, ObjectNode review) {
        ApiRequest question = call.request();
        ApiRequest withToken =
                new ApiRequest(
                        question.id(),
                        "GET",
                        "/",
                        Parameters.EMPTY,
                        Parameters.headers(
                                Map.of(
                                        "authorization",
                                        List.of("Bearer " + Json.text(review, "spec", "token")))),
                        new byte[0],
                        question.peerAddress(),
                        List.of(),
                        question.received(),
                        ApiRequest.UNKNOWN_INFO,
                        question.user());
        ObjectNode status = Json.object();
        switch (tokens.authenticate(withToken)) {
            case Result.Authenticated(var user) -> {
                status.put("authenticated", true);
                status.set("user", AccessReviews.userInfo(user));
            }
            case Result.NoCredentials _ -> status.put("authenticated", false);
            case Result.Rejected(String why) -> {
                status.put("authenticated", false);
                status.put("error", why);
            }
        }
        return status;
    }
}
