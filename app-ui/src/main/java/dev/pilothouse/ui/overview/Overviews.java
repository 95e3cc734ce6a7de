package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.workbench.Screen;
import java.util.List;

/** The screen of the overview. */
public final class Overviews {

    /** The type of its only place. */
    public static final String TYPE = "overview";

    private Overviews() {}

    /** The screen. */
    public static Screen screen() {
        return new Screen(TYPE, (place, context) -> new OverviewPage(context), List.of(), true);
    }
}
