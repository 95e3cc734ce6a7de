package dev.pilothouse.ui.workbench;

import java.util.List;

/**
 * What a package brings to the window.
 *
 * @param type of its places; {@code screen.TYPE} is its name in the texts
 * @param pages makes its pages
 * @param verbs open it, or do something else to objects
 * @param standing whether it has a page that needs no object, {@code Place.of(type)}, which the
 *     navigator and the palette offer
 */
public record Screen(String type, PageFactory pages, List<Verb> verbs, boolean standing) {

    /** Copies the list. */
    public Screen {
        verbs = List.copyOf(verbs);
    }

    /** Whether all that it is for may change the cluster, as an editor. */
    public boolean changes() {
        return !verbs.isEmpty() && verbs.stream().allMatch(Verb::changes);
    }

    /** What is left of it in a cluster that must not be changed. */
    public Screen readOnly() {
        return new Screen(
                type, pages, verbs.stream().filter(verb -> !verb.changes()).toList(), standing);
    }
}
