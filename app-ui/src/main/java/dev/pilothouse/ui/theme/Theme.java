package dev.pilothouse.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;

/** The look of every window. All methods belong to the JavaFX thread. */
public enum Theme {
    /** Dark text on light ground. */
    LIGHT,
    /** Light text on dark ground. */
    DARK;

    /** One sheet per package that has rules of its own; add new ones here. */
    static final List<String> SHEETS =
            List.of(
                    "pilothouse",
                    "workbench",
                    "list",
                    "palette",
                    "editor",
                    "detail",
                    "logs",
                    "terminal",
                    "forward",
                    "metrics");

    /** Looks as the operating system does, now and whenever that changes. */
    public static void followSystem() {
        of(Platform.getPreferences().getColorScheme()).apply();
        Platform.getPreferences()
                .colorSchemeProperty()
                .addListener((property, before, scheme) -> of(scheme).apply());
    }

    /** Gives all windows of the application this look. */
    public void apply() {
        var theme = this == DARK ? new PrimerDark() : new PrimerLight();
        Application.setUserAgentStylesheet(theme.getUserAgentStylesheet());
    }

    /** Adds the application's own rules, which take their colours from the theme, to a scene. */
    public static void decorate(Scene scene) {
        scene.getStylesheets().addAll(sheets());
    }

    /** The application's own rules, for what brings its scene along, such as a dialog. */
    public static List<String> sheets() {
        List<String> sheets = new ArrayList<>();
        for (String name : SHEETS) {
            URL sheet = Theme.class.getResource("/dev/pilothouse/ui/theme/" + name + ".css");
            sheets.add(Objects.requireNonNull(sheet, name).toExternalForm());
        }
        // The last, for a glyph is drawn over what icons have in common.
        sheets.add(Glyphs.sheet());
        return sheets;
    }

    private static Theme of(ColorScheme scheme) {
        return scheme == ColorScheme.DARK ? DARK : LIGHT;
    }
}
