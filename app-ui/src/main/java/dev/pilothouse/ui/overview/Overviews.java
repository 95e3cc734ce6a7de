package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.workbench.Screen;
import java.util.List;

/** The screen of the overview. */
public final class Overviews {

    /** The type of its only place. */
    public static final String TYPE = "overview";

    private Overviews() {}

    /**
     * The screen.
     *
     * @param health of the window's cluster
     */
    public static Screen screen(Health health) {
        return new Screen(
                TYPE, (place, context) -> new OverviewPage(context, health), List.of(), true);
    }
}
