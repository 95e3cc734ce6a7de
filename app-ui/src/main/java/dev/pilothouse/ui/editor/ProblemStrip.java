package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.manifest.EditorModel.Check;
import dev.pilothouse.ui.yaml.Problem;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What is wrong with the text, below it; a click leads there. JavaFX thread only. */
final class ProblemStrip {

    private static final double LINE = 26;
    private static final int LINES = 4;
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");

    private final Label state = new Label();
    private final ListView<Problem> list = new ListView<>();
    private final VBox root = new VBox(list, state);
    private int at = -1;

    ProblemStrip(Consumer<Problem> go) {
        state.setId("check");
        state.getStyleClass().addAll("fate", "check-state");
        list.setId("problems");
        list.setAccessibleText(Texts.text("editor.problems"));
        list.setFixedCellSize(LINE);
        list.getStyleClass().add("dense");
        list.setCellFactory(view -> new Cell());
        list.setMinHeight(Region.USE_PREF_SIZE);
        list.managedProperty().bind(list.visibleProperty());
        list.setVisible(false);
        list.setOnMouseClicked(event -> go(go));
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                go(go);
                event.consume();
            }
        });
        root.getStyleClass().add("problem-strip");
    }

    Region view() {
        return root;
    }

    void show(List<Problem> problems, Check check) {
        at = -1;
        list.getItems().setAll(problems);
        list.setVisible(!problems.isEmpty());
        list.setPrefHeight(Math.min(LINES, problems.size()) * LINE + 4);
        state.pseudoClassStateChanged(BAD, !problems.isEmpty());
        state.pseudoClassStateChanged(GOOD, problems.isEmpty() && check == Check.SERVER);
        state.setText(
                problems.isEmpty()
                        ? switch (check) {
                            case LOCAL -> Texts.text("editor.check.local");
                            case ASKING -> Texts.text("editor.check.asking");
                            case SERVER -> Texts.text("editor.check.server");
                        }
                        : Texts.text("editor.check.problems", problems.size()));
    }

    /** Goes to the next problem; after the last comes the first. */
    void next(Consumer<Problem> go) {
        if (!list.getItems().isEmpty()) {
            at = (at + 1) % list.getItems().size();
            list.getSelectionModel().select(at);
            list.scrollTo(at);
            go.accept(list.getItems().get(at));
        }
    }

    private void go(Consumer<Problem> go) {
        Problem chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            at = list.getSelectionModel().getSelectedIndex();
            go.accept(chosen);
        }
    }

    private static final class Cell extends ListCell<Problem> {
        @Override
        protected void updateItem(@Nullable Problem problem, boolean empty) {
            super.updateItem(problem, empty);
            setText(
                    empty || problem == null
                            ? null
                            : Texts.text("editor.problem", problem.line(), problem.message()));
            pseudoClassStateChanged(BAD, problem != null);
        }
    }
}
