package dev.pilothouse.server.authz;

import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;
import java.util.List;

/**
 * Paths that everybody may read, the anonymous user too. Source: apiserver authorization/path and
 * the role system:public-info-viewer.
 */
public final class AlwaysAllowedPaths implements Authorizer {

    /** Health checks and the version. */
    public static final List<String> DEFAULT =
            List.of(
                    "/healthz",
                    "/healthz/*",
                    "/livez",
                    "/livez/*",
                    "/readyz",
                    "/readyz/*",
                    "/version",
                    "/version/");

    private static final Decision ALLOWED = Decision.allow("");

    private final List<String> paths;

    /** Allows these paths; one that ends with a star stands for all that begin like it. */
    public AlwaysAllowedPaths(List<String> paths) {
        this.paths = List.copyOf(paths);
    }

    @Override
    public Decision authorize(UserInfo user, RequestInfo info) {
        if (info.resourceRequest() || !(info.verb().equals("get") || info.verb().equals("head"))) {
            return Decision.NONE;
        }
        for (String path : paths) {
            boolean matches =
                    path.endsWith("*")
                            ? info.path().startsWith(path.substring(0, path.length() - 1))
                            : info.path().equals(path);
            if (matches) {
                return ALLOWED;
            }
        }
        return Decision.NONE;
    }
}
