package dev.pilothouse.server.authz;

import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks authorizers in order; the first with an opinion decides. With no opinion at all the answer
 * is none, which callers must take for a refusal. Source: apiserver authorization union.
 */
public final class AuthorizerChain implements Authorizer {

    private final List<Authorizer> authorizers;

    /** A chain in this order. */
    public AuthorizerChain(List<Authorizer> authorizers) {
        this.authorizers = List.copyOf(authorizers);
    }

    @Override
    public Decision authorize(UserInfo user, RequestInfo info) {
        List<String> reasons = new ArrayList<>();
        for (Authorizer authorizer : authorizers) {
            Decision decision = authorizer.authorize(user, info);
            if (decision.verdict() != Verdict.NO_OPINION) {
                return decision;
            }
            if (!decision.reason().isEmpty()) {
                reasons.add(decision.reason());
            }
        }
        return new Decision(Verdict.NO_OPINION, String.join("\n", reasons));
    }
}
