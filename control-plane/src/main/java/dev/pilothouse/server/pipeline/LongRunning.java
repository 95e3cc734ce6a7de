package dev.pilothouse.server.pipeline;

import dev.pilothouse.server.request.RequestInfo;
import java.util.Set;

/**
 * Requests that may last as long as they like. Source: kube-apiserver's
 * BasicLongRunningRequestCheck.
 */
public final class LongRunning {

    private static final Set<String> VERBS = Set.of("watch", "proxy");
    private static final Set<String> SUBRESOURCES =
            Set.of("attach", "exec", "proxy", "log", "portforward");

    private LongRunning() {}

    /** Whether it is such a request. */
    public static boolean is(RequestInfo info) {
        return VERBS.contains(info.verb())
                || (info.resourceRequest() && SUBRESOURCES.contains(info.subresource()));
    }
}
