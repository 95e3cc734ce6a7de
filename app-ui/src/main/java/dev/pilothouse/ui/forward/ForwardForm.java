package dev.pilothouse.ui.forward;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.forward.engine.ForwardSpec;
import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks which port of an object is to be forwarded to which port of this machine. JavaFX thread. */
final class ForwardForm {

    private static final int PORTS = 1 << 16;

    private final Consumer<ForwardSpec> add;
    private final Label heading = new Label();
    private final ComboBox<String> remote = new ComboBox<>();
    private final TextField local = new TextField();
    private final Label wrong = new Label();
    private final VBox root = new VBox(8);
    private @Nullable ObjectRef object;

    ForwardForm(Consumer<ForwardSpec> add) {
        this.add = add;
        heading.getStyleClass().add("forward-heading");
        remote.setId("forward-remote");
        remote.setEditable(true);
        remote.setPrefWidth(130);
        remote.setAccessibleText(Texts.text("forward.remote"));
        remote.getEditor().setAccessibleText(Texts.text("forward.remote"));
        local.setId("forward-local");
        local.setPrefWidth(130);
        local.setPromptText(Texts.text("forward.anyPort"));
        local.setAccessibleText(Texts.text("forward.local"));
        local.setOnAction(_ -> submit());
        var open = new Button(Texts.text("forward.open"));
        open.setId("forward-open");
        open.setDefaultButton(false);
        open.getStyleClass().add("accent");
        open.setOnAction(_ -> submit());
        var cancel = new Button(Texts.text("dialog.cancel"));
        cancel.setOnAction(_ -> root.setVisible(false));
        for (Button button : List.of(open, cancel)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        wrong.setId("forward-wrong");
        wrong.getStyleClass().add("forward-problem");
        wrong.managedProperty().bind(wrong.visibleProperty());
        var row =
                new HBox(
                        8,
                        new Label(Texts.text("forward.remote")),
                        remote,
                        new Label(Texts.text("forward.local")),
                        local,
                        open,
                        cancel);
        row.getStyleClass().add("forward-form-row");
        root.getStyleClass().add("forward-form");
        root.getChildren().addAll(heading, row, wrong);
        root.managedProperty().bind(root.visibleProperty());
        root.setVisible(false);
        root.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        root.setVisible(false);
                        event.consume();
                    }
                });
    }

    Parent view() {
        return root;
    }

    void ask(ObjectRef wanted, List<String> ports) {
        object = wanted;
        heading.setText(
                Texts.text("forward.ask", wanted.kind().kind(), wanted.name(), wanted.namespace()));
        remote.getItems().setAll(ports);
        remote.setValue(ports.isEmpty() ? "" : ports.getFirst());
        local.clear();
        wrong.setVisible(false);
        root.setVisible(true);
        focus();
    }

    /** Takes the keyboard, if the form is open. */
    boolean focus() {
        if (root.isVisible()) {
            (remote.getItems().isEmpty() ? remote.getEditor() : local).requestFocus();
        }
        return root.isVisible();
    }

    private void submit() {
        ObjectRef wanted = object;
        String port = remote.getEditor().getText().strip();
        int number = number(local.getText().strip());
        if (port.isEmpty() || number < 0) {
            wrong.setText(Texts.text(port.isEmpty() ? "forward.needsPort" : "forward.badPort"));
            wrong.setVisible(true);
        } else if (wanted != null) {
            root.setVisible(false);
            add.accept(new ForwardSpec(wanted, port, number, true));
        }
    }

    private static int number(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            int number = Integer.parseInt(text);
            return number > 0 && number < PORTS ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
