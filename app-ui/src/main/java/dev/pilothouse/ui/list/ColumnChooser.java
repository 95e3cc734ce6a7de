package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.ExtraColumn;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.resource.ColumnChoice;
import dev.pilothouse.ui.resource.ObjectTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Which columns of a list are seen, and new ones by an expression, as kubectl's custom columns are.
 * JavaFX thread only.
 */
final class ColumnChooser {

    private final ObjectTable table;
    private final Supplier<List<ExtraColumn>> extra;
    private final Consumer<List<ExtraColumn>> changed;
    private final VBox columns = new VBox(6);
    private final TextField name = new TextField();
    private final TextField expression = new TextField();
    private final Label wrong = new Label();
    private final VBox root;

    /**
     * Not shown.
     *
     * @param extra the columns that the user has made so far
     * @param changed is told those that there are to be
     */
    ColumnChooser(
            ObjectTable table,
            Supplier<List<ExtraColumn>> extra,
            Consumer<List<ExtraColumn>> changed) {
        this.table = table;
        this.extra = extra;
        this.changed = changed;
        columns.setId("columns");
        ScrollPane scroll = new ScrollPane(columns);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        field(name, "column-name", "columns.name");
        field(expression, "column-expression", "columns.expression");
        expression.setTooltip(new Tooltip(Texts.text("columns.hint")));
        Button add = new Button(Texts.text("columns.add"));
        add.setId("column-add");
        add.setAccessibleText(Texts.text("columns.add"));
        add.setMinWidth(Region.USE_PREF_SIZE);
        add.setOnAction(event -> add());
        HBox.setHgrow(name, Priority.SOMETIMES);
        name.setPrefWidth(110);
        HBox.setHgrow(expression, Priority.ALWAYS);
        expression.setPrefWidth(180);
        wrong.setId("column-wrong");
        wrong.getStyleClass().addAll("hint", "wrong");
        wrong.setWrapText(true);
        wrong.managedProperty().bind(wrong.visibleProperty());
        Label own = new Label(Texts.text("columns.own"));
        own.getStyleClass().add("hint");
        own.setWrapText(true);
        root = new VBox(8, scroll, own, new HBox(6, name, expression, add), wrong);
        root.setId("column-chooser");
        root.setPrefWidth(400);
        say("");
    }

    private void field(TextField field, String id, String text) {
        field.setId(id);
        field.setPromptText(Texts.text(text));
        field.setAccessibleText(Texts.text(text));
        field.setOnAction(event -> add());
        field.textProperty().subscribe(() -> say(""));
    }

    Region view() {
        return root;
    }

    /** Shows the columns there are now; returns what takes the keyboard. */
    Node prepare() {
        show();
        return columns.getChildren().isEmpty()
                ? name
                : columns.getChildren().getFirst() instanceof HBox line
                        ? line.getChildren().getFirst()
                        : name;
    }

    private void show() {
        List<Node> lines = new ArrayList<>();
        for (ColumnChoice column : table.columnChoices()) {
            CheckBox box = new CheckBox(column.title());
            box.setMnemonicParsing(false);
            box.setSelected(column.visible().get());
            box.setOnAction(event -> column.visible().set(box.isSelected()));
            HBox line = new HBox(8, box);
            line.setAlignment(Pos.CENTER_LEFT);
            extra.get().stream()
                    .filter(each -> each.name().equals(column.title()))
                    .findFirst()
                    .ifPresent(each -> line.getChildren().addAll(parts(each)));
            lines.add(line);
        }
        columns.getChildren().setAll(lines);
    }

    private List<Node> parts(ExtraColumn column) {
        Label text = new Label(column.expression());
        text.getStyleClass().add("hint");
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        Button remove = new Button(Texts.text("columns.remove"));
        remove.setAccessibleText(Texts.text("columns.removeNamed", column.name()));
        remove.setMinWidth(Region.USE_PREF_SIZE);
        remove.getStyleClass().add("small");
        remove.setOnAction(event -> {
            List<ExtraColumn> left = new ArrayList<>(extra.get());
            left.remove(column);
            name.requestFocus();
            changed.accept(left);
            show();
        });
        return List.of(text, remove);
    }

    private void add() {
        String heading = name.getText().strip();
        String path = expression.getText().strip();
        boolean known =
                table.columnChoices().stream().anyMatch(each -> each.title().equals(heading));
        if (heading.isEmpty() || known) {
            say(Texts.text(heading.isEmpty() ? "columns.noName" : "columns.twice", heading));
            name.requestFocus();
            return;
        }
        try {
            ExtraColumn column = new ExtraColumn(heading, path);
            List<ExtraColumn> all = new ArrayList<>(extra.get());
            all.add(column);
            name.clear();
            expression.clear();
            name.requestFocus();
            changed.accept(all);
        } catch (IllegalArgumentException e) {
            say(Texts.text("columns.wrong", String.valueOf(e.getMessage())));
            expression.requestFocus();
        }
    }

    /** The list has been read anew, so that there may be other columns. */
    void refresh() {
        if (root.getScene() != null
                && table.columnChoices().size() != columns.getChildren().size()) {
            show();
        }
    }

    private void say(String sentence) {
        wrong.setText(sentence);
        wrong.setVisible(!sentence.isEmpty());
    }
}
