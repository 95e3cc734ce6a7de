package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.server.registry.Revisions;
import dev.pilothouse.server.registry.Selection;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.request.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of lists and watches. Source: meta/v1 ListOptions and its validation in
 * apimachinery/pkg/apis/meta/internalversion/validation.
 *
 * @param selection which objects
 * @param limit most objects in one answer, 0 for all
 * @param token where to go on, or null
 * @param resourceVersion as given, may be empty
 * @param match resourceVersionMatch, may be empty
 * @param timeoutSeconds 0 when the client said nothing
 * @param bookmarks whether a watch sends bookmarks
 * @param initialEvents whether a watch starts with the present state and says where that ends
 */
record ListOptions(
        Selection selection,
        int limit,
        @Nullable ContinueToken token,
        String resourceVersion,
        String match,
        long timeoutSeconds,
        boolean bookmarks,
        boolean initialEvents) {

    private static final GroupVersionKind KIND =
            new GroupVersionKind("meta.k8s.io", "v1", "ListOptions");

    /** Reads and checks the query parameters. */
    static ListOptions parse(ResourceCall call, boolean watch) {
        Parameters query = call.request().query();
        String resourceVersion = query.text("resourceVersion");
        String token = query.text("continue");
        ListOptions options =
                new ListOptions(
                        selection(call, query),
                        (int) Math.min(number(query, "limit"), Integer.MAX_VALUE),
                        token.isEmpty() || watch ? null : ContinueToken.parse(token),
                        resourceVersion,
                        query.text("resourceVersionMatch"),
                        number(query, "timeoutSeconds"),
                        query.flag("allowWatchBookmarks"),
                        query.flag("sendInitialEvents"));
        options.check(watch, query.has("sendInitialEvents"));
        Revisions.parse(resourceVersion);
        return options;
    }

    /** The selectors, and the name where the path has one, as the deprecated watch paths do. */
    private static Selection selection(ResourceCall call, Parameters query) {
        String fields = query.text("fieldSelector");
        if (!call.name().isEmpty() && !fields.contains("metadata.name")) {
            fields = (fields.isEmpty() ? "" : fields + ",") + "metadata.name=" + call.name();
        }
        return Selection.parse(call.kind(), query.text("labelSelector"), fields);
    }

    /** The revision asked for, 0 for any. */
    long revision() {
        return Revisions.parse(resourceVersion);
    }

    private void check(boolean watch, boolean initialEventsGiven) {
        FieldErrors errors = new FieldErrors();
        FieldPath matchPath = FieldPath.of("resourceVersionMatch");
        if (watch) {
            checkWatch(initialEventsGiven, matchPath, errors);
        } else {
            checkList(initialEventsGiven, matchPath, errors);
        }
        errors.throwIfAny(KIND, "");
    }

    private void checkWatch(boolean initialEventsGiven, FieldPath matchPath, FieldErrors errors) {
        if (initialEventsGiven) {
            if (match.isEmpty()) {
                errors.forbidden(
                        matchPath,
                        "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
            } else if (!match.equals("NotOlderThan")) {
                errors.notSupported(matchPath, match, List.of("NotOlderThan"));
            }
            if (initialEvents && !bookmarks) {
                errors.forbidden(
                        FieldPath.of("sendInitialEvents"),
                        "sendInitialEvents requires setting allowWatchBookmarks to true");
            }
        } else if (!match.isEmpty()) {
            errors.forbidden(
                    matchPath,
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }
    }

    private void checkList(boolean initialEventsGiven, FieldPath matchPath, FieldErrors errors) {
        if (initialEventsGiven) {
            errors.forbidden(
                    FieldPath.of("sendInitialEvents"), "sendInitialEvents is forbidden for list");
        }
        if (token != null && !resourceVersion.isEmpty() && !resourceVersion.equals("0")) {
            throw ApiException.badRequest(
                    "specifying resource version is not allowed when using continue");
        }
        if (match.isEmpty()) {
            return;
        }
        if (token != null) {
            errors.forbidden(
                    matchPath, "resourceVersionMatch is forbidden when continue is provided");
        }
        if (resourceVersion.isEmpty()) {
            errors.forbidden(
                    matchPath,
                    "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (match.equals("Exact")) {
            if (resourceVersion.equals("0")) {
                errors.forbidden(
                        matchPath,
                        "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
            }
        } else if (!match.equals("NotOlderThan")) {
            errors.notSupported(matchPath, match, List.of("Exact", "NotOlderThan", ""));
        }
    }

    private static long number(Parameters query, String name) {
        String text = query.text(name);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException _) {
            throw ApiException.badRequest(
                    "strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }
}
