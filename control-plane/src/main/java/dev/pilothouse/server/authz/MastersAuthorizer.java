package dev.pilothouse.server.authz;

import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;

/** Members of {@code system:masters} may do anything. */
public final class MastersAuthorizer implements Authorizer {

    private static final Decision ALLOWED = Decision.allow("");

    /** The only kind there is. */
    public MastersAuthorizer() {}

    @Override
    public Decision authorize(UserInfo user, RequestInfo info) {
        return user.isIn(UserInfo.MASTERS) ? ALLOWED : Decision.NONE;
    }
}
