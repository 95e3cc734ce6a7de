package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tabs, palette and keys of the window, by keyboard alone, before a real control plane. */
class ShellTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir static Path directory;

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory);
        app.api().create(MAPS, map("harbour-lights"));
    }

    @BeforeEach
    void oneListOfNamespaces() throws Exception {
        awaitTrue(() -> app.kinds().contains("Namespace"));
        fx(() -> {
            List.copyOf(app.window().workbench().pages()).forEach(app.window().workbench()::close);
            app.window().open("Namespace");
            app.window().workbench().focusCurrent();
            return null;
        });
        awaitTrue(() -> app.names().contains("kube-system"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @Test
    void thePaletteOpensKindsByName() throws Exception {
        app.press(KeyCode.K, true);
        assertEquals("palette", focused());
        search("config map");
        assertEquals("ConfigMap", first());

        app.press(KeyCode.ENTER, false);

        awaitTrue(() -> app.text("#title").equals("ConfigMap"));
        assertEquals(1, pages().size());
    }

    @Test
    void thePaletteFindsObjectsOfAllKinds() throws Exception {
        // Together, for on a busy machine two turns may lie further apart than the two presses may.
        fx(() -> {
            for (int i = 0; i < 2; i++) {
                app.scene().getFocusOwner().fireEvent(shift());
            }
            return null;
        });
        assertEquals("palette", focused());
        search("harbour lights");
        awaitTrue(() -> first().equals("harbour-lights"));

        app.press(KeyCode.ENTER, false);

        awaitTrue(() ->
                pages().stream()
                        .anyMatch(page -> page.place().value("name").equals("harbour-lights")));
    }

    @Test
    void escapeLeavesThePaletteAndGoesBackToWhereTheKeyboardWas() throws Exception {
        String before = focused();
        app.press(KeyCode.K, true);
        app.press(KeyCode.ESCAPE, false);

        assertEquals(before, focused());
        assertFalse(app.isShown("#palette"));
    }

    @Test
    void tabsAreOpenedTurnedAndClosedByKeys() throws Exception {
        fx(() -> {
            app.window().workbench().open(Place.of("keys"), Where.TAB);
            return null;
        });
        assertEquals("keymap", focused());

        control(KeyCode.TAB);
        assertEquals("objects", focused());
        control(KeyCode.TAB);
        controlShift(KeyCode.PAGE_UP);
        assertEquals("keys", pages().getFirst().place().type());
        assertEquals("keymap", focused());
        controlShift(KeyCode.PAGE_DOWN);
        assertEquals("keys", pages().getLast().place().type());
        app.press(KeyCode.W, true);
        assertEquals(1, pages().size());
        assertEquals("objects", focused());
    }

    @Test
    void goesBackToTheKindBefore() throws Exception {
        app.open("Secret");
        awaitTrue(() -> app.text("#title").equals("Secret"));
        focusPage();
        app.type("[");
        awaitTrue(() -> app.text("#title").equals("Namespace"));
        awaitTrue(() -> app.names().contains("kube-system"));
        focusPage();
        app.type("]");
        awaitTrue(() -> app.text("#title").equals("Secret"));
    }

    @Test
    void regionsTakeTurns() throws Exception {
        app.press(KeyCode.F6, false);
        assertEquals("kinds", focused());
        app.press(KeyCode.F6, false);
        assertEquals("objects", focused());
    }

    @Test
    void showsTheKeysThatWorkHere() throws Exception {
        app.type("?");
        awaitTrue(() -> app.isShown("#keys-help"));
        app.press(KeyCode.ESCAPE, false);
        awaitTrue(() -> !app.isShown("#keys-help"));
        assertEquals("objects", focused());
    }

    @Test
    void keysAreChangedAndKept() throws Exception {
        fx(() -> {
            app.window().workbench().open(Place.of("keys"), Where.TAB);
            TableView<Object> table = app.find("#keymap");
            for (Object binding : table.getItems()) {
                if (binding.toString().contains("id=help,")) {
                    table.getSelectionModel().select(binding);
                }
            }
            return null;
        });
        app.press(KeyCode.ENTER, false);
        app.type("h");
        assertEquals("h", app.settings().section("keys").path("help").asString());

        app.type("h");
        awaitTrue(() -> app.isShown("#keys-help"));
        app.press(KeyCode.ESCAPE, false);
        app.press(KeyCode.DELETE, false);
        assertTrue(app.settings().section("keys").isEmpty());
    }

    @Test
    void severalObjectsAreDeletedTogether() throws Exception {
        for (String name : List.of("many-a", "many-b", "many-c")) {
            app.api().create(MAPS, map(name));
        }
        app.open("ConfigMap");
        awaitTrue(() -> app.names().contains("many-c"));
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getSelectionModel().clearAndSelect(app.indexOf(table, "many-a"));
            table.getSelectionModel().select(app.indexOf(table, "many-c"));
            table.requestFocus();
            return null;
        });
        assertEquals("2 objects selected", app.text("#selected-count"));
        // What comes before them moves them; they stay selected.
        app.api().create(MAPS, map("aaa-first"));
        awaitTrue(() -> app.names().contains("aaa-first"));
        assertEquals("[many-a, many-c]", selectedItems());

        app.press(KeyCode.D, true);
        awaitTrue(() -> dialogButton() != null);
        fx(() -> {
            dialogButton().fire();
            return null;
        });

        awaitTrue(() -> !app.names().contains("many-a") && !app.names().contains("many-c"));
        assertTrue(app.names().contains("many-b"));
        awaitTrue(() -> !app.isShown("#selected"));
    }

    private static void controlShift(KeyCode code) throws Exception {
        fx(() -> {
            app.scene()
                    .getFocusOwner()
                    .fireEvent(
                            new KeyEvent(
                                    KeyEvent.KEY_PRESSED, "", "", code, true, true, false, false));
            return null;
        });
    }

    private static KeyEvent shift() {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.SHIFT, true, false, false, false);
    }

    private static String selectedItems() throws Exception {
        return fx(() -> {
            TableView<?> table = app.find("#objects");
            return table.getSelectionModel().getSelectedItems().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList()
                    .toString();
        });
    }

    private static Button dialogButton() {
        for (Window window : Window.getWindows()) {
            if (window.getScene().lookup("#delete-yes") instanceof Button button) {
                return button;
            }
        }
        return null;
    }

    private static List<Page> pages() throws Exception {
        return fx(() -> app.window().workbench().pages());
    }

    private static void focusPage() throws Exception {
        fx(() -> {
            app.window().workbench().focusCurrent();
            return null;
        });
    }

    private static String focused() throws Exception {
        return fx(() -> String.valueOf(app.scene().getFocusOwner().getId()));
    }

    private static void control(KeyCode code) throws Exception {
        app.press(code, true);
    }

    private static void search(String text) throws Exception {
        fx(() -> {
            app.<TextField>find("#palette").setText(text);
            return null;
        });
    }

    /** The title of the palette's selected line. */
    private static String first() throws Exception {
        return fx(() -> {
            ListView<?> list = app.find("#palette-list");
            Object entry = list.getSelectionModel().getSelectedItem();
            return entry == null ? "" : entry.toString().replaceAll(".*title=(.*), hint=.*", "$1");
        });
    }

    private static String map(String name) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}".formatted(name);
    }
}
