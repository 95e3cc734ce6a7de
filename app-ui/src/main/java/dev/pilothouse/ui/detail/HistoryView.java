package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.detail.Revisions.Revision;
import dev.pilothouse.ui.editor.DiffView;
import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The states a workload was in, what differs from now, and the way back. JavaFX thread only. */
final class HistoryView {

    private final ListView<Revision> list = new ListView<>();
    private final DiffView diff = new DiffView();
    private final Button undo = new Button();
    private final SplitPane split = new SplitPane();

    HistoryView(Consumer<Revision> goBack) {
        list.setId("revisions");
        list.setAccessibleText(Texts.text("detail.history"));
        list.getStyleClass().add("history-list");
        list.setPlaceholder(new Label(Texts.text("detail.noHistory")));
        list.setFixedCellSize(44);
        list.setCellFactory(view -> new Cell());
        list.getSelectionModel().selectedItemProperty().subscribe(now -> show(now));
        undo.setId("undo");
        undo.getStyleClass().add("accent");
        undo.setOnAction(event -> {
            Revision chosen = list.getSelectionModel().getSelectedItem();
            if (chosen != null) {
                goBack.accept(chosen);
            }
        });
        HBox verbs = new HBox(undo);
        verbs.setAlignment(Pos.CENTER_RIGHT);
        verbs.getStyleClass().add("history-verbs");
        VBox.setVgrow(diff.view(), Priority.ALWAYS);
        split.getItems().setAll(list, new VBox(diff.view(), verbs));
        split.setDividerPositions(0.3);
        list.setMinWidth(160);
        show((Revision) null);
    }

    /** Whether there is a way back at all. */
    void allow(boolean undoing) {
        undo.setVisible(undoing);
        undo.setManaged(undoing);
    }

    Region view() {
        return split;
    }

    void show(List<Revision> revisions) {
        if (revisions.equals(list.getItems())) {
            return;
        }
        Revision before = list.getSelectionModel().getSelectedItem();
        list.getItems().setAll(revisions);
        // What was before is what people come for.
        Revision wanted =
                revisions.stream()
                        .filter(each -> before != null && each.number() == before.number())
                        .findFirst()
                        .orElse(revisions.size() > 1 ? revisions.get(1) : null);
        list.getSelectionModel().select(wanted);
    }

    private void show(@Nullable Revision chosen) {
        Revision now = list.getItems().isEmpty() ? null : list.getItems().getFirst();
        boolean old = chosen != null && now != null && chosen.number() != now.number();
        undo.setDisable(!old);
        undo.setText(
                old && chosen != null
                        ? Texts.text("detail.undoTo", chosen.number())
                        : Texts.text("detail.undo"));
        if (chosen != null && now != null) {
            diff.show(
                    Texts.text("detail.revision", String.valueOf(chosen.number())),
                    chosen.template(),
                    Texts.text("detail.revisionNow", String.valueOf(now.number())),
                    now.template());
        }
    }

    private static final class Cell extends ListCell<Revision> {
        @Override
        protected void updateItem(@Nullable Revision item, boolean empty) {
            super.updateItem(item, empty);
            setText(
                    empty || item == null
                            ? null
                            : Texts.text("detail.revision", String.valueOf(item.number()))
                                    + "\n"
                                    + (item.cause().isEmpty() ? item.created() : item.cause()));
        }
    }
}
