package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.resource.DetailPane;
import dev.pilothouse.ui.resource.ObjectTable;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done to the selected object, on the secondary mouse button or the menu key. */
final class RowMenu {

    private RowMenu() {}

    static void install(ObjectTable table, DetailPane detail, Keys.Actions actions) {
        var menu = new ContextMenu();
        menu.getItems()
                .setAll(
                        item("menu.open", actions::open),
                        new SeparatorMenuItem(),
                        item("detail.copyName", () -> with(table, DetailPane::copyName)),
                        item("detail.copyYaml", () -> with(table, detail::copyYaml)),
                        new SeparatorMenuItem(),
                        item("menu.delete", actions::delete));
        table.view().setContextMenu(menu);
    }

    private static MenuItem item(String text, Runnable action) {
        var item = new MenuItem(Texts.text(text));
        item.setOnAction(event -> action.run());
        return item;
    }

    private static void with(ObjectTable table, Consumer<ObjectTable.Selected> action) {
        ObjectTable.Selected selected = table.selection();
        if (selected != null) {
            action.accept(selected);
        }
    }
}
