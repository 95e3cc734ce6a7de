package dev.pilothouse.ui.rights;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import java.util.List;

/** The screen of who may do what. */
public final class Rights {

    /** The type of its only place. */
    public static final String TYPE = "rights";

    private Rights() {}

    /** The screen; which question it begins with is state of the place. */
    public static Screen screen() {
        return new Screen(
                TYPE,
                RightsPage::new,
                List.of(Verb.opening("rights", "", kind -> true, Rights::of)),
                true);
    }

    /** Who may read objects such as this one. */
    private static Place of(ObjectRef object) {
        Kind kind = object.kind();
        String resource = kind.qualified();
        return Place.of(TYPE)
                .withState("verb", "get")
                .withState("resource", resource)
                .withState("namespace", object.namespace());
    }
}
