package dev.pilothouse.server.authn;

import dev.pilothouse.server.request.ApiRequest;
import java.util.List;

/**
 * Asks authenticators in order; the first that recognises the user wins. Credentials that all of
 * them reject are rejected, even when anonymous requests are allowed. Source: apiserver
 * authentication union.
 */
public final class AuthenticatorChain implements Authenticator {

    private final List<Authenticator> authenticators;

    /** A chain in this order. */
    public AuthenticatorChain(List<Authenticator> authenticators) {
        this.authenticators = List.copyOf(authenticators);
    }

    @Override
    public Result authenticate(ApiRequest request) {
        Result rejected = null;
        for (Authenticator authenticator : authenticators) {
            Result result = authenticator.authenticate(request);
            if (result instanceof Result.Authenticated
                    && (rejected == null || !(authenticator instanceof AnonymousAuthenticator))) {
                return result;
            }
            if (result instanceof Result.Rejected) {
                rejected = result;
            }
        }
        return rejected == null ? Result.NONE : rejected;
    }
}
