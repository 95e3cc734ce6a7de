package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.fx.Clip;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.i18n.Visible;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * A value that may have a million letters: the first of them, more when asked for, and all of them
 * on the clipboard. Laying out a whole one would hold up the window for minutes. JavaFX thread
 * only.
 */
final class LongText extends VBox {

    /** Letters that are shown at first; a shorter text is shown as it is. */
    static final int SOME = 1_000;

    /** Letters that are shown when more is asked for. */
    static final int MOST = 8_000;

    private final Label label;
    private final Label rest = new Label();
    private final Button more = button("detail.showMore");
    private final HBox tools = new HBox(8);
    private String text = "";
    private boolean open;

    /** Shows texts in a label that has its look already. */
    LongText(Label label) {
        super(2);
        this.label = label;
        label.setWrapText(true);
        label.setMinWidth(0);
        rest.getStyleClass().add("hint");
        rest.setMinWidth(0);
        more.setOnAction(event -> {
            open = !open;
            show();
        });
        Button copy = button("detail.copy");
        copy.setAccessibleText(Texts.text("detail.copyAll"));
        copy.setOnAction(event -> Clip.text(text));
        tools.getChildren().addAll(rest, more, copy);
        tools.setAlignment(Pos.BASELINE_LEFT);
        tools.managedProperty().bind(tools.visibleProperty());
        getChildren().addAll(label, tools);
    }

    /** Whether a text is so long that it needs one of these. */
    static boolean isLong(String text) {
        return text.length() > SOME;
    }

    void show(String now) {
        text = now;
        show();
    }

    private void show() {
        int shown = Math.min(open ? MOST : SOME, text.length());
        // Not in the middle of a letter of two chars.
        if (shown < text.length() && Character.isHighSurrogate(text.charAt(shown - 1))) {
            shown--;
        }
        label.setText(Visible.text(text.substring(0, shown)));
        int left = text.length() - shown;
        tools.setVisible(isLong(text));
        rest.setText(Texts.text("detail.moreLetters", left));
        String what = Texts.text(open ? "detail.showLess" : "detail.showMore");
        more.setText(what);
        more.setAccessibleText(what);
    }

    private static Button button(String text) {
        Button button = new Button(Texts.text(text));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.getStyleClass().addAll("small", "flat");
        return button;
    }
}
