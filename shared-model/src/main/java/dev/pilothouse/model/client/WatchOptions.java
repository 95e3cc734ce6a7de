package dev.pilothouse.model.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to watch; bookmarks are always asked for.
 *
 * @param selection which objects, and after which revision; limit and continue say nothing here
 * @param initialEvents whether the watch begins with the present state and a bookmark that ends it
 * @param timeout after which the server ends the watch, zero for its own
 * @param withoutManagers whether {@code managedFields} are left out before objects are parsed
 */
public record WatchOptions(
        ListOptions selection, boolean initialEvents, Duration timeout, boolean withoutManagers) {

    /** What happens after a revision. */
    public static WatchOptions after(ListOptions selection, String resourceVersion) {
        return new WatchOptions(selection.at(resourceVersion, ""), false, Duration.ZERO, false);
    }

    /** The present state, then what happens. */
    public static WatchOptions fromNow(ListOptions selection) {
        return new WatchOptions(selection.at("", "NotOlderThan"), true, Duration.ZERO, false);
    }

    /** The same for a time. */
    public WatchOptions lasting(Duration time) {
        return new WatchOptions(selection, initialEvents, time, withoutManagers);
    }

    /**
     * The same for who does not ask which field is whose: often half of an object, which need not
     * be parsed then.
     */
    public WatchOptions leavingOutManagers() {
        return new WatchOptions(selection, initialEvents, timeout, true);
    }

    Map<String, List<String>> query() {
        Map<String, List<String>> query = new LinkedHashMap<>(selection.page(0, "").query());
        query.put("watch", List.of("true"));
        query.put("allowWatchBookmarks", List.of("true"));
        if (initialEvents) {
            query.put("sendInitialEvents", List.of("true"));
        }
        if (!timeout.isZero()) {
            query.put("timeoutSeconds", List.of(Long.toString(timeout.toSeconds())));
        }
        return query;
    }
}
