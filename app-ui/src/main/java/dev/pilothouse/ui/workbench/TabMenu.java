package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done to a tab. JavaFX thread only. */
final class TabMenu {

    private final Workbench workbench;
    private final Page page;

    TabMenu(Workbench workbench, Page page) {
        this.workbench = workbench;
        this.page = page;
    }

    ContextMenu menu() {
        return new ContextMenu(
                item("close", () -> workbench.close(page)),
                item("closeOthers", this::closeOthers),
                new SeparatorMenuItem(),
                item("splitRight", () -> workbench.move(page, Where.SPLIT_RIGHT)),
                item("splitDown", () -> workbench.move(page, Where.SPLIT_DOWN)),
                item("toWindow", () -> workbench.move(page, Where.WINDOW)),
                new SeparatorMenuItem(),
                item("reopen", workbench::reopen));
    }

    private void closeOthers() {
        List<Page> others =
                workbench.neighbours(page).stream().filter(each -> !each.equals(page)).toList();
        others.forEach(workbench::close);
    }

    private static MenuItem item(String id, Runnable action) {
        MenuItem item = new MenuItem(Texts.text("tab." + id));
        item.setId("tab-" + id);
        item.setOnAction(event -> action.run());
        return item;
    }
}
