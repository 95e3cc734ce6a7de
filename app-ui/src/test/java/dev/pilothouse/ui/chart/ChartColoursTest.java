package dev.pilothouse.ui.chart;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.theme.Contrast;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

class ChartColoursTest {

    @Test
    void everyLineCanBeSeenOnLightAndOnDarkGround() {
        for (Color ground : new Color[] {Color.WHITE, Color.web("#0d1117")}) {
            for (int i = 0; i < 24; i++) {
                double contrast = Contrast.of(ChartPainter.colour(i, ground), ground);
                assertTrue(contrast >= Contrast.DRAWN, "series " + i + ": " + contrast);
            }
        }
    }
}
