package dev.pilothouse.ui.rights;

import dev.pilothouse.ui.i18n.Texts;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** The columns of the tables of rights. JavaFX thread only. */
final class Tables {

    private Tables() {}

    /** Who may, through what, where. */
    static void grants(TableView<Rbac.Grant> table) {
        prepare(table, "rights.who", "rights.nobody");
        add(table, "rights.subject", 300, grant -> grant.subject().text());
        add(
                table,
                "rights.binding",
                210,
                grant -> grant.binding().kind() + " " + grant.binding().name());
        add(
                table,
                "rights.role",
                190,
                grant -> grant.binding().roleKind() + " " + grant.binding().role());
        add(
                table,
                "rights.where",
                110,
                grant ->
                        grant.binding().namespace().isEmpty()
                                ? Texts.text("rights.everywhere")
                                : grant.binding().namespace());
        add(table, "rights.only", 150, grant -> grant.rule().namesText());
    }

    /** What may be done to what. */
    static void rules(TableView<Rule> table) {
        prepare(table, "rights.mine", "rights.nothing");
        add(table, "rights.objects", 360, Rule::objectsText);
        add(table, "rights.verbs", 260, Rule::verbsText);
        add(table, "rights.only", 180, Rule::namesText);
    }

    private static void prepare(TableView<?> table, String name, String empty) {
        table.setAccessibleText(Texts.text(name));
        table.setPlaceholder(new Label(Texts.text(empty)));
        table.getStyleClass().add("dense");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    }

    private static <T> void add(
            TableView<T> table, String heading, double width, Function<T, String> text) {
        TableColumn<T, String> column = new TableColumn<>(Texts.text(heading));
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        table.getColumns().add(column);
    }
}
