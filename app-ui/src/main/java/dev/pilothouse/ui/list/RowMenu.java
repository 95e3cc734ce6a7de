package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Copies;
import dev.pilothouse.ui.fx.Clip;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.resource.ObjectTable;
import dev.pilothouse.ui.workbench.Context;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done to the selected object, on the secondary mouse button or the menu key. */
final class RowMenu {

    private RowMenu() {}

    static void install(ListPage page, ObjectTable table, Context context) {
        ContextMenu menu = new ContextMenu();
        menu.setOnShowing(event -> {
            menu.getItems()
                    .setAll(
                            item("menu.open", page::openPage),
                            item("command.beside", page::openDetail),
                            new SeparatorMenuItem());
            List<ObjectRef> selected = page.selection();
            menu.getItems()
                    .addAll(
                            item(
                                    "detail.copyName",
                                    () -> with(table, object -> Clip.text(object.row().name()))),
                            item(
                                    "detail.copyYaml",
                                    () ->
                                            with(
                                                    table,
                                                    object ->
                                                            Copies.yaml(
                                                                    ListPage.ref(object),
                                                                    context))));
            menu.getItems().add(labels(page, table));
            if (!selected.isEmpty()) {
                menu.getItems().add(new SeparatorMenuItem());
                menu.getItems().addAll(context.actions().menu(selected));
            }
        });
        // A menu without items is not shown at all.
        menu.getItems().setAll(item("menu.open", page::openPage));
        table.view().setContextMenu(menu);
    }

    /** The labels of the object; those of a kind that has none cannot be chosen. */
    private static Menu labels(ListPage page, ObjectTable table) {
        Menu menu = new Menu(Texts.text("labels.menu"));
        menu.setId("labels-menu");
        ObjectTable.Selected object = table.selection();
        if (object != null) {
            new TreeMap<>(object.row().labels())
                    .forEach((key, value) -> {
                        // An underscore would be taken for the mark of a key.
                        MenuItem item = new MenuItem(key + "=" + value);
                        item.setMnemonicParsing(false);
                        item.setOnAction(event -> page.limitTo(key + "=" + value));
                        menu.getItems().add(item);
                    });
        }
        menu.setDisable(menu.getItems().isEmpty());
        return menu;
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(Texts.text(text));
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
