package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.cluster.MinuteCounts;
import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Something counted by the minute, the last half hour of it: a column for each minute, the highest
 * as high as the strip. JavaFX thread only.
 */
final class RateStrip extends HBox {

    private static final double HEIGHT = 42;

    RateStrip() {
        super(2);
        setMinHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        for (int i = 0; i < MinuteCounts.MINUTES; i++) {
            var bad = part("overview-refused");
            var column = new VBox(bad, part("overview-column"));
            column.setAlignment(Pos.BOTTOM_LEFT);
            column.setPrefWidth(14);
            HBox.setHgrow(column, Priority.ALWAYS);
            getChildren().add(column);
        }
        show(new int[MinuteCounts.MINUTES], new int[MinuteCounts.MINUTES]);
    }

    private static Region part(String look) {
        var part = new Region();
        part.getStyleClass().add(look);
        return part;
    }

    /**
     * Draws counts.
     *
     * @param all per minute, the oldest first
     * @param bad how many of them were bad
     */
    void show(int[] all, int[] bad) {
        int most = 1;
        for (int each : all) {
            most = Math.max(most, each);
        }
        for (int i = 0; i < all.length; i++) {
            var column = (VBox) getChildren().get(i);
            double height = all[i] == 0 ? 1 : Math.max(2, HEIGHT * all[i] / most);
            int among = Math.min(bad[i], all[i]);
            double red = among == 0 ? 0 : Math.max(2, height * among / all[i]);
            height((Region) column.getChildren().get(0), red);
            height((Region) column.getChildren().get(1), Math.max(0, height - red));
        }
    }

    private static void height(Region part, double height) {
        part.setMinHeight(height);
        part.setMaxHeight(height);
    }
}
