package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import java.util.List;

/** The screen of lists. */
public final class Lists {

    /** The type of its places. */
    public static final String TYPE = "list";

    /** The state of its places that names the namespaces, separated by commas. */
    public static final String NAMESPACE = "namespace";

    /** The state of its places that holds a label selector. */
    public static final String LABELS = "labels";

    /** The state of its places that says how columns and groups are arranged. */
    static final String LOOK = "look";

    /** Stands there for all namespaces; without that state a list keeps those it has. */
    static final String ALL_NAMESPACES = "*";

    private Lists() {}

    /** The screen; its place is {@code Place.of(TYPE, kind)}. */
    public static Screen screen(Namespaces namespaces, ListSettings settings) {
        return new Screen(
                TYPE,
                (place, context) -> {
                    Kind kind = place.kind();
                    if (kind == null) {
                        throw new IllegalArgumentException("a list needs a kind");
                    }
                    return new ListPage(place, kind, namespaces, settings, context);
                },
                List.of(),
                false);
    }

    /** The list of a kind. */
    public static Place of(Kind kind) {
        return Place.of(TYPE, kind);
    }

    /**
     * The list of a kind, limited to namespaces.
     *
     * @param namespaces separated by commas; empty for all
     */
    public static Place in(Kind kind, String namespaces) {
        return of(kind).withState(NAMESPACE, namespaces.isEmpty() ? ALL_NAMESPACES : namespaces);
    }

    /** The namespaces that a list's place is limited to, separated by commas; empty for all. */
    public static String namespaces(Place place) {
        String names = place.state(NAMESPACE);
        return names.equals(ALL_NAMESPACES) ? "" : names;
    }
}
