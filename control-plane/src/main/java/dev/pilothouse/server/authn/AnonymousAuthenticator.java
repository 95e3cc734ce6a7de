package dev.pilothouse.server.authn;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.UserInfo;

/**
 * Takes every request for one from {@code system:anonymous}; the last of a chain. What that user
 * may do is for the authorizers to say.
 */
public final class AnonymousAuthenticator implements Authenticator {

    private static final Result ANONYMOUS = new Result.Authenticated(UserInfo.ANONYMOUS);

    /** The only kind there is. */
    public AnonymousAuthenticator() {}

    @Override
    public Result authenticate(ApiRequest request) {
        return ANONYMOUS;
    }
}
