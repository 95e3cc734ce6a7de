package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.DialogPane;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels and annotations of one object and of several, by keyboard. */
class LabelsTest {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private static final Keyboard KEYS = new Keyboard();

    @TempDir static Path directory;

    private static WindowFixture app;

    @BeforeAll
    static void start() throws Exception {
        app = new WindowFixture(directory);
        await(() -> app.kinds().contains("ConfigMap"));
    }

    @AfterAll
    static void stop() throws Exception {
        app.close();
    }

    @Test
    void saysWhatIsWrongAndTakesBackWhatWasDone() throws Exception {
        create("one", "{tier: back, old: x}", "{}");
        act("label", "one");

        KEYS.awaitFocus("Key").type("app/");
        KEYS.awaitText("The name after the slash is missing.");
        assertTrue(refuses());
        KEYS.type("is").tabTo("Value of app/is").type("not valid");
        KEYS.awaitText("The value takes letters");
        assertTrue(refuses());
        assertEquals(List.of(), fx(() -> Nameless.in(pane())));
        take("labels-wrong");
        KEYS.press("Ctrl+A").type("web").awaitNo("The value takes letters");
        assertFalse(refuses());
        KEYS.tabTo("Remove old").press("Space").press("Enter");

        await(() -> labels("one").equals(Map.of("tier", "back", "app/is", "web")));
        KEYS.awaitText("The labels of ConfigMap \u201cone\u201d have been changed.");
        fx(() -> {
            app.<Button>find("#notice-action").fire();
            return null;
        });
        await(() -> labels("one").equals(Map.of("tier", "back", "old", "x")));

        act("label", "one");
        KEYS.awaitFocus("Key");
        assertTrue(refuses(), "nothing is different");
        KEYS.type("tier").awaitText("Another row has this key.");
        assertTrue(refuses());
        KEYS.press("Escape");
    }

    @Test
    void showsTheRowThatIsTypedIntoAmongMany() throws Exception {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            labels.append(i == 0 ? "" : ", ").append("label-").append(i).append(": v");
        }
        create("full", "{" + labels + "}", "{}");
        act("label", "full");

        KEYS.awaitFocus("Key").type("-wrong").awaitText("The name in the key takes letters");
        take("labels-full");
        assertTrue(
                fx(() -> {
                    Node said = pane().lookup(".pair-problem");
                    Node port = pane().lookup(".pairs-scroll");
                    Bounds shown = port.localToScene(port.getLayoutBounds());
                    return shown.contains(said.localToScene(said.getLayoutBounds()));
                }),
                "what is wrong can be seen");
        KEYS.press("Escape");
    }

    @Test
    void leavesLongAndManyLinedValuesAsTheyAre() throws Exception {
        String longest = "l".repeat(100_000);
        create(
                "two",
                "{}",
                "{lines: \"a\\nb\\tc\", long: %s, word: %s}".formatted(longest, "w".repeat(300)));
        act("annotate", "two");

        KEYS.awaitFocus("Key").type("note").tabTo("Value of note").type("said: so / and so");
        KEYS.awaitText("Too long to be changed here (100,000 characters)");
        assertEquals(640, fx(() -> pane().getWidth()), 40);
        take("annotations-long");
        KEYS.tabTo("Value of lines").tabTo("Value of word").press("Enter");

        await(() -> annotations("two").containsKey("note"));
        assertEquals(
                Map.of(
                        "lines",
                        "a\nb\tc",
                        "long",
                        longest,
                        "word",
                        "w".repeat(300),
                        "note",
                        "said: so / and so"),
                annotations("two"));
    }

    @Test
    void changesSeveralObjectsAtOnce() throws Exception {
        create("many-a", "{old: x, own: a}", "{}");
        create("many-b", "{own: b, team: blue}", "{}");
        act("label", "many-a", "many-b");

        KEYS.awaitFocus("Key");
        assertTrue(refuses());
        KEYS.type("team").tabTo("Value of team").type("red");
        // Past what removes this row and the free row for one more.
        KEYS.tabTo("Remove team").press("Tab", 3).awaitFocus("Key").type("team");
        KEYS.awaitText("Another row has this key.");
        assertTrue(refuses());
        KEYS.press("Ctrl+A").type("old").awaitNo("Another row has this key.");
        take("labels-many");
        KEYS.press("Enter");

        await(() -> labels("many-a").equals(Map.of("own", "a", "team", "red")));
        await(() -> labels("many-b").equals(Map.of("own", "b", "team", "red")));
        KEYS.awaitText("The labels of 2 objects have been changed.");
        fx(() -> {
            app.<Button>find("#notice-action").fire();
            return null;
        });
        await(() -> labels("many-a").equals(Map.of("own", "a", "old", "x")));
        await(() -> labels("many-b").equals(Map.of("own", "b", "team", "blue")));
    }

    private static void create(String name, String labels, String annotations) throws Exception {
        app.api()
                .create(
                        CONFIG_MAPS,
                        "{metadata: {name: %s, labels: %s, annotations: %s}}"
                                .formatted(name, labels, annotations));
    }

    private static Map<String, String> labels(String name) throws Exception {
        return Json.stringMap(app.api().get(CONFIG_MAPS + "/" + name), "metadata", "labels");
    }

    private static Map<String, String> annotations(String name) throws Exception {
        return Json.stringMap(app.api().get(CONFIG_MAPS + "/" + name), "metadata", "annotations");
    }

    private static void act(String action, String... names) throws Exception {
        app.open("ConfigMap");
        await(() -> app.names().containsAll(List.of(names)));
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getSelectionModel().clearSelection();
            for (String name : names) {
                table.getSelectionModel().select(app.indexOf(table, name));
            }
            ContextMenu menu = table.getContextMenu();
            menu.getOnShowing().handle(null);
            menu.getItems().stream()
                    .filter(item -> ("action-" + action).equals(item.getId()))
                    .findFirst()
                    .ifPresent(MenuItem::fire);
            return null;
        });
    }

    private static boolean refuses() throws Exception {
        return fx(() -> pane().lookup("#pairs-dialog-yes").isDisabled());
    }

    private static DialogPane pane() {
        return Window.getWindows().stream()
                .map(window -> window.getScene().getRoot())
                .filter(DialogPane.class::isInstance)
                .map(DialogPane.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void take(String name) throws Exception {
        app.draw(fx(() -> pane().getScene()));
        Pictures.take(app, name);
        app.draw(null);
    }

    private static void await(Callable<Boolean> condition) {
        Keyboard.until(condition, KEYS::screen);
    }
}
