package dev.pilothouse.ui.terminal;

import dev.pilothouse.ui.terminal.screen.Style;
import dev.pilothouse.ui.theme.Swatches;
import javafx.scene.paint.Color;

/** The colours of a terminal in the theme that is shown. JavaFX thread. */
final class TerminalColours {

    private static final String GROUND = "-color-bg-default";
    private static final String LETTERS = "-color-fg-default";
    private static final String SELECTED = "-color-accent-muted";

    private static final String[] DARK = {
        "#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4",
        "#6e7681", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#f0f6fc"
    };

    private static final String[] LIGHT = {
        "#24292f", "#cf222e", "#116329", "#7d4e00", "#0969da", "#8250df", "#1b7c83", "#6e7781",
        "#57606a", "#a40e26", "#1a7f37", "#633c01", "#218bff", "#a475f9", "#3192aa", "#8c959f"
    };

    private final Swatches swatches;

    TerminalColours(Runnable changed) {
        swatches = new Swatches(changed, GROUND, LETTERS, SELECTED);
    }

    Swatches node() {
        return swatches;
    }

    Color ground() {
        return swatches.get(GROUND);
    }

    Color letters() {
        return swatches.get(LETTERS);
    }

    Color selected() {
        return swatches.get(SELECTED);
    }

    Color of(int colour, Color own, boolean bold) {
        if (colour == Style.OWN) {
            return own;
        }
        if ((colour & Style.RGB) != 0) {
            return Color.rgb(colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff);
        }
        if (colour < 16) {
            String[] palette = ground().getBrightness() < 0.5 ? DARK : LIGHT;
            return Color.web(palette[bold && colour < 8 ? colour + 8 : colour]);
        }
        if (colour >= 232) {
            return Color.grayRgb(8 + (colour - 232) * 10);
        }
        int cube = colour - 16;
        return Color.rgb(step(cube / 36), step(cube / 6 % 6), step(cube % 6));
    }

    private static int step(int part) {
        return part == 0 ? 0 : 55 + part * 40;
    }
}
