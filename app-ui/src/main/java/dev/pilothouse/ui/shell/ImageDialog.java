package dev.pilothouse.ui.shell;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.action.Action.Answer;
import dev.pilothouse.ui.action.Target;
import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Asks which image a container of a workload shall have. JavaFX thread only. */
final class ImageDialog {

    /** Asks; returns at once. */
    void ask(Target target, ObjectNode live, @Nullable Window owner, Consumer<Answer> chosen) {
        List<ObjectNode> containers = Json.objects(live, "spec", "template", "spec", "containers");
        TextField image = new TextField();
        image.setId("image");
        image.setAccessibleText(Texts.text("image.accessible"));
        ComboBox<String> container = new ComboBox<>();
        container.setId("container");
        container.setAccessibleText(Texts.text("image.container"));
        container.setMaxWidth(Double.MAX_VALUE);
        containers.forEach(each -> container.getItems().add(Json.text(each, "name")));
        container
                .valueProperty()
                .subscribe(name ->
                        containers.stream()
                                .filter(each -> Json.text(each, "name").equals(name))
                                .findFirst()
                                .ifPresent(each -> image.setText(Json.text(each, "image"))));
        container.getSelectionModel().selectFirst();
        VBox content =
                new VBox(
                        6,
                        label("image.container", container),
                        container,
                        label("image.accessible", image),
                        image);
        Dialog<ButtonType> dialog =
                Dialogs.of(
                        "image-dialog",
                        Texts.text("image.header", target.kind().kind(), target.name()),
                        content,
                        Texts.text("action.setImage"),
                        owner);
        Dialogs.accept(dialog)
                .disableProperty()
                .bind(image.textProperty().map(String::isBlank).orElse(true));
        dialog.resultProperty()
                .subscribe(answer -> {
                    if (Dialogs.isYes(answer)) {
                        chosen.accept(Answer.image(container.getValue(), image.getText().strip()));
                    }
                });
        dialog.setOnShown(event -> {
            image.requestFocus();
            image.end();
        });
        dialog.show();
    }

    private static Label label(String key, javafx.scene.Node field) {
        Label label = new Label(Texts.text(key));
        label.setLabelFor(field);
        label.getStyleClass().add("hint");
        return label;
    }
}
