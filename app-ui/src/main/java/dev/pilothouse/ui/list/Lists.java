package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import java.util.List;

/** The screen of lists. */
public final class Lists {

    /** The type of its places. */
    public static final String TYPE = "list";

    private Lists() {}

    /** The screen; its place is {@code Place.of(TYPE, kind)}. */
    public static Screen screen(Namespaces namespaces) {
        return new Screen(
                TYPE,
                (place, context) -> {
                    Kind kind = place.kind();
                    if (kind == null) {
                        throw new IllegalArgumentException("a list needs a kind");
                    }
                    return new ListPage(place, kind, namespaces, context);
                },
                List.of(),
                false);
    }

    /** The list of a kind. */
    public static Place of(Kind kind) {
        return Place.of(TYPE, kind);
    }
}
