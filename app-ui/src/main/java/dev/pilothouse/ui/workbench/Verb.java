package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that can be done to objects from their row, their page and the palette.
 *
 * @param id names it in the texts ({@code verb.ID}) and in the user's keymap
 * @param key the key that does it on a row unless the user has another: one character such as
 *     {@code l}, or empty
 * @param isFor for which kinds
 * @param many whether it can be done to several objects at once
 * @param changes whether it may change the cluster; such ones are absent where nothing may be
 * @param run does it
 */
public record Verb(
        String id, String key, Predicate<Kind> isFor, boolean many, boolean changes, Run run) {

    /** One that only shows something. */
    public Verb(String id, String key, Predicate<Kind> isFor, boolean many, Run run) {
        this(id, key, isFor, many, false, run);
    }

    /** The same, which may change the cluster. */
    public Verb changing() {
        return new Verb(id, key, isFor, many, true, run);
    }

    /** Does it. JavaFX thread; must return at once. */
    @FunctionalInterface
    public interface Run {
        /**
         * Does it.
         *
         * @param objects one or, if the verb is for many, several of one kind
         * @param where the user wants the page, if it opens one
         */
        void run(List<ObjectRef> objects, Where where, Context context);
    }

    /** Opens a page for one object. */
    public static Verb opening(
            String id, String key, Predicate<Kind> isFor, Function<ObjectRef, Place> place) {
        return new Verb(
                id,
                key,
                isFor,
                false,
                (objects, where, context) ->
                        context.workbench().open(place.apply(objects.getFirst()), where));
    }

    /** For kinds of these resources, each as {@code pods} or {@code deployments.apps}. */
    public static Predicate<Kind> resources(String... resources) {
        List<String> wanted = List.of(resources);
        return kind -> wanted.contains(kind.qualified());
    }
}
