package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Asks before something is done that cannot simply be taken back, naming to which objects of which
 * cluster. In a protected cluster the name has to be typed. JavaFX thread only.
 */
final class ConfirmDialog {

    private final Cluster cluster;

    ConfirmDialog(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * What is asked.
     *
     * @param id of the dialog: {@code ID-dialog}, {@code ID-yes}, {@code ID-no}, {@code ID-typed}
     * @param header one line that says what to what
     * @param sentence what comes of it
     * @param yes the text of the button that does it
     * @param no the text of the button that does nothing
     * @param objects to which it is done
     */
    record Question(
            String id,
            String header,
            String sentence,
            String yes,
            String no,
            List<ObjectRef> objects) {}

    /** Asks what the texts {@code confirm.ID} and {@code confirm.ID.effect} say of the objects. */
    void ask(String id, List<ObjectRef> objects, @Nullable Window owner, Runnable yes) {
        ObjectRef first = objects.getFirst();
        String header =
                objects.size() == 1
                        ? Texts.text("confirm." + id, first.kind().kind(), first.name())
                        : Texts.text(
                                "confirm." + id + ".many", first.kind().kind(), objects.size());
        String sentence =
                (objects.size() == 1
                                ? about(first, "confirm.what", cluster)
                                : Texts.text("confirm.whatMany", objects.size(), where(cluster)))
                        + "\n"
                        + Texts.text("confirm." + id + ".effect");
        ask(
                new Question(
                        id,
                        header,
                        sentence,
                        Texts.text("confirm." + id + ".yes"),
                        Texts.text("dialog.cancel"),
                        objects),
                owner,
                yes);
    }

    /** Asks; returns at once. */
    void ask(Question question, @Nullable Window owner, Runnable yes) {
        ButtonType accept = new ButtonType(question.yes, ButtonBar.ButtonData.OK_DONE);
        ButtonType cancel = new ButtonType(question.no, ButtonBar.ButtonData.CANCEL_CLOSE);
        Alert dialog = new Alert(Alert.AlertType.CONFIRMATION, "", accept, cancel);
        dialog.initOwner(owner);
        dialog.setTitle(question.yes);
        dialog.setHeaderText(question.header);
        dialog.setContentText(question.sentence);
        dialog.setGraphic(null);
        DialogPane pane = dialog.getDialogPane();
        decorate(question, pane, accept, cancel, owner);
        addContent(question, pane, accept);
        dialog.resultProperty()
                .subscribe(answer -> {
                    if (answer == accept) {
                        yes.run();
                    }
                });
        dialog.show();
    }

    /** Several objects are listed; in a protected cluster the name has to be typed. */
    private void addContent(Question question, DialogPane pane, ButtonType accept) {
        List<ObjectRef> objects = question.objects;
        boolean guarded = cluster.marks().guarded();
        if (objects.size() == 1 && !guarded) {
            return;
        }
        Label sentence = new Label(pane.getContentText());
        sentence.setWrapText(true);
        VBox content = new VBox(10, sentence);
        if (objects.size() > 1) {
            content.getChildren().add(new ObjectNames(question.id + "-names", objects).view());
        }
        if (guarded && pane.lookupButton(accept) instanceof Button yes) {
            NameCheck check =
                    new NameCheck(
                            question.id,
                            objects.size() == 1
                                    ? objects.getFirst().name()
                                    : String.valueOf(objects.size()));
            yes.disableProperty().bind(check.right().not());
            content.getChildren().add(check.view());
        }
        pane.setContent(content);
    }

    /**
     * A sentence that names kind, object, namespace and cluster.
     *
     * @param key of the text for objects outside namespaces; that for others is {@code
     *     KEYInNamespace}
     */
    static String about(ObjectRef object, String key, Cluster cluster) {
        return object.namespace().isEmpty()
                ? Texts.text(key, object.kind().kind(), object.name(), where(cluster))
                : Texts.text(
                        key + "InNamespace",
                        object.kind().kind(),
                        object.name(),
                        object.namespace(),
                        where(cluster));
    }

    /** The cluster by name and address. */
    static String where(Cluster cluster) {
        String server = cluster.endpoint().getAuthority();
        return cluster.name().equals(server) ? server : cluster.name() + " (" + server + ")";
    }

    /** The safe button is the default one: Enter alone does nothing. */
    private static void decorate(
            Question question,
            DialogPane pane,
            ButtonType accept,
            ButtonType cancel,
            @Nullable Window owner) {
        pane.setId(question.id + "-dialog");
        pane.setMinHeight(Region.USE_PREF_SIZE);
        pane.setPrefWidth(460);
        if (owner != null && owner.getScene() != null) {
            pane.getStylesheets().setAll(owner.getScene().getStylesheets());
        }
        if (pane.lookupButton(accept) instanceof Button yes) {
            yes.setId(question.id + "-yes");
            yes.setDefaultButton(false);
            yes.getStyleClass().add("danger");
            yes.setAccessibleText(pane.getHeaderText());
        }
        if (pane.lookupButton(cancel) instanceof Button no) {
            no.setId(question.id + "-no");
            no.setDefaultButton(true);
            no.setAccessibleText(cancel.getText());
        }
    }
}
