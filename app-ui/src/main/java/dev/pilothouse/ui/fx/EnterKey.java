package dev.pilothouse.ui.fx;

import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Enter presses the button that has the keyboard, as people are used to. JavaFX by itself leaves
 * that to Space, and Enter on “Cancel” would do what the default button does.
 */
public final class EnterKey {

    private EnterKey() {}

    /** For all buttons below a node, also those that are added later. */
    public static void install(Node root) {
        root.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    boolean plain =
                            !event.isShortcutDown() && !event.isAltDown() && !event.isShiftDown();
                    if (event.getCode() == KeyCode.ENTER && plain && press(event.getTarget())) {
                        event.consume();
                    }
                });
    }

    private static boolean press(EventTarget target) {
        return switch (target) {
            // Enter leaves a choice as it is, and accepts the dialog it is in.
            case CheckBox box -> false;
            case RadioButton choice -> false;
            case MenuButton menu -> {
                menu.show();
                yield true;
            }
            case ButtonBase button -> {
                button.fire();
                yield true;
            }
            default -> false;
        };
    }
}
