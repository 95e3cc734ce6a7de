package dev.pilothouse.server.scheduler.framework;

import java.util.List;

/**
 * What a plug-in says. Immutable.
 *
 * @param code what it comes to
 * @param plugin who says so, empty for nobody
 * @param reasons in Kubernetes' words, one for each thing that is wrong
 */
public record Status(Code code, String plugin, List<String> reasons) {

    /** What a plug-in's word comes to. */
    public enum Code {
        /** Nothing stands in the way. */
        SUCCESS,
        /** Not now; it may help to take pods away. */
        UNSCHEDULABLE,
        /** Not now, and taking pods away does not help. */
        UNRESOLVABLE
    }

    /** Nothing stands in the way. */
    public static final Status SUCCESS = new Status(Code.SUCCESS, "", List.of());

    /** Copies the list. */
    public Status {
        reasons = List.copyOf(reasons);
    }

    /** Refused, but taking pods away may help. */
    public static Status unschedulable(String plugin, String... reasons) {
        return new Status(Code.UNSCHEDULABLE, plugin, List.of(reasons));
    }

    /** Refused, and taking pods away does not help. */
    public static Status unresolvable(String plugin, String... reasons) {
        return new Status(Code.UNRESOLVABLE, plugin, List.of(reasons));
    }

    /** Whether nothing stands in the way. */
    public boolean isSuccess() {
        return code == Code.SUCCESS;
    }
}
