package dev.pilothouse.server.controller.client;

import dev.pilothouse.server.request.UserInfo;

/** Under which names the components of this process act: those that Kubernetes gives them. */
public final class Identities {

    private static final String NAMESPACE = "kube-system";
    private static final String AUTHENTICATED = "system:authenticated";

    /** The scheduler. */
    public static final UserInfo SCHEDULER = UserInfo.of("system:kube-scheduler", AUTHENTICATED);

    private Identities() {}

    /** A controller: a service account of {@code kube-system}. */
    public static UserInfo controller(String name) {
        return UserInfo.of(
                "system:serviceaccount:" + NAMESPACE + ":" + name,
                "system:serviceaccounts",
                "system:serviceaccounts:" + NAMESPACE,
                AUTHENTICATED);
    }

    /** The agent of a node. */
    public static UserInfo node(String name) {
        return UserInfo.of("system:node:" + name, "system:nodes", AUTHENTICATED);
    }
}
