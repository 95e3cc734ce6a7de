package dev.pilothouse.ui.terminal;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.terminal.Terminals.Mode;
import dev.pilothouse.ui.terminal.session.SessionRequest;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The row above a terminal: which container, which shell, how it stands. JavaFX thread. */
final class TerminalTools {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final String BEST = Texts.text("terminal.anyShell");

    private final ComboBox<String> container = new ComboBox<>();
    private final ComboBox<String> shell = new ComboBox<>();
    private final TextField image = new TextField("busybox");
    private final Button start = new Button(Texts.text("terminal.start"));
    private final Label state = new Label();
    private final Button again = new Button(Texts.text("terminal.again"));
    private final Button another = new Button(Texts.text("terminal.another"));
    private final VBox root = new VBox(6);
    private boolean filling;

    /** What the tools do. */
    interface Actions {
        /** The user wants another container. */
        void container(String name);

        /** The user wants to be connected again. */
        void again();

        /** The user wants one more session. */
        void another();

        /** The user wants a debugging container of an image. */
        void debug(String image);
    }

    TerminalTools(Mode mode, Actions actions) {
        container.setId("terminal-container");
        container.setMinWidth(120);
        container.setAccessibleText(Texts.text("terminal.container"));
        container.setOnAction(_ -> {
            if (!filling && container.getValue() != null) {
                actions.container(container.getValue());
            }
        });
        shell.setId("terminal-shell");
        shell.setEditable(true);
        shell.getItems().setAll(BEST, "sh", "bash", "ash", "zsh", "powershell", "cmd");
        shell.setValue(BEST);
        shell.setPrefWidth(150);
        shell.setMinWidth(Region.USE_PREF_SIZE);
        shell.setAccessibleText(Texts.text("terminal.shell"));
        shell.setOnAction(_ -> {
            if (!filling) {
                actions.again();
            }
        });
        image.setId("terminal-image");
        image.setAccessibleText(Texts.text("terminal.image"));
        image.setOnAction(_ -> actions.debug(image.getText().strip()));
        start.setId("terminal-start");
        start.setOnAction(_ -> actions.debug(image.getText().strip()));
        state.setId("terminal-state");
        state.getStyleClass().add("fate");
        again.setId("terminal-again");
        again.setOnAction(_ -> actions.again());
        another.setId("terminal-another");
        another.setOnAction(_ -> actions.another());
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        state.setWrapText(true);
        state.managedProperty().bind(state.textProperty().isNotEmpty());
        var tools = new HBox(8, container, shell, image, start, gap, again, another);
        tools.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("terminal-tools");
        root.getChildren().addAll(tools, state);
        container.setMinWidth(Region.USE_PREF_SIZE);
        shell.setMinWidth(Region.USE_PREF_SIZE);
        show(shell, mode == Mode.SHELL);
        show(image, false);
        show(start, false);
        show(again, false);
        for (Button button : List.of(start, again, another)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
    }

    Parent view() {
        return root;
    }

    /** Lets the user choose an image first. */
    void askImage() {
        show(image, true);
        show(start, true);
    }

    void containers(List<String> names, String chosen) {
        filling = true;
        container.getItems().setAll(names);
        container.setValue(chosen);
        container.setDisable(names.size() < 2);
        filling = false;
    }

    /** What is to be run. */
    List<String> command() {
        String wanted = shell.getValue() == null ? "" : shell.getValue().strip();
        return wanted.isEmpty() || wanted.equals(BEST)
                ? SessionRequest.ANY_SHELL
                : List.of(wanted.split("\\s+"));
    }

    void say(String sentence) {
        state.setText(sentence);
        state.pseudoClassStateChanged(BAD, false);
        show(again, false);
    }

    void exited(int code) {
        say(Texts.text("terminal.exited", String.valueOf(code)));
        state.pseudoClassStateChanged(BAD, code != 0);
        show(again, true);
    }

    void failed(String reason) {
        say(
                reason.isBlank()
                        ? Texts.text("terminal.lost")
                        : Texts.text("terminal.failed", reason.strip()));
        state.pseudoClassStateChanged(BAD, true);
        show(again, true);
    }

    private static void show(Region node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }
}
