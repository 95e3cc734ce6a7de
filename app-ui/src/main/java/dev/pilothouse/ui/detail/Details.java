package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import java.util.List;

/** The screen of single objects. */
public final class Details {

    /** The type of its places. */
    public static final String TYPE = "detail";

    private Details() {}

    /** The screen; its place is {@code Place.of(TYPE, object)}. */
    public static Screen screen() {
        return new Screen(
                TYPE,
                (place, context) -> {
                    ObjectRef object = place.object();
                    if (object == null) {
                        throw new IllegalArgumentException("a detail needs an object");
                    }
                    return new DetailPage(place, object, context);
                },
                List.of(Verb.opening("detail", "d", kind -> true, Details::of)),
                false);
    }

    /** The page of an object. */
    public static Place of(ObjectRef object) {
        return Place.of(TYPE, ObjectRef.of(object.kind(), object.namespace(), object.name()));
    }
}
