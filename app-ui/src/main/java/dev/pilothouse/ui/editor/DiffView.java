package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.yaml.LineDiff;
import dev.pilothouse.ui.yaml.Merge;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Two texts side by side, with what differs coloured. JavaFX thread only. */
public final class DiffView {

    private static final PseudoClass REMOVED = PseudoClass.getPseudoClass("removed");
    private static final PseudoClass ADDED = PseudoClass.getPseudoClass("added");

    private final Label leftTitle = new Label();
    private final Label rightTitle = new Label();
    private final Label summary = new Label();
    private final ListView<Line> lines = new ListView<>();
    private final VBox root = new VBox();

    /** A line of both sides; a side without one has a null text. */
    private record Line(
            int leftNumber,
            @Nullable String left,
            int rightNumber,
            @Nullable String right,
            boolean same) {}

    /** Without texts. */
    public DiffView() {
        lines.setId("diff");
        lines.setFixedCellSize(20);
        lines.setCellFactory(view -> new Cell());
        lines.getStyleClass().addAll("diff", "dense");
        lines.setPlaceholder(new Label(Texts.text("editor.noDifference")));
        VBox.setVgrow(lines, Priority.ALWAYS);
        for (Label title : List.of(leftTitle, rightTitle)) {
            title.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(title, Priority.ALWAYS);
            title.setPrefWidth(10);
        }
        HBox titles = new HBox(leftTitle, rightTitle);
        titles.getStyleClass().add("diff-titles");
        summary.setId("diff-summary");
        summary.getStyleClass().addAll("hint", "diff-summary");
        root.getChildren().addAll(titles, lines, summary);
    }

    /** The node to show. */
    public Region view() {
        return root;
    }

    /** Shows two texts. */
    public void show(String leftName, String left, String rightName, String right) {
        leftTitle.setText(leftName);
        rightTitle.setText(rightName);
        List<String> one = Merge.lines(left);
        List<String> other = Merge.lines(right);
        List<Line> all = new ArrayList<>();
        int removed = 0;
        int added = 0;
        for (LineDiff.Hunk hunk : LineDiff.hunks(one, other)) {
            int l = hunk.leftStart();
            int r = hunk.rightStart();
            removed += hunk.same() ? 0 : hunk.leftEnd() - l;
            added += hunk.same() ? 0 : hunk.rightEnd() - r;
            while (l < hunk.leftEnd() || r < hunk.rightEnd()) {
                boolean hasLeft = l < hunk.leftEnd();
                boolean hasRight = r < hunk.rightEnd();
                all.add(
                        new Line(
                                l + 1,
                                hasLeft ? one.get(l) : null,
                                r + 1,
                                hasRight ? other.get(r) : null,
                                hunk.same()));
                l += hasLeft ? 1 : 0;
                r += hasRight ? 1 : 0;
            }
        }
        boolean same = removed == 0 && added == 0;
        lines.getItems().setAll(same ? List.of() : all);
        lines.setAccessibleText(Texts.text("editor.diff", leftName, rightName));
        summary.setText(
                same
                        ? Texts.text("editor.noDifference")
                        : Texts.text("editor.difference", removed, added));
        for (int i = 0; i < lines.getItems().size(); i++) {
            if (!lines.getItems().get(i).same()) {
                lines.scrollTo(Math.max(0, i - 4));
                break;
            }
        }
    }

    private static final class Cell extends ListCell<Line> {
        private final Label left = side();
        private final Label right = side();
        private final Label leftNumber = number();
        private final Label rightNumber = number();
        private final HBox leftBox = new HBox(leftNumber, left);
        private final HBox rightBox = new HBox(rightNumber, right);
        private final HBox box = new HBox(leftBox, rightBox);

        Cell() {
            for (HBox half : List.of(leftBox, rightBox)) {
                half.getStyleClass().add("diff-side");
                half.setPrefWidth(10);
                half.setMinWidth(0);
                HBox.setHgrow(half, Priority.ALWAYS);
            }
            box.setPrefWidth(10);
        }

        private static Label side() {
            Label label = new Label();
            label.setMinWidth(0);
            label.getStyleClass().add("diff-text");
            return label;
        }

        private static Label number() {
            Label label = new Label();
            label.getStyleClass().add("line-number");
            label.setMinWidth(Region.USE_PREF_SIZE);
            return label;
        }

        @Override
        protected void updateItem(@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            if (empty || line == null) {
                setGraphic(null);
                return;
            }
            fill(left, leftNumber, line.left(), line.leftNumber());
            fill(right, rightNumber, line.right(), line.rightNumber());
            leftBox.pseudoClassStateChanged(REMOVED, !line.same() && line.left() != null);
            rightBox.pseudoClassStateChanged(ADDED, !line.same() && line.right() != null);
            setGraphic(box);
        }

        private static void fill(Label label, Label number, @Nullable String text, int at) {
            label.setText(text == null ? "" : text);
            number.setText(text == null ? "" : String.valueOf(at));
        }
    }
}
