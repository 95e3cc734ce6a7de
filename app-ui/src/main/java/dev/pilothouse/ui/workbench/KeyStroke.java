package dev.pilothouse.ui.workbench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * A key, or keys together, that do something: either one character, wherever the keyboard has it,
 * or a key with modifiers.
 *
 * @param character the character, empty for a combination
 * @param combination the key and its modifiers, null for a character
 */
public record KeyStroke(String character, @Nullable KeyCombination combination) {

    /** The style class of a control that takes characters, but is no text field of JavaFX's. */
    public static final String TAKES_TEXT = "takes-text";

    /** The style class of a control that takes all keys, such as a terminal. */
    public static final String TAKES_KEYS = "takes-keys";

    /**
     * Reads strokes that are separated by blanks; what is not understood is left out.
     *
     * @param keys such as {@code /}, {@code Shortcut+K} or {@code Alt+LEFT [}
     */
    public static List<KeyStroke> parse(String keys) {
        List<KeyStroke> strokes = new ArrayList<>();
        for (String key : keys.strip().split("\\s+")) {
            KeyStroke stroke = stroke(key);
            if (stroke != null) {
                strokes.add(stroke);
            }
        }
        return List.copyOf(strokes);
    }

    private static @Nullable KeyStroke stroke(String key) {
        if (key.isEmpty()) {
            return null;
        }
        if (key.codePointCount(0, key.length()) == 1) {
            return new KeyStroke(key, null);
        }
        List<String> parts = Arrays.asList(key.split("\\+"));
        try {
            KeyCode code = KeyCode.valueOf(parts.getLast().toUpperCase(Locale.ROOT));
            List<KeyCombination.Modifier> modifiers = new ArrayList<>();
            for (String part : parts.subList(0, parts.size() - 1)) {
                modifiers.add(modifier(part));
            }
            return new KeyStroke(
                    "",
                    new KeyCodeCombination(
                            code, modifiers.toArray(KeyCombination.Modifier[]::new)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static KeyCombination.Modifier modifier(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "shortcut" -> KeyCombination.SHORTCUT_DOWN;
            case "ctrl" -> KeyCombination.CONTROL_DOWN;
            case "shift" -> KeyCombination.SHIFT_DOWN;
            case "alt" -> KeyCombination.ALT_DOWN;
            case "meta" -> KeyCombination.META_DOWN;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Writes down a pressed key with its modifiers, so that {@link #parse} reads it. */
    public static String write(KeyEvent event) {
        StringBuilder text = new StringBuilder();
        if (event.isShortcutDown()) {
            text.append("Shortcut+");
        } else if (event.isControlDown()) {
            text.append("Ctrl+");
        }
        text.append(event.isAltDown() ? "Alt+" : "").append(event.isShiftDown() ? "Shift+" : "");
        return text.append(event.getCode().name()).toString();
    }

    /** Whether an event of a pressed or typed key is this stroke. */
    public boolean matches(KeyEvent event) {
        if (combination != null) {
            return event.getEventType() == KeyEvent.KEY_PRESSED && combination.match(event);
        }
        return event.getEventType() == KeyEvent.KEY_TYPED
                && !event.isShortcutDown()
                && !event.isAltDown()
                && event.getCharacter().equals(character);
    }

    /** As people write it. */
    public String text() {
        return combination == null ? character : combination.getDisplayText();
    }
}
