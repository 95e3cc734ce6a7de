package dev.pilothouse.ui.workbench;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The pages that are seen, and that they are told so. JavaFX thread only. */
final class ShownPages {

    private final Set<Page> shown = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Finds out which pages are seen now; first those that no longer are stop. */
    void settle(List<Frame> frames) {
        Set<Page> now = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Frame frame : frames) {
            for (Group group : frame.groups()) {
                Page page = group.selected();
                if (page != null && frame.isVisible()) {
                    now.add(page);
                }
            }
        }
        for (Page page : List.copyOf(shown)) {
            if (!now.contains(page)) {
                hide(page);
            }
        }
        for (Page page : now) {
            if (shown.add(page)) {
                page.shown();
            }
        }
    }

    void hide(Page page) {
        if (shown.remove(page)) {
            page.hidden();
        }
    }

    void hideAll() {
        List.copyOf(shown).forEach(this::hide);
    }
}
