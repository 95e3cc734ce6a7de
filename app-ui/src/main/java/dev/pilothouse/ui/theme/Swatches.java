package dev.pilothouse.ui.theme;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;

/**
 * The theme's colours for what is drawn rather than styled. A node that shows nothing; it must be
 * in the scene, because the style sheets give it the colours. Belongs to the JavaFX thread.
 */
public final class Swatches extends Pane {

    private final Map<String, Label> labels = new LinkedHashMap<>();

    /**
     * Looks colours up.
     *
     * @param changed told when the theme has changed
     * @param names looked-up colours, such as {@code -color-fg-default}
     */
    public Swatches(Runnable changed, String... names) {
        setManaged(false);
        setMouseTransparent(true);
        setOpacity(0);
        for (String name : names) {
            var label = new Label();
            label.setStyle("-fx-text-fill: " + name + ";");
            label.textFillProperty().addListener((_, _, _) -> changed.run());
            labels.put(name, label);
        }
        getChildren().setAll(labels.values());
    }

    /**
     * A colour as the theme has it now.
     *
     * @param name one of those that were asked for
     */
    public Color get(String name) {
        Label label = labels.get(name);
        if (label == null) {
            throw new IllegalArgumentException(name);
        }
        return label.getTextFill() instanceof Color colour ? colour : Color.GRAY;
    }
}
