package dev.pilothouse.ui.map;

import dev.pilothouse.ui.workbench.Screen;
import java.util.List;

/** The screen of the map. */
public final class Maps {

    /** The type of its only place. */
    public static final String TYPE = "map";

    private Maps() {}

    /** The screen. */
    public static Screen screen() {
        return new Screen(TYPE, (place, context) -> new MapPage(context), List.of(), true);
    }
}
