package dev.pilothouse.ui.shell;

import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/**
 * The window's keys: {@code /} filter, {@code :} kind, Enter open, Esc back, Ctrl+D delete, and on
 * a row the keys of its actions.
 */
final class Keys {

    private final Runnable jump;
    private final Runnable filter;
    private final Actions actions;

    /** What keys do to objects. */
    interface Actions {
        /** Opens the selected object. */
        void open();

        /** Goes back one step; false when there is none. */
        boolean back();

        /** Asks whether the selected object is to be deleted. */
        void delete();

        /** Does what belongs to a key of the selected object; false when nothing does. */
        boolean act(String key);
    }

    Keys(Runnable jump, Runnable filter, Actions actions) {
        this.jump = jump;
        this.filter = filter;
        this.actions = actions;
    }

    void install(Node root, Node table) {
        root.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        table.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        actions.open();
                        event.consume();
                    }
                });
        table.addEventHandler(
                KeyEvent.KEY_TYPED,
                event -> {
                    if (!event.isShortcutDown()
                            && !event.isAltDown()
                            && actions.act(event.getCharacter())) {
                        event.consume();
                    }
                });
        table.addEventHandler(
                MouseEvent.MOUSE_CLICKED,
                event -> {
                    if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                        actions.open();
                    }
                });
    }

    /** By the character, not by the key: keyboards differ in where {@code /} and {@code :} are. */
    private void typed(KeyEvent event) {
        if (event.getTarget() instanceof TextInputControl field && field.isEditable()) {
            return;
        }
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        if (event.getCharacter().equals("/")) {
            filter.run();
            event.consume();
        } else if (event.getCharacter().equals(":")) {
            jump.run();
            event.consume();
        }
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && actions.back()) {
            event.consume();
        } else if (event.getCode() == KeyCode.D && event.isShortcutDown()) {
            actions.delete();
            event.consume();
        }
    }
}
