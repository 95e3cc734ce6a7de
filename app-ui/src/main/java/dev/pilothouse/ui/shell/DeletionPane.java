package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Deletion;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** How far the deletion of several objects is, and what was refused. JavaFX thread only. */
final class DeletionPane implements Deletion.Listener {

    private final int all;
    private final Ended ended;
    private final Label count = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final ListView<String> errors = new ListView<>();
    private final VBox root = new VBox(10, count, bar, errors);
    private @Nullable Button stop;
    private int deleted;

    /** Is told what became of it. */
    @FunctionalInterface
    interface Ended {
        /**
         * Nothing more happens.
         *
         * @param sentence how many were deleted
         * @param complete whether nothing is left to be read
         */
        void ended(String sentence, boolean complete);
    }

    DeletionPane(int all, Ended ended) {
        this.all = all;
        this.ended = ended;
        count.setId("delete-count");
        bar.setId("delete-bar");
        bar.setAccessibleText(Texts.text("delete.yes"));
        bar.setMaxWidth(Double.MAX_VALUE);
        errors.setId("delete-errors");
        errors.setAccessibleText(Texts.text("delete.errors"));
        errors.setPrefHeight(160);
        errors.setCellFactory(list -> new Sentence());
        VBox.setVgrow(errors, Priority.ALWAYS);
        errors.setVisible(false);
        errors.managedProperty().bind(errors.visibleProperty());
        show();
    }

    VBox view() {
        return root;
    }

    /** The button that stops it, and closes it in the end. */
    void stopBy(Button button) {
        stop = button;
        button.setText(Texts.text("delete.stop"));
        button.setAccessibleText(button.getText());
        button.requestFocus();
    }

    @Override
    public void deleted(ObjectRef object) {
        deleted++;
        show();
    }

    @Override
    public void failed(ObjectRef object, String reason) {
        errors.getItems().add(ObjectNames.place(object) + ": " + reason);
        errors.setVisible(true);
        show();
    }

    private void show() {
        int failed = errors.getItems().size();
        bar.setProgress((double) (deleted + failed) / all);
        count.setText(
                failed == 0
                        ? Texts.text("delete.progress", deleted, all)
                        : Texts.text("delete.progressFailed", deleted, all, failed));
    }

    @Override
    public void ended() {
        boolean whole = deleted + errors.getItems().size() == all;
        if (stop != null) {
            stop.setText(Texts.text("delete.close"));
            stop.setAccessibleText(stop.getText());
        }
        ended.ended(
                whole && errors.getItems().isEmpty()
                        ? Texts.text("delete.done", deleted)
                        : Texts.text("delete.partly", deleted, all),
                errors.getItems().isEmpty());
    }

    /** A line that is as high as its text needs. */
    private static final class Sentence extends ListCell<String> {
        Sentence() {
            setWrapText(true);
            // As wide as the list, never wider.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
        }
    }
}
