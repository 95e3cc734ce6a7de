package dev.pilothouse.ui.terminal;

import java.nio.charset.StandardCharsets;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** What keys send to a program, as an xterm does. */
final class KeyCodes {

    private static final String ESCAPE = "\u001b";

    private KeyCodes() {}

    /** What a key that stands for no letter sends; null when it sends nothing by itself. */
    static @Nullable String pressed(KeyEvent event, boolean application) {
        int modifier =
                1
                        + (event.isShiftDown() ? 1 : 0)
                        + (event.isAltDown() ? 2 : 0)
                        + (event.isControlDown() ? 4 : 0);
        return switch (event.getCode()) {
            case UP -> cursor('A', modifier, application);
            case DOWN -> cursor('B', modifier, application);
            case RIGHT -> cursor('C', modifier, application);
            case LEFT -> cursor('D', modifier, application);
            case HOME -> cursor('H', modifier, application);
            case END -> cursor('F', modifier, application);
            case INSERT -> tilde(2, modifier);
            case DELETE -> tilde(3, modifier);
            case PAGE_UP -> tilde(5, modifier);
            case PAGE_DOWN -> tilde(6, modifier);
            case F1 -> function('P', modifier);
            case F2 -> function('Q', modifier);
            case F3 -> function('R', modifier);
            case F4 -> function('S', modifier);
            case F5 -> tilde(15, modifier);
            case F6 -> tilde(17, modifier);
            case F7 -> tilde(18, modifier);
            case F8 -> tilde(19, modifier);
            case F9 -> tilde(20, modifier);
            case F10 -> tilde(21, modifier);
            case F11 -> tilde(23, modifier);
            case F12 -> tilde(24, modifier);
            case ENTER -> alt(event, "\r");
            case TAB -> event.isShiftDown() ? ESCAPE + "[Z" : "\t";
            case ESCAPE -> alt(event, ESCAPE);
            case BACK_SPACE -> alt(event, event.isControlDown() ? "\b" : "\u007f");
            default -> control(event);
        };
    }

    private static String alt(KeyEvent event, String keys) {
        return event.isAltDown() ? ESCAPE + keys : keys;
    }

    private static String cursor(char last, int modifier, boolean application) {
        if (modifier > 1) {
            return ESCAPE + "[1;" + modifier + last;
        }
        return ESCAPE + (application ? "O" : "[") + last;
    }

    private static String function(char last, int modifier) {
        return modifier > 1 ? ESCAPE + "[1;" + modifier + last : ESCAPE + "O" + last;
    }

    private static String tilde(int number, int modifier) {
        return ESCAPE + "[" + number + (modifier > 1 ? ";" + modifier : "") + "~";
    }

    private static @Nullable String control(KeyEvent event) {
        KeyCode code = event.getCode();
        // AltGr is Control and Alt to some systems; its letters come as typed ones.
        if (!event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return null;
        }
        if (code.compareTo(KeyCode.A) >= 0 && code.compareTo(KeyCode.Z) <= 0) {
            return String.valueOf((char) (code.getName().charAt(0) & 0x1f));
        }
        return switch (code) {
            case SPACE, DIGIT2 -> "\0";
            case OPEN_BRACKET, DIGIT3 -> ESCAPE;
            case BACK_SLASH, DIGIT4 -> "\u001c";
            case CLOSE_BRACKET, DIGIT5 -> "\u001d";
            case DIGIT6 -> "\u001e";
            case MINUS, UNDERSCORE, SLASH, DIGIT7 -> "\u001f";
            default -> null;
        };
    }

    /** What a typed letter sends; null when the key press has sent it already. */
    static byte @Nullable [] typed(KeyEvent event) {
        String text = event.getCharacter();
        boolean shortcut = (event.isControlDown() && !event.isAltDown()) || event.isMetaDown();
        if (text.isEmpty() || text.charAt(0) < ' ' || text.charAt(0) == 0x7f || shortcut) {
            return null;
        }
        boolean meta = event.isAltDown() && !event.isControlDown() && text.charAt(0) < 0x7f;
        return ((meta ? ESCAPE : "") + text).getBytes(StandardCharsets.UTF_8);
    }
}
