package dev.pilothouse.server.authz;

import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;

/**
 * The controllers, the scheduler and the node agents of this process may do what they are there
 * for. Belongs only into the chain that requests from within the process take: no credential of a
 * client leads there, so no client can become a component by its name.
 */
public final class LocalComponentAuthorizer implements Authorizer {

    private static final String CONTROLLER = "system:serviceaccount:kube-system:";
    private static final String SCHEDULER = "system:kube-scheduler";
    private static final Decision ALLOWED = Decision.allow("component of this process");

    /** The only kind there is. */
    public LocalComponentAuthorizer() {}

    @Override
    public Decision authorize(UserInfo user, RequestInfo info) {
        return isController(user) || user.name().equals(SCHEDULER) || user.isIn("system:nodes")
                ? ALLOWED
                : Decision.NONE;
    }

    private static boolean isController(UserInfo user) {
        return user.name().startsWith(CONTROLLER)
                && user.isIn("system:serviceaccounts:kube-system");
    }
}
