package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.editor.Editors;
import dev.pilothouse.ui.logs.Logs;
import dev.pilothouse.ui.terminal.Terminals;
import dev.pilothouse.ui.workbench.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest, longest and oddest objects that a server takes, as a user meets them. */
class OddObjectsTest {

    /** No more, in milliseconds, even on a machine that is busy; it would be minutes otherwise. */
    private static final long LONGEST = 15_000;

    private static final NodeOptions NODES = new NodeOptions(0, 1);

    @TempDir static Path directory;

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory, NODES);
        awaitTrue(() -> app.kinds().contains("ConfigMap"));
        OddObjects.create(app.api());
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @AfterEach
    void closePages() throws Exception {
        app.closePages();
    }

    @Test
    void longNamesStayInTheWindow() throws Exception {
        ObjectRef pod = OddObjects.ref(OddObjects.POD, OddObjects.NAME);
        for (Place place :
                List.of(
                        Details.of(pod),
                        Details.of(OddObjects.ref(OddObjects.POD, "many-containers")),
                        Editors.of(OddObjects.ref(OddObjects.POD, OddObjects.NAME)),
                        Logs.of(pod, ""),
                        Terminals.of(pod, "", Terminals.Mode.SHELL),
                        Place.of("overview"))) {
            app.openPage(place);
            awaitTrue(() -> app.texts().length() > 20);
            List<String> outside = new ArrayList<>();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        outside.clear();
                        outside.addAll(outside());
                        return outside.isEmpty();
                    });
            assertEquals(List.of(), outside, place.type());
        }
        assertEquals(
                OddObjects.NAME,
                fx(() -> app.window().workbench().pages().getFirst().title().getValue().text()));
    }

    /** The controls that the right edge of the window cuts off; what scrolls may be longer. */
    private static List<String> outside() throws Exception {
        return fx(() -> {
            app.scene().getRoot().applyCss();
            app.scene().getRoot().layout();
            List<String> found = new ArrayList<>();
            collect(app.scene().getRoot(), app.scene().getWidth() + 1, found);
            return found;
        });
    }

    private static void collect(Node node, double width, List<String> found) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Control
                && node.localToScene(node.getLayoutBounds()).getMaxX() > width) {
            found.add(node.toString());
        }
        boolean scrolls =
                node instanceof ScrollPane
                        || node instanceof VirtualizedScrollPane<?>
                        || node instanceof Control;
        if (node instanceof Parent parent && (!scrolls || node instanceof TabPane)) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, width, found));
        }
    }

    @Test
    void objectsOfMoreThanAMegabyteDoNotHoldUpTheWindow() throws Exception {
        ObjectRef map = OddObjects.ref(OddObjects.CONFIG_MAP, OddObjects.NAME);
        try (FxPulse pulse = FxPulse.start()) {
            app.openPage(Details.of(map));
            awaitTrue(() -> app.texts().contains("more letters"));
            yaml();
            awaitTrue(() -> yamlText().contains("abcdefghi"));
            // Nobody is fooled by text that turns its direction.
            assertTrue(yamlText().contains("\\u202Ereversed\\u202C"));
            app.openPage(Details.of(OddObjects.ref(OddObjects.SECRET, "large")));
            yaml();
            awaitTrue(() -> yamlText().length() > 1_300_000);
            app.openPage(Details.of(OddObjects.ref(OddObjects.CONFIG_MAP, "many-lines")));
            yaml();
            awaitTrue(() -> yamlText().contains("line 9000:"));
            assertTrue(pulse.longest() < LONGEST, () -> "waited " + pulse.longest() + " ms");
        }
    }

    private static void yaml() throws Exception {
        awaitTrue(() -> app.texts().contains("Created"));
        fx(() -> {
            TabPane tabs =
                    (TabPane)
                            app.window().workbench().current().get().view().lookup(".detail-tabs");
            tabs.getTabs().stream()
                    .filter(tab -> "yaml".equals(tab.getId()))
                    .forEach(tabs.getSelectionModel()::select);
            return null;
        });
    }

    private static String yamlText() throws Exception {
        return fx(() ->
                app.window().workbench().current().get().view().lookup("#detail-yaml")
                                instanceof TextArea area
                        ? area.getText()
                        : "");
    }

    @Test
    void aLargeObjectIsEditedAndItsValuesRemain() throws Exception {
        Kind kind = OddObjects.CONFIG_MAP;
        String path = kind.path(OddObjects.NAMESPACE, OddObjects.NAME);
        String before = Json.text(app.api().get(path), "data", "line");
        try (FxPulse pulse = FxPulse.start()) {
            app.openPage(Editors.of(OddObjects.ref(kind, OddObjects.NAME)));
            awaitTrue(() -> code().contains("a key of 253 letters"));
            fx(() -> {
                CodeArea area = (CodeArea) app.scene().lookup("#code");
                int at = area.getText().indexOf("a key of 253 letters");
                area.replaceText(at, at + 1, "the");
                app.<ButtonBase>find("#apply").fire();
                return null;
            });
            // Another client has written the value.
            awaitTrue(() -> fx(() -> app.scene().lookup("#conflict-force") != null));
            fx(() -> {
                app.<ButtonBase>find("#conflict-force").fire();
                return null;
            });
            awaitTrue(() ->
                    Json.text(app.api().get(path), "data", "k".repeat(253))
                            .equals("the key of 253 letters"));
            assertTrue(pulse.longest() < LONGEST, () -> "waited " + pulse.longest() + " ms");
        }
        assertEquals(before, Json.text(app.api().get(path), "data", "line"));
        assertEquals(OddObjects.MIXED, Json.text(app.api().get(path), "data", "mixed"));
    }

    private static String code() throws Exception {
        return fx(() -> app.scene().lookup("#code") instanceof CodeArea area ? area.getText() : "");
    }

    @Test
    void anObjectThatIsDeletedOrMissingIsToldOnItsPage() throws Exception {
        Kind kind = OddObjects.CONFIG_MAP;
        app.openPage(Details.of(OddObjects.ref(kind, "fleeting")));
        awaitTrue(() -> app.texts().contains("There is no ConfigMap named fleeting."));

        String map = "{\"metadata\": {\"name\": \"fleeting\"}, \"data\": {\"a\": \"here\"}}";
        OddObjects.create(app.api(), "configmaps", Json.parseObject(map));
        awaitTrue(() -> app.texts().contains("here"));
        awaitTrue(() -> !visible().contains("There is no ConfigMap"));

        app.api().delete(kind.path(OddObjects.NAMESPACE, "fleeting"));
        awaitTrue(() -> app.texts().contains("fleeting has been deleted"));
        OddObjects.create(app.api(), "configmaps", Json.parseObject(map));
        awaitTrue(() -> !visible().contains("has been deleted"));
    }

    @Test
    void textThatCouldNotBeAppliedIsKeptOverTheEndOfTheServer() throws Exception {
        Place place = Editors.of(OddObjects.ref(OddObjects.CONFIG_MAP, "many-lines"));
        app.openPage(place);
        awaitTrue(() -> code().contains("line 0:"));
        fx(() -> {
            CodeArea area = (CodeArea) app.scene().lookup("#code");
            int at = area.getText().indexOf("line 0:");
            area.replaceText(at, at + 6, "unsaved words");
            return null;
        });
        app.stopServer();
        fx(() -> {
            app.<ButtonBase>find("#apply").fire();
            return null;
        });
        awaitTrue(() ->
                fx(() -> WindowFixture.texts(app.scene().getRoot())).contains("No server answers"));
        assertTrue(code().contains("unsaved words"));
        app.closePages();
        app.startServerAgain();
        awaitTrue(() -> app.text("#connection").equals("Live"));

        app.openPage(place);

        awaitTrue(() -> code().contains("unsaved words"));
    }

    private static String visible() throws Exception {
        return fx(() -> WindowFixture.visibleTexts(app.scene().getRoot()));
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
