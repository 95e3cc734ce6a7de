package dev.pilothouse.server.controller.client;

import dev.pilothouse.server.request.UserInfo;

/**
 * Under which names controllers act: as service accounts of {@code kube-system}, as in Kubernetes.
 */
public final class ControllerIdentity {

    private static final String NAMESPACE = "kube-system";

    private ControllerIdentity() {}

    /** The user of a controller. */
    public static UserInfo of(String controller) {
        return UserInfo.of(
                "system:serviceaccount:" + NAMESPACE + ":" + controller,
                "system:serviceaccounts",
                "system:serviceaccounts:" + NAMESPACE,
                "system:authenticated");
    }
}
