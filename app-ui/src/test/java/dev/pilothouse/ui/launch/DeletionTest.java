package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.ui.cluster.Access;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletion in a protected cluster: what goes with it, of many at once, and what is refused. */
class DeletionTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String REPLICA_SETS = "/apis/apps/v1/namespaces/default/replicasets";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir static Path directory;

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory, new NodeOptions(0, 1), new Access.Marks(false, true));
        awaitTrue(() -> app.kinds().contains("Deployment"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @Test
    void namesWhatGoesWithAnObjectAndLetsItStay() throws Exception {
        app.api().create(DEPLOYMENTS, DeploymentYaml.of("web").replicas(2).yaml());
        awaitTrue(() -> ready("web") == 2);
        select("Deployment", "web");

        app.press(KeyCode.D, true);
        awaitTrue(() -> fx(() -> dialog("#delete-with") != null));
        awaitTrue(() -> text("#delete-with").equals("3 more objects go with it:"));
        String names = items("#delete-dependents").toString();
        assertTrue(
                names.matches("\\[ReplicaSet default / web-\\w+(, Pod default / web-[\\w-]+){2}]"),
                names);
        picture("delete");
        assertTrue(fx(() -> button("#delete-yes").isDisabled()));
        type("#delete-typed", "web");
        assertFalse(fx(() -> button("#delete-yes").isDisabled()));
        type("#delete-grace", "soon");
        assertTrue(fx(() -> button("#delete-yes").isDisabled()));
        type("#delete-grace", "");
        fx(() -> {
            ((ComboBox<?>) dialog("#delete-propagation")).getSelectionModel().selectLast();
            return null;
        });
        assertEquals("3 objects stay, and belong to nobody any more:", text("#delete-with"));
        click("#delete-yes");

        awaitTrue(() -> app.api().code(DEPLOYMENTS + "/web") == 404);
        awaitTrue(() ->
                Json.objects(app.api().get(REPLICA_SETS), "items").stream()
                        .allMatch(
                                set -> Json.objects(set, "metadata", "ownerReferences").isEmpty()));
        assertEquals(1, Json.objects(app.api().get(REPLICA_SETS), "items").size());
    }

    @Test
    void everythingThatTheFilterShowsGoesTogether() throws Exception {
        for (int i = 0; i < 12; i++) {
            app.api().create(MAPS, "{metadata: {name: old-%02d}}".formatted(i));
        }
        app.api().create(MAPS, "{metadata: {name: young}}");
        app.open("ConfigMap");
        awaitTrue(() -> app.names().contains("old-11") && app.names().contains("young"));
        filter("old-");
        awaitTrue(() -> app.names().size() == 12);

        app.run("deleteShown");
        awaitTrue(() -> fx(() -> dialog("#delete-names") != null));
        assertEquals(12, items("#delete-names").size());
        awaitTrue(() -> text("#delete-with").equals("Nothing else goes with it."));
        type("#delete-typed", "12");
        click("#delete-yes");

        awaitTrue(() -> app.text("#notice").equals("12 objects deleted."));
        awaitTrue(() -> fx(() -> dialog("#delete-yes") == null));
        awaitTrue(() -> app.names().isEmpty());
        filter("");
        awaitTrue(() -> app.names().contains("young"));
        List<String> sent =
                app.requests().stream()
                        .filter(each -> each.method().equals("DELETE"))
                        .map(each -> each.path())
                        .filter(path -> path.startsWith(MAPS))
                        .toList();
        assertEquals(12, sent.size(), sent::toString);
        assertEquals(MAPS + "/old-00", sent.getFirst());
    }

    /** The server keeps its own namespaces; the others go all the same. */
    @Test
    void saysOfEachWhatWasRefusedAndWhatIsInANamespace() throws Exception {
        app.api().create("/api/v1/namespaces", "{metadata: {name: default-b}}");
        app.api().create("/api/v1/namespaces/default-b/configmaps", "{metadata: {name: inside}}");
        app.open("Namespace");
        awaitTrue(() -> app.names().contains("default-b"));
        filter("default");
        awaitTrue(() -> app.names().equals(List.of("default", "default-b")));

        app.run("deleteShown");
        awaitTrue(() -> items("#delete-dependents").contains("ConfigMap default-b / inside"));
        type("#delete-typed", "2");
        click("#delete-yes");

        awaitTrue(() -> text("#delete-count").equals("1 of 2 deleted, 1 not"));
        String error = items("#delete-errors").getFirst();
        assertTrue(error.startsWith("default: ") && error.contains("forbidden"), error);
        awaitTrue(() -> text("#delete-no").equals("Close"));
        picture("delete-refused");
        click("#delete-no");
        awaitTrue(() -> app.api().code("/api/v1/namespaces/default-b") == 404);
        assertNull(fx(() -> dialog("#delete-no")));
        filter("");
    }

    private static long ready(String name) throws Exception {
        return Json.number(app.api().get(DEPLOYMENTS + "/" + name), 0, "status", "readyReplicas");
    }

    private static void select(String kind, String name) throws Exception {
        app.open(kind);
        awaitTrue(() -> app.names().contains(name));
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getSelectionModel().clearAndSelect(app.indexOf(table, name));
            table.requestFocus();
            return null;
        });
    }

    private static void filter(String text) throws Exception {
        fx(() -> {
            app.<TextField>find("#filter").setText(text);
            return null;
        });
    }

    private static Node dialog(String id) {
        for (Window window : Window.getWindows()) {
            if (window.getScene().getRoot() instanceof DialogPane pane && pane.lookup(id) != null) {
                return pane.lookup(id);
            }
        }
        return null;
    }

    private static Button button(String id) {
        return (Button) dialog(id);
    }

    private static String text(String id) throws Exception {
        return fx(() -> dialog(id) instanceof Labeled label ? label.getText() : "");
    }

    private static List<String> items(String id) throws Exception {
        return fx(() ->
                dialog(id) instanceof ListView<?> list
                        ? list.getItems().stream().map(String::valueOf).toList()
                        : List.of());
    }

    private static void type(String id, String text) throws Exception {
        fx(() -> {
            ((TextField) dialog(id)).setText(text);
            return null;
        });
    }

    private static void click(String id) throws Exception {
        fx(() -> {
            button(id).fire();
            return null;
        });
    }

    private static void picture(String name) throws Exception {
        app.draw(fx(() -> dialog(".dialog-pane").getScene()));
        Pictures.take(app, name);
        app.draw(null);
    }
}
