package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.fx.Later;
import dev.pilothouse.ui.i18n.Texts;
import java.time.Duration;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What the window shows before there is a cluster. JavaFX thread only. */
public final class StartPane {

    private static final Duration SOON = Duration.ofSeconds(2);

    private StartPane() {}

    /** The cluster is on its way. */
    public static Parent starting() {
        var title = new Label(Texts.text("start.title"));
        title.setId("starting");
        title.getStyleClass().add("empty-title");
        var progress = new ProgressBar();
        progress.setPrefWidth(220);
        progress.setAccessibleText(Texts.text("start.title"));
        // What moves takes processor time from the start, which mostly ends before.
        progress.setVisible(false);
        new Later(() -> progress.setVisible(true)).in(SOON);
        return pane(title, progress);
    }

    /**
     * It did not start.
     *
     * @param reason one sentence for people, with what to do
     */
    public static Parent failed(String reason, Runnable retry, Runnable quit) {
        var title = new Label(Texts.text("start.failed"));
        title.getStyleClass().add("empty-title");
        var text = new Label(reason);
        text.setId("failure");
        text.setWrapText(true);
        text.getStyleClass().add("empty-text");
        Button again = button("start-again", "retry", retry);
        again.setDefaultButton(true);
        var buttons = new HBox(8, again, button("quit", "quit", quit));
        buttons.setAlignment(Pos.CENTER);
        return pane(title, text, buttons);
    }

    private static Button button(String id, String text, Runnable action) {
        var button = new Button(Texts.text(text));
        button.setId(id);
        button.setAccessibleText(Texts.text(text));
        button.setOnAction(event -> action.run());
        return button;
    }

    private static Parent pane(Node... children) {
        var box = new VBox(16, children);
        box.getStyleClass().add("empty");
        box.setAlignment(Pos.CENTER);
        box.setMaxWidth(520);
        var pane = new StackPane(box);
        pane.getStyleClass().add("start");
        return pane;
    }
}
