package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Deletion;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Notices;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.binding.BooleanExpression;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Asks before objects are deleted, naming exactly which, where and what goes with them; then
 * deletes them. Of several it shows how far it is, can be stopped, and says of each what kept it.
 * In a protected cluster the name, or the number of several, has to be typed. JavaFX thread only.
 */
final class DeleteDialog {

    private static final double WIDTH = 520;

    private final Cluster cluster;
    private final Supplier<List<Kind>> kinds;
    private final Executor pulse;
    private final Notices notices;

    /**
     * A dialog that asks for any objects.
     *
     * @param kinds of the cluster, among which is looked for what goes with them
     * @param notices is told what became of it
     */
    DeleteDialog(Cluster cluster, Supplier<List<Kind>> kinds, Executor pulse, Notices notices) {
        this.cluster = cluster;
        this.kinds = kinds;
        this.pulse = pulse;
        this.notices = notices;
    }

    /** Asks about one object or several of a kind; returns at once. */
    void ask(List<ObjectRef> objects, @Nullable Window owner) {
        boolean one = objects.size() == 1;
        ObjectRef first = objects.getFirst();
        DeleteOptionsPane options = new DeleteOptionsPane();
        DependentsPane dependents = new DependentsPane(cluster, kinds.get(), pulse, objects);
        options.propagation().subscribe(dependents::show);
        VBox questions = new VBox(10, sentence(objects));
        if (!one) {
            questions.getChildren().add(new ObjectNames("delete-names", objects).view());
        }
        questions.getChildren().addAll(dependents.view(), options.view());
        BooleanExpression may = options.valid();
        if (cluster.marks().guarded()) {
            NameCheck check =
                    new NameCheck("delete", one ? first.name() : String.valueOf(objects.size()));
            questions.getChildren().add(check.view());
            may = may.and(check.right());
        }
        Dialog<ButtonType> dialog =
                Dialogs.of(
                        "delete-dialog",
                        one
                                ? Texts.text("delete.header", first.kind().kind(), first.name())
                                : Texts.text(
                                        "delete.headerMany", first.kind().kind(), objects.size()),
                        questions,
                        Texts.text("delete.yes"),
                        owner);
        dialog.getDialogPane().setPrefWidth(WIDTH);
        Button yes = Dialogs.accept(dialog);
        yes.disableProperty().bind(may.not());
        safe(dialog.getDialogPane(), yes);
        yes.addEventFilter(
                ActionEvent.ACTION,
                event -> {
                    dependents.close();
                    if (one) {
                        start(first, options.options());
                    } else {
                        event.consume();
                        start(dialog, objects, options.options());
                    }
                });
        dialog.setOnCloseRequest(event -> dependents.close());
        dialog.show();
        dependents.start();
    }

    private Label sentence(List<ObjectRef> objects) {
        Label sentence =
                new Label(
                        objects.size() == 1
                                ? ConfirmDialog.about(
                                        objects.getFirst(), "delete.sentence", cluster)
                                : Texts.text(
                                        "delete.sentenceMany",
                                        objects.size(),
                                        ConfirmDialog.where(cluster)));
        sentence.setId("delete-sentence");
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        return sentence;
    }

    /** The safe button is the default one and has the keyboard: Enter alone does nothing. */
    private static void safe(DialogPane pane, Button yes) {
        yes.setId("delete-yes");
        yes.setDefaultButton(false);
        yes.getStyleClass().add("danger");
        yes.setAccessibleText(pane.getHeaderText());
        Node other = pane.lookupButton(pane.getButtonTypes().getLast());
        if (other instanceof Button no) {
            no.setId("delete-no");
            no.setText(Texts.text("delete.no"));
            no.setAccessibleText(no.getText());
            no.setDefaultButton(true);
            no.requestFocus();
        }
    }

    /** One object is not waited for. */
    private void start(ObjectRef object, Deletion.Options options) {
        var _ =
                Deletion.start(
                        cluster,
                        List.of(object),
                        options,
                        pulse,
                        new Deletion.Listener() {
                            @Override
                            public void deleted(ObjectRef deleted) {
                                // It is seen to go.
                            }

                            @Override
                            public void failed(ObjectRef failed, String reason) {
                                notices.failed(Texts.text("delete.failed", failed.name(), reason));
                            }

                            @Override
                            public void ended() {
                                // There is nothing to close.
                            }
                        });
    }

    private void start(
            Dialog<ButtonType> dialog, List<ObjectRef> objects, Deletion.Options options) {
        DialogPane pane = dialog.getDialogPane();
        Button yes = Dialogs.accept(dialog);
        yes.disableProperty().unbind();
        yes.setDisable(true);
        DeletionPane progress =
                new DeletionPane(
                        objects.size(),
                        (sentence, complete) -> {
                            notices.done(sentence);
                            if (complete) {
                                dialog.close();
                            }
                        });
        if (pane.lookupButton(pane.getButtonTypes().getLast()) instanceof Button stop) {
            progress.stopBy(stop);
        }
        pane.setContent(progress.view());
        Deletion deletion = Deletion.start(cluster, objects, options, pulse, progress);
        // Esc and the button end it; what has been sent stays sent.
        dialog.setOnHidden(event -> deletion.close());
    }
}
