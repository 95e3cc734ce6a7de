package dev.pilothouse.ui.list;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.resource.Grouping;
import dev.pilothouse.ui.workbench.Command;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;

/** The menu of a list's toolbar: what has no control of its own. */
final class ListMenu {

    private ListMenu() {}

    static List<MenuItem> items(ListPage page) {
        List<MenuItem> items = new ArrayList<>();
        items.add(item(page, "columns"));
        items.add(groups(page));
        items.add(new SeparatorMenuItem());
        for (String id : List.of("exportCsv", "exportYaml", "exportJson")) {
            items.add(item(page, id));
        }
        if (page.commands().stream().anyMatch(command -> command.id().equals("deleteShown"))) {
            items.add(new SeparatorMenuItem());
            items.add(item(page, "deleteShown"));
        }
        return items;
    }

    private static MenuItem item(ListPage page, String id) {
        MenuItem item = new MenuItem(Texts.text("command." + id));
        item.setId(id);
        item.setOnAction(event ->
                page.commands().stream()
                        .filter(command -> command.id().equals(id))
                        .findFirst()
                        .map(Command::run)
                        .ifPresent(Runnable::run));
        return item;
    }

    private static Menu groups(ListPage page) {
        Menu menu = new Menu(Texts.text("group.menu"));
        menu.setId("groups");
        ToggleGroup together = new ToggleGroup();
        for (Grouping by : Grouping.values()) {
            if (by.fits(page.kind())) {
                RadioMenuItem item = new RadioMenuItem(Texts.text("group." + by.key()));
                item.setId("group-" + by.key());
                item.setToggleGroup(together);
                item.setSelected(page.grouping() == by);
                item.setOnAction(event -> page.groupBy(by));
                menu.getItems().add(item);
            }
        }
        if (page.grouping() != Grouping.NONE) {
            menu.getItems().add(new SeparatorMenuItem());
            menu.getItems().add(fold(page, "group.foldAll", true));
            menu.getItems().add(fold(page, "group.unfoldAll", false));
        }
        menu.setDisable(menu.getItems().size() < 2);
        return menu;
    }

    private static MenuItem fold(ListPage page, String text, boolean fold) {
        MenuItem item = new MenuItem(Texts.text(text));
        item.setId(text);
        item.setOnAction(event -> page.foldAll(fold));
        return item;
    }
}
