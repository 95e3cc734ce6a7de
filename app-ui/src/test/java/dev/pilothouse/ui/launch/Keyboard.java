package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.fxmisc.richtext.GenericStyledArea;

/**
 * Somebody who has a keyboard and a screen reader, and nothing else: keys go to whatever has the
 * focus of the window that is in front, and what is known of the screen is what can be read there.
 */
final class Keyboard {

    private static final Duration PATIENCE =
            Duration.ofSeconds(Integer.getInteger("pilothouse.patience", 90));

    /**
     * Presses keys together and lets them go.
     *
     * @param keys such as {@code Ctrl+K}, {@code Enter} or {@code Shift+Tab}
     */
    Keyboard press(String keys) throws Exception {
        List<String> parts = List.of(keys.toUpperCase(Locale.ROOT).split("\\+"));
        KeyCode code = KeyCode.valueOf(parts.getLast());
        String character =
                switch (code) {
                    case ENTER -> "\r";
                    case TAB -> "\t";
                    case ESCAPE -> "\u001b";
                    case BACK_SPACE -> "\b";
                    case DELETE -> "\u007f";
                    case SPACE -> " ";
                    default -> "";
                };
        Set<String> modifiers = new TreeSet<>(parts.subList(0, parts.size() - 1));
        send(KeyEvent.KEY_PRESSED, "", code, modifiers);
        if (!character.isEmpty()) {
            send(KeyEvent.KEY_TYPED, character, KeyCode.UNDEFINED, modifiers);
        }
        send(KeyEvent.KEY_RELEASED, "", code, modifiers);
        return this;
    }

    /** Presses keys several times. */
    Keyboard press(String keys, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            press(keys);
        }
        return this;
    }

    /** Types characters one by one. */
    Keyboard type(String text) throws Exception {
        for (char character : text.toCharArray()) {
            KeyCode code =
                    Character.isLetterOrDigit(character) && character < 128
                            ? KeyCode.getKeyCode(String.valueOf(Character.toUpperCase(character)))
                            : KeyCode.UNDEFINED;
            send(KeyEvent.KEY_PRESSED, "", code, Set.of());
            send(KeyEvent.KEY_TYPED, String.valueOf(character), KeyCode.UNDEFINED, Set.of());
            send(KeyEvent.KEY_RELEASED, "", code, Set.of());
        }
        return this;
    }

    private static void send(
            EventType<KeyEvent> type, String character, KeyCode code, Set<String> modifiers)
            throws Exception {
        fx(() -> {
            Scene scene = front().getScene();
            Node owner = scene.getFocusOwner();
            (owner == null ? scene.getRoot() : owner)
                    .fireEvent(
                            new KeyEvent(
                                    type,
                                    character,
                                    "",
                                    code,
                                    modifiers.contains("SHIFT"),
                                    modifiers.contains("CTRL"),
                                    modifiers.contains("ALT"),
                                    modifiers.contains("META")));
            return null;
        });
    }

    /** The window that has the keyboard. */
    private static Window front() {
        List<Window> windows =
                Window.getWindows().stream()
                        .filter(each -> !(each instanceof PopupWindow))
                        .toList();
        // The headless platform takes the keyboard from no window, so the latest one has it.
        return windows.stream()
                .filter(Window::isFocused)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no window has the keyboard: " + windows));
    }

    /** Goes to the list of a kind, with its first object selected. */
    Keyboard list(String kind) throws Exception {
        type(":").awaitFocus("Find a kind").type(kind).press("Enter");
        until(
                () -> focus().toLowerCase(Locale.ROOT).contains("objects of kind " + kind),
                () -> "the keyboard is at " + focus());
        return this;
    }

    /** Goes on with Tab until something has the keyboard; says what was passed when it is not. */
    Keyboard tabTo(String name) throws Exception {
        return go("Tab", name);
    }

    /** Goes on with a key until something has the keyboard, or is the current item of what has. */
    Keyboard go(String key, String name) throws Exception {
        if (key.equals("Down")) {
            return walkDown(name);
        }
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String now = focus();
            if (now.contains(name)) {
                return this;
            }
            passed.add(now);
            press(key);
        }
        throw new AssertionError(
                key + " does not lead to \u201c" + name + "\u201d but to\n" + lines(passed));
    }

    /** From the first row to the one wanted, which a watch may yet have to bring. */
    private Keyboard walkDown(String name) throws Exception {
        awaitText(name);
        until(() -> !focus().endsWith("> none"), this::focus);
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> passed = new ArrayList<>();
        do {
            passed.clear();
            press("Home");
            for (String now = focus(); !passed.contains(now); now = focus()) {
                if (now.contains(name)) {
                    return this;
                }
                passed.add(now);
                press("Down");
            }
            Thread.sleep(100);
        } while (System.nanoTime() < end);
        throw new AssertionError(
                "Down does not lead to \u201c" + name + "\u201d but to\n" + lines(passed));
    }

    private static String lines(List<String> passed) {
        return String.join("\n", passed.subList(0, Math.min(40, passed.size())));
    }

    /** Waits until something has the keyboard. */
    Keyboard awaitFocus(String name) {
        until(() -> focus().contains(name), () -> "the keyboard is at " + focus());
        return this;
    }

    /** Waits until something can be read anywhere on the screen. */
    Keyboard awaitText(String text) {
        return awaitScreen(screen -> screen.contains(text), text);
    }

    /** Waits until something can be read anywhere on the screen, in one line. */
    Keyboard awaitMatch(String pattern) {
        return awaitScreen(
                screen -> screen.lines().anyMatch(line -> line.matches(pattern)), pattern);
    }

    /** Waits until something is no longer to be read. */
    Keyboard awaitNo(String text) {
        return awaitScreen(screen -> !screen.contains(text), "no " + text);
    }

    private Keyboard awaitScreen(Predicate<String> condition, String what) {
        until(() -> condition.test(screen()), () -> "wanted: " + what + "\n" + screen());
        return this;
    }

    static void until(Callable<Boolean> condition, Callable<String> otherwise) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            String said;
            try {
                said = otherwise.call();
            } catch (Exception other) {
                said = other.toString();
            }
            throw new AssertionError(said, e);
        }
    }

    /** What a screen reader says of what has the keyboard: its name, and its current item. */
    String focus() throws Exception {
        return fx(() -> {
            Scene scene = front().getScene();
            Node owner = scene.getFocusOwner();
            if (owner == null) {
                return "nothing";
            }
            unseen(owner, scene);
            String help = owner.getAccessibleHelp();
            return name(owner) + (help == null ? "" : " > " + help) + item(owner);
        });
    }

    /** Somebody who sees must see what has the keyboard. */
    private static void unseen(Node owner, Scene scene) {
        for (Node node = owner; node != null; node = node.getParent()) {
            if (!node.isVisible()) {
                throw new AssertionError("the keyboard is at something unseen: " + name(owner));
            }
        }
        scene.getRoot().layout();
        Bounds bounds = owner.localToScene(owner.getBoundsInLocal());
        if (!bounds.intersects(0, 0, scene.getWidth(), scene.getHeight())) {
            throw new AssertionError(
                    "the keyboard is beyond the window: " + name(owner) + " " + bounds);
        }
        for (Parent parent = owner.getParent(); parent != null; parent = parent.getParent()) {
            if (parent instanceof ScrollPane pane) {
                Bounds port = pane.localToScene(pane.getBoundsInLocal());
                if (!bounds.intersects(port)) {
                    throw new AssertionError(
                            "the keyboard is scrolled out of sight: " + name(owner));
                }
            }
        }
    }

    private static String name(Node node) {
        if (node.getAccessibleText() != null && !node.getAccessibleText().isBlank()) {
            return node.getAccessibleText();
        }
        Object text = node.queryAccessibleAttribute(AccessibleAttribute.TEXT);
        String said =
                node instanceof TextInputControl field && field.getPromptText() != null
                        ? field.getPromptText()
                        : String.valueOf(text);
        return node.getClass().getSimpleName() + " " + said;
    }

    private static String item(Node node) {
        if (node instanceof TableView<?> table && table.getSelectionModel().isEmpty()
                || node instanceof ListView<?> list && list.getSelectionModel().isEmpty()) {
            return " > none";
        }
        Object item = node.queryAccessibleAttribute(AccessibleAttribute.FOCUS_ITEM);
        if (item instanceof Node cell) {
            Object text = cell.queryAccessibleAttribute(AccessibleAttribute.TEXT);
            StringBuilder read = new StringBuilder();
            collect(cell, read);
            return " > " + (text == null ? "" : text + " ") + read.toString().replace('\n', ' ');
        }
        return "";
    }

    /** All that can be read on the screen, windows one after the other. */
    String screen() throws Exception {
        return fx(() -> {
            StringBuilder found = new StringBuilder();
            Window.getWindows().stream()
                    .sorted(Comparator.comparing(window -> window instanceof PopupWindow))
                    .forEach(window -> collect(window.getScene().getRoot(), found));
            return found.toString();
        });
    }

    private static void collect(Node node, StringBuilder found) {
        // The names of all kinds would be found for anything.
        if (!node.isVisible() || "navigator".equals(node.getId())) {
            return;
        }
        String said =
                switch (node) {
                    case Labeled label -> label.getText();
                    case TextInputControl field -> field.getText();
                    case GenericStyledArea<?, ?, ?> area -> area.getText();
                    case Text text -> text.getText();
                    case ProgressIndicator progress -> progress.getAccessibleText();
                    default -> null;
                };
        if (said != null && !said.isBlank()) {
            found.append(said).append('\n');
        }
        switch (node) {
            case TextInputControl field -> {}
            case GenericStyledArea<?, ?, ?> area -> {}
            case TitledPane pane -> collect(pane.getContent(), found);
            case Labeled label when label.getGraphic() != null ->
                    collect(label.getGraphic(), found);
            case Labeled label when said != null && !said.isBlank() -> {}
            case Parent parent ->
                    parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
            default -> {}
        }
    }
}
