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
}
