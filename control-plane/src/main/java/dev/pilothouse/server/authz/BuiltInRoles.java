package dev.pilothouse.server.authz;

import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;
import java.util.List;
import java.util.Set;

/**
 * What Kubernetes' own roles allow whole groups in every cluster: system:basic-user and
 * system:discovery to whoever is authenticated, system:service-account-issuer-discovery to service
 * accounts. Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go.
 */
public final class BuiltInRoles implements Authorizer {

    private static final String AUTHENTICATED = "system:authenticated";
    private static final String SERVICE_ACCOUNTS = "system:serviceaccounts";

    private static final Set<String> SELF_REVIEWS =
            Set.of(
                    "authentication.k8s.io/selfsubjectreviews",
                    "authorization.k8s.io/selfsubjectaccessreviews",
                    "authorization.k8s.io/selfsubjectrulesreviews");

    private static final List<String> DISCOVERY =
            List.of("/api", "/apis", "/healthz", "/livez", "/openapi", "/readyz", "/version");

    /** Those whose paths below are readable, too. */
    private static final Set<String> DISCOVERY_BELOW = Set.of("/api", "/apis", "/openapi");

    private static final List<String> ISSUER =
            List.of("/.well-known/openid-configuration", "/openid/v1/jwks");

    /** The only kind there is. */
    public BuiltInRoles() {}

    @Override
    public Decision authorize(UserInfo user, RequestInfo info) {
        if (info.resourceRequest()) {
            return reviewsSelf(info)
                    ? decide(user, AUTHENTICATED, "system:basic-user")
                    : Decision.NONE;
        }
        if (!info.verb().equals("get")) {
            return Decision.NONE;
        }
        if (discovers(info.path())) {
            return decide(user, AUTHENTICATED, "system:discovery");
        }
        return ISSUER.stream().anyMatch(path -> isAt(info.path(), path))
                ? decide(user, SERVICE_ACCOUNTS, "system:service-account-issuer-discovery")
                : Decision.NONE;
    }

    private static boolean reviewsSelf(RequestInfo info) {
        return info.verb().equals("create")
                && info.subresource().isEmpty()
                && SELF_REVIEWS.contains(info.group() + "/" + info.resource());
    }

    private static boolean discovers(String requested) {
        for (String path : DISCOVERY) {
            if (isAt(requested, path)
                    || (DISCOVERY_BELOW.contains(path) && requested.startsWith(path + "/"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(String requested, String path) {
        return requested.equals(path) || requested.equals(path + "/");
    }

    private static Decision decide(UserInfo user, String group, String role) {
        return user.isIn(group)
                ? Decision.allow(
                        "RBAC: allowed by ClusterRoleBinding \"%s\" of ClusterRole \"%s\" to Group \"%s\""
                                .formatted(role, role, group))
                : Decision.NONE;
    }
}
