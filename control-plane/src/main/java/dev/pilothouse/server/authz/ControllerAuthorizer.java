package dev.pilothouse.server.authz;

import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;

/**
 * The controllers of this process may do what they are there for. Belongs only into the chain that
 * requests from within the process take: no credential of a client leads there, so no client can
 * become a controller by its name.
 */
public final class ControllerAuthorizer implements Authorizer {

    private static final String PREFIX = "system:serviceaccount:kube-system:";
    private static final Decision ALLOWED = Decision.allow("controller of this process");

    /** The only kind there is. */
    public ControllerAuthorizer() {}

    @Override
    public Decision authorize(UserInfo user, RequestInfo info) {
        return user.name().startsWith(PREFIX) && user.isIn("system:serviceaccounts:kube-system")
                ? ALLOWED
                : Decision.NONE;
    }
}
