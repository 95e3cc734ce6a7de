package dev.pilothouse.ui.map;

import dev.pilothouse.ui.map.MapItem.Health;
import java.util.Collections;
import java.util.List;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/** The colours of the theme for a canvas, read from the fills of a node that the sheet styles. */
record MapColours(List<Color> colours) {

    private static final int COUNT = 11;

    static MapColours of(Region styled) {
        Background background = styled.getBackground();
        if (background == null || background.getFills().size() < COUNT) {
            return new MapColours(Collections.nCopies(COUNT, Color.GRAY));
        }
        return new MapColours(
                background.getFills().stream()
                        .map(BackgroundFill::getFill)
                        .map(fill -> fill instanceof Color colour ? colour : Color.GRAY)
                        .toList());
    }

    Color ground() {
        return colours.get(0);
    }

    Color box() {
        return colours.get(1);
    }

    Color border() {
        return colours.get(2);
    }

    Color text() {
        return colours.get(3);
    }

    Color line() {
        return colours.get(4);
    }

    Color service() {
        return colours.get(5);
    }

    Color focus() {
        return colours.get(6);
    }

    Color onPod() {
        return colours.get(10);
    }

    Color of(Health health) {
        return switch (health) {
            case GOOD -> colours.get(7);
            case WAITING -> colours.get(8);
            case BAD -> colours.get(9);
        };
    }
}
