package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.resource.DetailPane;
import dev.pilothouse.ui.resource.ObjectTable;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done to the selected object, on the secondary mouse button or the menu key. */
final class RowMenu {

    private RowMenu() {}

    static void install(
            ObjectTable table, DetailPane detail, ActionController actions, Keys.Actions keys) {
        var menu = new ContextMenu();
        menu.setOnShowing(event -> {
            menu.getItems().setAll(item("menu.open", keys::open), new SeparatorMenuItem());
            ObjectTable.Selected selected = table.selection();
            List<MenuItem> offered = selected == null ? List.of() : items(actions, selected);
            if (!offered.isEmpty()) {
                menu.getItems().addAll(offered);
                menu.getItems().add(new SeparatorMenuItem());
            }
            menu.getItems()
                    .addAll(
                            item("detail.copyName", () -> with(table, DetailPane::copyName)),
                            item("detail.copyYaml", () -> with(table, detail::copyYaml)),
                            new SeparatorMenuItem(),
                            item("menu.delete", keys::delete));
        });
        // A menu without items is not shown at all.
        menu.getItems().setAll(item("menu.open", keys::open));
        table.view().setContextMenu(menu);
    }

    /** The actions that an object offers. */
    static List<MenuItem> items(ActionController actions, ObjectTable.Selected object) {
        return ActionController.offered(object).stream()
                .map(id -> {
                    MenuItem item = item("action." + id, () -> actions.run(object, id));
                    item.setId("action-" + id);
                    return item;
                })
                .toList();
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
