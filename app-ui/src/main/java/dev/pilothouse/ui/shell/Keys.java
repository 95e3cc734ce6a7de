package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.KeyStroke;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;

/** Brings keys to the commands of the window and of the page that has the keyboard. */
final class Keys {

    private final Supplier<List<Command>> commands;

    /**
     * Keys of the commands there are at any time; the first that a key fits is run.
     *
     * @param commands those of the page first
     */
    Keys(Supplier<List<Command>> commands) {
        this.commands = commands;
    }

    /** Listens to all keys below a window's root. */
    void install(Node root) {
        root.addEventFilter(KeyEvent.KEY_TYPED, this::key);
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    private void key(KeyEvent event) {
        boolean character = event.getEventType() == KeyEvent.KEY_TYPED;
        if (character && takesText(event.getTarget())) {
            return;
        }
        boolean all = takes(event.getTarget(), KeyStroke.TAKES_KEYS);
        for (Command command : commands.get()) {
            for (KeyStroke stroke : KeyStroke.parse(command.keys())) {
                if (stroke.matches(event) && (!all || WindowCommands.isAlwaysOurs(command))) {
                    event.consume();
                    command.run().run();
                    return;
                }
            }
        }
    }

    private static boolean takesText(Object target) {
        return (target instanceof TextInputControl field && field.isEditable())
                || takes(target, KeyStroke.TAKES_TEXT)
                || takes(target, KeyStroke.TAKES_KEYS);
    }

    private static boolean takes(Object target, String styleClass) {
        for (Node node = target instanceof Node hit ? hit : null;
                node != null;
                node = node.getParent()) {
            if (node.getStyleClass().contains(styleClass)) {
                return true;
            }
        }
        return false;
    }
}
