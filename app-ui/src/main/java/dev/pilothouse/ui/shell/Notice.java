package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.fx.Later;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Notices;
import java.time.Duration;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/**
 * A sentence above the table. What went wrong stays until it is dismissed; what went well goes by
 * itself. JavaFX thread only.
 */
final class Notice implements Notices {

    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");

    /** What was done is read, or of no interest, after so long. */
    private static final Duration GONE = Duration.ofSeconds(6);

    private final Label text = new Label();
    private final Button way = new Button();
    private final HBox root;
    private final Later end = new Later(this::hide);

    Notice() {
        text.setId("notice");
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        var close = new Button("\u2715");
        close.setAccessibleText(Texts.text("notice.close"));
        close.getStyleClass().addAll("flat", "close");
        close.setOnAction(event -> hide());
        way.setId("notice-action");
        way.setAccessibleText(Texts.text("notice.action"));
        way.getStyleClass().add("small");
        way.setMinWidth(Region.USE_PREF_SIZE);
        way.managedProperty().bind(way.visibleProperty());
        way.setVisible(false);
        root = new HBox(12, text, way, close);
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("banner");
        root.managedProperty().bind(root.visibleProperty());
        root.setVisible(false);
    }

    Region view() {
        return root;
    }

    @Override
    public void failed(String sentence) {
        show(sentence, false);
    }

    @Override
    public void done(String sentence) {
        show(sentence, true);
    }

    @Override
    public void done(String sentence, String label, Runnable action) {
        show(sentence, true);
        way.setText(label);
        way.setAccessibleText(label);
        way.setOnAction(event -> {
            hide();
            action.run();
        });
        way.setVisible(true);
    }

    void hide() {
        root.setVisible(false);
    }

    private void show(String sentence, boolean good) {
        end.cancel();
        way.setVisible(false);
        root.pseudoClassStateChanged(GOOD, good);
        text.setText(sentence);
        root.setVisible(true);
        if (good) {
            end.in(GONE);
        }
    }
}
