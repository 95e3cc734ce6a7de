package dev.pilothouse.ui.why;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import java.util.List;

/** The screen of causes. */
public final class Whys {

    /** The type of its places. */
    public static final String TYPE = "why";

    private Whys() {}

    /** The screen; its place is {@code Place.of(TYPE, pod)}. */
    public static Screen screen() {
        return new Screen(
                TYPE,
                (place, context) -> {
                    ObjectRef pod = place.object();
                    if (pod == null) {
                        throw new IllegalArgumentException("a cause needs a pod");
                    }
                    return new WhyPage(place, pod, context);
                },
                List.of(Verb.opening("why", "w", Verb.resources("pods"), Whys::of)),
                false);
    }

    /** The page of a pod. */
    public static Place of(ObjectRef pod) {
        return Place.of(TYPE, ObjectRef.of(pod.kind(), pod.namespace(), pod.name()));
    }
}
