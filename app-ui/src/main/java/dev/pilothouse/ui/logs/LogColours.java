package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.logs.store.Ansi;
import dev.pilothouse.ui.logs.store.Level;
import dev.pilothouse.ui.theme.Contrast;
import dev.pilothouse.ui.theme.Swatches;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.paint.Color;

/** The colours of logs in the theme that is shown. JavaFX thread. */
final class LogColours {

    private static final String[] NAMES = {
        "-color-bg-default",
        "-color-bg-subtle",
        "-color-fg-default",
        "-color-fg-muted",
        "-color-fg-subtle",
        "-color-border-default",
        "-color-accent-fg",
        "-color-accent-subtle",
        "-color-accent-muted",
        "-color-warning-fg",
        "-color-warning-muted",
        "-color-danger-fg",
        "-color-danger-muted",
        "-color-success-fg"
    };

    private static final int GREYS = 232;
    private static final int CUBE = 16;

    /** Angles that stand well apart, the most different ones first. */
    private static final double[] HUES = {210, 25, 140, 280, 330, 180, 50, 250, 100, 0, 305, 160};

    private final Map<Double, Color> hues = new HashMap<>();
    private final Swatches swatches;

    LogColours(Runnable changed) {
        swatches =
                new Swatches(
                        () -> {
                            hues.clear();
                            changed.run();
                        },
                        NAMES);
    }

    /** To be put into the scene. */
    Swatches node() {
        return swatches;
    }

    Color get(String name) {
        return swatches.get("-color-" + name);
    }

    boolean isDark() {
        return get("bg-default").getBrightness() < 0.5;
    }

    /** The colour of a container. */
    Color source(int source) {
        return hue(HUES[Math.floorMod(source, HUES.length)]);
    }

    /** A colour for letters that can be read on the ground. */
    Color hue(double hue) {
        return hues.computeIfAbsent(hue, this::readable);
    }

    private Color readable(double hue) {
        Color colour = isDark() ? Color.hsb(hue, 0.45, 0.95) : Color.hsb(hue, 0.85, 0.60);
        return Contrast.against(colour, get("bg-default"), Contrast.TEXT);
    }

    /** A ground for letters of the default colour. */
    Color mark(double hue) {
        return isDark() ? Color.hsb(hue, 0.65, 0.45) : Color.hsb(hue, 0.28, 1.0);
    }

    Color level(Level level) {
        return switch (level) {
            case ERROR -> get("danger-fg");
            case WARN -> get("warning-fg");
            case INFO -> get("accent-fg");
            case DEBUG, NONE -> get("fg-muted");
        };
    }

    /** The colour that an escape sequence names. */
    Color ansi(int index, Color other) {
        if (index == Ansi.DEFAULT) {
            return other;
        }
        if ((index & Ansi.TRUE_COLOUR) != 0) {
            return Color.rgb(index >> 16 & 0xff, index >> 8 & 0xff, index & 0xff);
        }
        if (index >= GREYS) {
            return Color.grayRgb(8 + (index - GREYS) * 10);
        }
        if (index >= CUBE) {
            int cube = index - CUBE;
            return Color.rgb(step(cube / 36), step(cube / 6 % 6), step(cube % 6));
        }
        return basic(index % 8, index >= 8);
    }

    private static int step(int part) {
        return part == 0 ? 0 : 55 + part * 40;
    }

    private Color basic(int index, boolean bright) {
        return switch (index) {
            case 0 -> bright ? get("fg-muted") : get("fg-default");
            case 1 -> get("danger-fg");
            case 2 -> get("success-fg");
            case 3 -> get("warning-fg");
            case 4 -> get("accent-fg");
            case 5 -> hue(300);
            case 6 -> hue(185);
            default -> bright ? get("fg-default") : get("fg-muted");
        };
    }
}
