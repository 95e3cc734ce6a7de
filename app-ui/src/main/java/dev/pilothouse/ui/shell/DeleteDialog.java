package dev.pilothouse.ui.shell;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Asks before an object is deleted, naming exactly which, then deletes it. JavaFX thread only. */
final class DeleteDialog {

    private final Cluster cluster;
    private final Executor pulse;
    private final Consumer<String> failed;

    /**
     * A dialog that asks for any object.
     *
     * @param failed is told why the server refused, in a sentence
     */
    DeleteDialog(Cluster cluster, Executor pulse, Consumer<String> failed) {
        this.cluster = cluster;
        this.pulse = pulse;
        this.failed = failed;
    }

    /** Asks about one object or several of a kind; returns at once. */
    void ask(List<ObjectRef> objects, @Nullable Window owner) {
        ObjectRef first = objects.getFirst();
        ButtonType delete = new ButtonType(Texts.text("delete.yes"), ButtonBar.ButtonData.OK_DONE);
        ButtonType cancel =
                new ButtonType(Texts.text("delete.no"), ButtonBar.ButtonData.CANCEL_CLOSE);
        Alert dialog = new Alert(Alert.AlertType.CONFIRMATION, "", delete, cancel);
        dialog.initOwner(owner);
        dialog.setTitle(Texts.text("delete.title"));
        dialog.setHeaderText(
                objects.size() == 1
                        ? Texts.text("delete.header", first.kind().kind(), first.name())
                        : Texts.text("delete.headerMany", first.kind().kind(), objects.size()));
        dialog.setContentText(
                objects.size() == 1
                        ? sentence(first)
                        : Texts.text("delete.sentenceMany", objects.size(), where()));
        dialog.setGraphic(null);
        decorate(dialog.getDialogPane(), delete, cancel, owner);
        addContent(dialog.getDialogPane(), objects, delete);
        dialog.resultProperty()
                .subscribe(answer -> {
                    if (answer == delete) {
                        delete(objects);
                    }
                });
        dialog.show();
    }

    /** Several objects are listed; in a protected cluster the name has to be typed. */
    private void addContent(DialogPane pane, List<ObjectRef> objects, ButtonType delete) {
        boolean guarded = cluster.marks().guarded();
        if (objects.size() == 1 && !guarded) {
            return;
        }
        Label sentence = new Label(pane.getContentText());
        sentence.setWrapText(true);
        VBox content = new VBox(10, sentence);
        if (objects.size() > 1) {
            ListView<String> names = new ListView<>();
            names.setId("delete-names");
            names.setAccessibleText(pane.getHeaderText());
            names.setPrefHeight(Math.min(220, 26 * objects.size() + 4));
            objects.forEach(object -> names.getItems().add(place(object)));
            content.getChildren().add(names);
        }
        if (guarded && pane.lookupButton(delete) instanceof Button yes) {
            String wanted =
                    objects.size() == 1
                            ? objects.getFirst().name()
                            : String.valueOf(objects.size());
            TextField typed = new TextField();
            typed.setId("delete-typed");
            typed.setAccessibleText(Texts.text("delete.type", wanted));
            Label ask = new Label(Texts.text("delete.type", wanted));
            ask.setWrapText(true);
            yes.disableProperty().bind(typed.textProperty().isNotEqualTo(wanted));
            content.getChildren().addAll(ask, typed);
        }
        pane.setContent(content);
    }

    private static String place(ObjectRef object) {
        return object.namespace().isEmpty()
                ? object.name()
                : object.namespace() + " / " + object.name();
    }

    /** The cluster by name and address. */
    private String where() {
        String server = cluster.endpoint().getAuthority();
        return cluster.name().equals(server) ? server : cluster.name() + " (" + server + ")";
    }

    private String sentence(ObjectRef object) {
        String namespace = object.namespace();
        return namespace.isEmpty()
                ? Texts.text("delete.sentence", object.kind().kind(), object.name(), where())
                : Texts.text(
                        "delete.sentenceInNamespace",
                        object.kind().kind(),
                        object.name(),
                        namespace,
                        where());
    }

    /** The safe button is the default one: Enter alone deletes nothing. */
    private static void decorate(
            DialogPane pane, ButtonType delete, ButtonType cancel, @Nullable Window owner) {
        pane.setId("delete-dialog");
        pane.setMinHeight(Region.USE_PREF_SIZE);
        pane.setPrefWidth(460);
        if (owner != null && owner.getScene() != null) {
            pane.getStylesheets().setAll(owner.getScene().getStylesheets());
        }
        if (pane.lookupButton(delete) instanceof Button yes) {
            yes.setId("delete-yes");
            yes.setDefaultButton(false);
            yes.getStyleClass().add("danger");
            yes.setAccessibleText(pane.getHeaderText());
        }
        if (pane.lookupButton(cancel) instanceof Button no) {
            no.setId("delete-no");
            no.setDefaultButton(true);
            no.setAccessibleText(cancel.getText());
        }
    }

    /** In the background, as kubectl has it, and only the object that was asked about. */
    private static ObjectNode options(String uid) {
        ObjectNode options = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
        options.put("propagationPolicy", "Background");
        options.putObject("preconditions").put("uid", uid);
        return options;
    }

    private void delete(List<ObjectRef> objects) {
        Thread.ofVirtual()
                .name("delete")
                .start(() -> {
                    for (ObjectRef object : objects) {
                        try {
                            cluster.call(ApiCall.delete(object.path(), options(object.uid())));
                        } catch (IOException e) {
                            // The others are deleted all the same.
                            String reason = String.valueOf(e.getMessage());
                            pulse.execute(() ->
                                    failed.accept(
                                            Texts.text("delete.failed", object.name(), reason)));
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            return;
                        }
                    }
                });
    }
}
