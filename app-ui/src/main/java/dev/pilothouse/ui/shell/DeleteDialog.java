package dev.pilothouse.ui.shell;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.DialogPane;
import javafx.scene.layout.Region;
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

    /** Asks; returns at once. */
    void ask(ObjectRef object, @Nullable Window owner) {
        var delete = new ButtonType(Texts.text("delete.yes"), ButtonBar.ButtonData.OK_DONE);
        var cancel = new ButtonType(Texts.text("delete.no"), ButtonBar.ButtonData.CANCEL_CLOSE);
        var dialog = new Alert(Alert.AlertType.CONFIRMATION, "", delete, cancel);
        dialog.initOwner(owner);
        dialog.setTitle(Texts.text("delete.title"));
        dialog.setHeaderText(Texts.text("delete.header", object.kind().kind(), object.name()));
        dialog.setContentText(sentence(object));
        dialog.setGraphic(null);
        decorate(dialog.getDialogPane(), delete, cancel, owner);
        dialog.resultProperty()
                .subscribe(answer -> {
                    if (answer == delete) {
                        delete(object);
                    }
                });
        dialog.show();
    }

    private String sentence(ObjectRef object) {
        String server = cluster.endpoint().getAuthority();
        String namespace = object.namespace();
        return namespace.isEmpty()
                ? Texts.text("delete.sentence", object.kind().kind(), object.name(), server)
                : Texts.text(
                        "delete.sentenceInNamespace",
                        object.kind().kind(),
                        object.name(),
                        namespace,
                        server);
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

    private void delete(ObjectRef object) {
        Thread.ofVirtual()
                .name("delete-object")
                .start(() -> {
                    try {
                        cluster.call(ApiCall.delete(object.path(), options(object.uid())));
                    } catch (IOException e) {
                        String reason = String.valueOf(e.getMessage());
                        pulse.execute(() ->
                                failed.accept(Texts.text("delete.failed", object.name(), reason)));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
