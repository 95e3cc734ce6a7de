package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;

/**
 * How many requests a minute an identity may send. A limit of {@link #UNLIMITED} is none.
 *
 * @param list lists and watches of an ordinary user
 * @param get all other reads, streams and non-resource paths of an ordinary user
 * @param write creates, updates and patches of an ordinary user
 * @param delete deletes of an ordinary user
 * @param kubelet all requests of a node
 * @param controller all requests of a control plane component
 * @param masters all requests of an administrator, a member of {@code system:masters}
 */
public record RateLimits(
        int list, int get, int write, int delete, int kubelet, int controller, int masters) {

    /** The limit of those who have none, which their answers' headers also show. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** The limits of the API document; administrators have none. */
    public static final RateLimits DEFAULT =
            new RateLimits(100, 1000, 50, 50, 10_000, 5_000, UNLIMITED);

    /** Nobody is limited. */
    public static final RateLimits NONE =
            new RateLimits(
                    UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);

    /** What requests are counted together, and how many a minute there may be. */
    record Rule(String name, int perMinute) {}

    Rule rule(UserInfo user, RequestInfo info) {
        if (user.isIn(UserInfo.MASTERS)) {
            return new Rule("masters", masters);
        }
        if (user.name().startsWith("system:node:") && user.isIn("system:nodes")) {
            return new Rule("kubelet", kubelet);
        }
        if (user.name().startsWith("system:serviceaccount:kube-system:")
                || user.name().startsWith("system:kube-")) {
            return new Rule("controller", controller);
        }
        if (!info.resourceRequest()) {
            return new Rule("get", get);
        }
        return switch (info.verb()) {
            case "list", "watch" -> new Rule("list", list);
            case "create", "update", "patch" -> new Rule("write", write);
            case "delete", "deletecollection" -> new Rule("delete", delete);
            default -> new Rule("get", get);
        };
    }
}
