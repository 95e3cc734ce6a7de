package dev.pilothouse.ui.list;

import dev.pilothouse.ui.workbench.ObjectActions;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/** The keys of a list: Enter opens, Esc goes back, letters are the row's verbs. */
final class RowKeys {

    private final ListPage page;
    private final ObjectActions actions;

    RowKeys(ListPage page, ObjectActions actions) {
        this.page = page;
        this.actions = actions;
    }

    void install(Node root, Node table) {
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        table.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        page.openPage();
                        event.consume();
                    }
                });
        table.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        table.addEventHandler(
                MouseEvent.MOUSE_CLICKED,
                event -> {
                    if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                        page.openPage();
                    }
                });
    }

    private void typed(KeyEvent event) {
        if (!event.isShortcutDown()
                && !event.isAltDown()
                && !page.selection().isEmpty()
                && actions.key(page.selection(), event.getCharacter())) {
            event.consume();
        }
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && page.closeDetail()) {
            page.focus();
            event.consume();
        }
    }
}
