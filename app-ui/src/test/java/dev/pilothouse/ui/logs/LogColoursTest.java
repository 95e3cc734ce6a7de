package dev.pilothouse.ui.logs;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.testing.Toolkit;
import dev.pilothouse.ui.theme.Contrast;
import dev.pilothouse.ui.theme.Theme;
import java.util.HashSet;
import java.util.Set;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

class LogColoursTest {

    @Test
    void namesOfContainersCanBeReadAndToldApartInBothThemes() throws Exception {
        Toolkit.start();
        fx(() -> {
            LogColours colours = new LogColours(() -> {});
            StackPane root = new StackPane(colours.node());
            Theme.decorate(new Scene(root, 10, 10));
            for (Theme theme : Theme.values()) {
                theme.apply();
                root.applyCss();
                Color ground = colours.get("bg-default");
                assertEquals(theme == Theme.DARK, colours.isDark());
                Set<Color> seen = new HashSet<>();
                for (int i = 0; i < 12; i++) {
                    Color colour = colours.source(i);
                    double contrast = Contrast.of(colour, ground);
                    assertTrue(contrast >= Contrast.TEXT, theme + " " + i + ": " + contrast);
                    seen.add(colour);
                }
                assertEquals(12, seen.size());
            }
            Theme.LIGHT.apply();
            return null;
        });
    }
}
