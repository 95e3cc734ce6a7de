package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.KeyStroke;
import dev.pilothouse.ui.workbench.Keymap;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Brings keys to the commands of the window and of the page that has the keyboard. */
final class Keys {

    /** Two presses of Shift within this time, in nanoseconds, are one command. */
    private static final long TWICE = 400_000_000L;

    private final Keymap keymap;
    private final Supplier<List<Command>> commands;
    private final Runnable twiceShift;
    private long shiftAt;

    /**
     * Keys of the commands there are at any time; the first that a key fits is run.
     *
     * @param commands those of the page first
     * @param twiceShift what two presses of Shift alone do
     */
    Keys(Keymap keymap, Supplier<List<Command>> commands, Runnable twiceShift) {
        this.keymap = keymap;
        this.commands = commands;
        this.twiceShift = twiceShift;
    }

    /** Listens to all keys below a window's root. */
    void install(Node root) {
        root.addEventFilter(KeyEvent.KEY_TYPED, this::key);
        root.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    shift(event);
                    key(event);
                });
    }

    private void shift(KeyEvent event) {
        if (event.getCode() != KeyCode.SHIFT
                || event.isShortcutDown()
                || event.isAltDown()
                || takes(event.getTarget(), KeyStroke.TAKES_KEYS)) {
            shiftAt = 0;
            return;
        }
        long now = System.nanoTime();
        if (shiftAt != 0 && now - shiftAt < TWICE) {
            shiftAt = 0;
            twiceShift.run();
        } else {
            shiftAt = now;
        }
    }

    private void key(KeyEvent event) {
        boolean character = event.getEventType() == KeyEvent.KEY_TYPED;
        if (character && takesText(event.getTarget())) {
            return;
        }
        boolean all = takes(event.getTarget(), KeyStroke.TAKES_KEYS);
        for (Command command : commands.get()) {
            for (KeyStroke stroke : keymap.strokes(command.id(), command.keys())) {
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
