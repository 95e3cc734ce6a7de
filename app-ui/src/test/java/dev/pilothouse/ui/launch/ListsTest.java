package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.cluster.SentRequest;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lists can do, before a real control plane. */
class ListsTest {

    @TempDir static Path directory;

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory);
        for (String namespace : List.of("north", "south", "west")) {
            app.api()
                    .create(
                            "/api/v1/namespaces",
                            "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}"
                                    .formatted(namespace));
            app.api().create(maps(namespace), map("map-" + namespace, namespace));
        }
    }

    @BeforeEach
    void oneList() throws Exception {
        awaitTrue(() -> app.kinds().contains("ConfigMap"));
        fx(() -> {
            List.copyOf(app.window().workbench().pages()).forEach(app.window().workbench()::close);
            app.window().open("ConfigMap");
            app.window().workbench().focusCurrent();
            return null;
        });
        awaitTrue(() -> app.names().contains("map-north"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @Test
    void nothingOfTheToolbarIsCutOffBesideADetail() throws Exception {
        fx(() -> {
            app.<TableView<?>>find("#objects").getSelectionModel().select(0);
            app.window().openDetail();
            return null;
        });
        awaitTrue(() -> app.isShown("#detail"));
        Pictures.take(app, "list-beside-detail");

        fx(() -> {
            app.scene().getRoot().applyCss();
            app.scene().getRoot().layout();
            Bounds pane = bounds(".objects-pane");
            for (String id : List.of("#create", "#list-more", "#namespace", "#filter", "#title")) {
                Bounds control = bounds(id);
                assertTrue(pane.contains(control), () -> id + " " + control + " in " + pane);
                assertTrue(control.getWidth() > 20, () -> id + " " + control);
            }
            assertFalse(bounds("#create").intersects(bounds("#title")));
            assertFalse(bounds("#filter").intersects(bounds("#namespace")));
            return null;
        });
    }

    private static Bounds bounds(String id) {
        Node node = app.find(id);
        return node.localToScene(node.getLayoutBounds());
    }

    @Test
    void showsSeveralNamespacesTogetherAndFollowsThem() throws Exception {
        app.chooseNamespaces("north", "south");
        awaitTrue(() -> app.names().contains("map-north") && app.names().contains("map-south"));
        assertFalse(app.names().contains("map-west"));
        assertEquals("north, south", app.text("#namespace"));
        assertEquals("north, south", app.text("#crumb-namespaces"));
        awaitTrue(() -> app.text("#connection").equals("Live"));

        app.api().create(maps("south"), map("late", "x"));
        app.api().create(maps("west"), map("late-elsewhere", "x"));
        awaitTrue(() -> app.names().contains("late"));
        app.api().delete(maps("south") + "/late");
        awaitTrue(() -> !app.names().contains("late"));
        assertFalse(app.names().contains("late-elsewhere"));
        app.api().delete(maps("west") + "/late-elsewhere");

        // Few are watched one by one: the server sends nothing of the others.
        assertTrue(
                app.requests().stream()
                        .anyMatch(
                                each -> each.path().contains("/namespaces/south/configmaps?watch")),
                () -> app.requests().toString());
    }

    @Test
    void manyNamespacesShareOneWatch() throws Exception {
        app.chooseNamespaces(
                "north", "south", "default", "kube-system", "kube-public", "kube-node-lease");
        awaitTrue(() -> app.names().contains("map-north") && app.names().contains("map-south"));
        assertFalse(app.names().contains("map-west"));
        assertEquals("6 namespaces", app.text("#namespace"));

        app.api().create(maps("west"), map("unseen", "x"));
        app.api().create(maps("south"), map("seen", "x"));
        awaitTrue(() -> app.names().contains("seen"));
        assertFalse(app.names().contains("unseen"));
        app.api().delete(maps("west") + "/unseen");
        app.api().delete(maps("south") + "/seen");
    }

    @Test
    void namespacesAreFoundByTypingAndKept() throws Exception {
        app.press(KeyCode.M, true);
        assertEquals("namespace-search", focused());
        fx(() -> {
            app.<TextField>find("#namespace-search").setText("wes");
            return null;
        });
        assertEquals(
                "west",
                fx(() ->
                        app.<ListView<String>>find("#namespace-list")
                                .getSelectionModel()
                                .getSelectedItem()));
        Pictures.take(app, "namespaces");
        app.press(KeyCode.ENTER, false);
        assertEquals("objects", focused());
        awaitTrue(() -> app.names().contains("map-west") && !app.names().contains("map-south"));

        assertEquals(
                "west",
                fx(() -> app.window().workbench().pages().getFirst().place().state("namespace")));
        app.press(KeyCode.M, true);
        // What was used lately comes first, after all.
        assertEquals(
                List.of("", "west"),
                fx(() -> app.<ListView<String>>find("#namespace-list").getItems().subList(0, 2)));
        app.press(KeyCode.ESCAPE, false);
        assertFalse(app.isShown("#namespace-search"));
    }

    @Test
    void labelsAreAskedOfTheServerAndTakenAwayByKeyboard() throws Exception {
        app.type("/");
        assertEquals("filter", focused());
        fx(() -> {
            app.<TextField>find("#filter").setText("map place=north");
            return null;
        });
        // Until Enter they filter nothing.
        assertTrue(app.names().contains("map-south"));
        app.press(KeyCode.ENTER, false);
        awaitTrue(() -> app.names().equals(List.of("map-north")));
        assertEquals("map", app.text("#filter"));
        assertEquals("filter", focused());
        assertTrue(
                app.requests().stream()
                        .anyMatch(each -> each.path().contains("labelSelector=place%3Dnorth")),
                () -> app.requests().toString());
        assertEquals(
                "place=north",
                fx(() -> app.window().workbench().pages().getFirst().place().state("labels")));
        Pictures.take(app, "labels");

        fx(() -> {
            app.<TextField>find("#filter").setText("place=a/b");
            return null;
        });
        app.press(KeyCode.ENTER, false);
        assertTrue(app.text("#labels-note").contains("cannot be asked for"));
        assertEquals("place=a/b", app.text("#filter"));

        fx(() -> {
            app.<TextField>find("#filter").clear();
            return null;
        });
        app.press(KeyCode.BACK_SPACE, false);
        awaitTrue(() -> app.names().contains("map-south"));
        assertFalse(app.isShown("#labels"));
    }

    @Test
    void labelsOfARowAreInItsMenu() throws Exception {
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getSelectionModel().select(app.indexOf(table, "map-west"));
            table.getContextMenu().getOnShowing().handle(null);
            Menu labels =
                    (Menu)
                            table.getContextMenu().getItems().stream()
                                    .filter(item -> "labels-menu".equals(item.getId()))
                                    .findFirst()
                                    .orElseThrow();
            labels.getItems().getFirst().fire();
            return null;
        });
        awaitTrue(() -> app.names().equals(List.of("map-west")));

        fx(() -> {
            app.<Button>find(".chip").requestFocus();
            return null;
        });
        app.press(KeyCode.DELETE, false);
        awaitTrue(() -> app.names().contains("map-south"));
        assertEquals("filter", focused());
    }

    @Test
    void columnsAreMadeByExpressionsAndKept() throws Exception {
        app.run("columns");
        awaitTrue(() -> app.isShown("#column-chooser"));
        fx(() -> {
            app.<TextField>find("#column-name").setText("Place");
            app.<TextField>find("#column-expression").setText(".metadata.labels[");
            return null;
        });
        addColumn();
        assertTrue(app.text("#column-wrong").contains("a bracket is not closed"));
        assertEquals("column-expression", focused());
        fx(() -> {
            app.<TextField>find("#column-expression").setText(".metadata.labels.place");
            return null;
        });
        addColumn();
        awaitTrue(() -> cells("map-north").matches("north,0,\\w+,north"));
        fx(() -> {
            app.<TextField>find("#column-name").setText("Value");
            app.<TextField>find("#column-expression").setText("{.data.value}");
            return null;
        });
        addColumn();
        awaitTrue(() -> cells("map-north").endsWith("north,<none>"));
        Pictures.take(app, "columns");
        // Metadata comes with every table; more is asked for only when it is needed.
        List<String> tables =
                app.requests().stream()
                        .map(SentRequest::path)
                        .filter(path -> path.startsWith("/api/v1/configmaps?limit"))
                        .toList();
        assertFalse(tables.get(tables.size() - 2).contains("includeObject"), tables::toString);
        assertTrue(tables.getLast().contains("includeObject=Object"), tables::toString);
        app.press(KeyCode.ESCAPE, false);

        app.api().merge(maps("north") + "/map-north", "{\"data\":{\"value\":\"seven\"}}");
        awaitTrue(() -> cells("map-north").endsWith("north,seven"));

        // Another list of the kind has them as well.
        fx(() -> {
            List.copyOf(app.window().workbench().pages()).forEach(app.window().workbench()::close);
            app.window().open("ConfigMap");
            return null;
        });
        awaitTrue(() -> app.names().contains("map-north"));
        awaitTrue(() -> cells("map-north").endsWith("north,seven"));
        app.run("columns");
        for (int left = 2; left > 0; left--) {
            int buttons = left;
            awaitTrue(() -> fx(() -> removals() == buttons));
            fx(() -> {
                app.<Button>find("#columns .button").fire();
                return null;
            });
        }
        awaitTrue(() -> !app.names().isEmpty() && !cells("map-north").contains("seven"));
        app.press(KeyCode.ESCAPE, false);
    }

    private static long removals() {
        Node columns = app.find("#columns");
        return columns == null
                ? 0
                : columns.lookupAll(".button").stream().filter(Button.class::isInstance).count();
    }

    private static void addColumn() throws Exception {
        fx(() -> {
            app.<Button>find("#column-add").fire();
            return null;
        });
    }

    /** What a line shows, without its name. */
    private static String cells(String name) throws Exception {
        return fx(() -> {
            TableView<Object> table = app.find("#objects");
            if (table.getItems().stream().noneMatch(row -> row.toString().equals(name))) {
                return "";
            }
            table.applyCss();
            table.layout();
            return table.lookupAll(".table-row-cell").stream()
                    .filter(node -> node instanceof TableRow<?> line && !line.isEmpty())
                    .map(node -> (TableRow<?>) node)
                    .filter(line -> line.getItem().toString().equals(name))
                    .flatMap(line -> line.lookupAll(".table-cell").stream())
                    .map(cell -> (TableCell<?, ?>) cell)
                    .sorted(Comparator.comparingDouble(Node::getLayoutX))
                    .map(Labeled::getText)
                    .skip(1)
                    .collect(Collectors.joining(","));
        });
    }

    @Test
    void groupsFoldByKeyboardAndTheirHeadingsAreNoObjects() throws Exception {
        app.type("G");
        app.type("G");
        awaitTrue(() -> app.names().contains("west"));
        assertEquals(app.names().indexOf("map-north") - 2, app.names().indexOf("north"));
        Pictures.take(app, "groups");
        String count = app.text("#count");

        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getSelectionModel().clearAndSelect(app.indexOf(table, "north"));
            table.requestFocus();
            return null;
        });
        assertEquals(List.of(), fx(() -> app.window().workbench().pages().getFirst().selection()));
        app.press(KeyCode.LEFT, false);
        assertFalse(app.names().contains("map-north"));
        assertEquals(count, app.text("#count"));
        app.press(KeyCode.ENTER, false);
        assertTrue(app.names().contains("map-north"));
        assertEquals(1, (int) fx(() -> app.window().workbench().pages().size()));
        app.type("G");
        assertFalse(app.names().contains("west"));
    }

    @Test
    void aHiddenListStopsAndGoesOnWhereItWas() throws Exception {
        awaitTrue(() -> app.text("#connection").equals("Live"));
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getSelectionModel().clearAndSelect(app.indexOf(table, "map-south"));
            app.window().workbench().open(Place.of("keys"), Where.TAB);
            return null;
        });
        app.api().create(maps("south"), map("meanwhile", "x"));
        long lists = listings();
        fx(() -> {
            app.window().workbench().turn(1);
            return null;
        });
        // At once, before the server has answered.
        assertTrue(app.names().contains("map-south"));
        awaitTrue(() -> app.names().contains("meanwhile"));
        assertEquals(lists, listings());
        assertEquals(
                "map-south",
                fx(() ->
                        app.<TableView<?>>find("#objects")
                                .getSelectionModel()
                                .getSelectedItem()
                                .toString()));
        app.api().delete(maps("south") + "/meanwhile");
        awaitTrue(() -> !app.names().contains("meanwhile"));
    }

    private static long listings() {
        return app.requests().stream()
                .filter(each -> each.path().startsWith("/api/v1/configmaps?limit"))
                .count();
    }

    @Test
    void sortingAndWidthsComeBack() throws Exception {
        fx(() -> {
            TableView<Object> table = app.find("#objects");
            var name = table.getColumns().getFirst();
            name.setSortType(TableColumn.SortType.DESCENDING);
            name.setPrefWidth(333);
            table.getSortOrder().add(name);
            return null;
        });
        assertEquals("map-west", app.names().getFirst());
        app.open("Secret");
        awaitTrue(() -> app.text("#title").equals("Secret"));
        app.open("ConfigMap");
        awaitTrue(() -> app.names().contains("map-north"));
        assertEquals("map-west", app.names().getFirst());
        fx(() -> {
            TableView<Object> table = app.find("#objects");
            assertEquals(333, table.getColumns().getFirst().getPrefWidth());
            table.getColumns().getFirst().setPrefWidth(210);
            table.getSortOrder().clear();
            return null;
        });
    }

    @Test
    void viewsAreSavedOpenedByKeyAndRemoved() throws Exception {
        app.chooseNamespaces("north");
        awaitTrue(() -> !app.names().contains("map-south") && app.names().contains("map-north"));
        fx(() -> {
            app.<TextField>find("#filter").setText("map");
            return null;
        });
        app.run("saveView");
        awaitTrue(() -> dialog() != null);
        fx(() -> {
            ((TextField) dialog().lookup("#view-name")).setText("Northern maps");
            ((Button) dialog().lookup("#view-dialog-yes")).fire();
            return null;
        });
        awaitTrue(() -> app.kinds().contains("Northern maps"));
        Pictures.take(app, "views");

        app.open("Secret");
        awaitTrue(() -> app.text("#title").equals("Secret"));
        app.chooseNamespaces();
        app.press(KeyCode.DIGIT1, true);
        awaitTrue(() -> app.text("#title").equals("ConfigMap"));
        awaitTrue(() -> app.names().equals(List.of("map-north")));
        assertEquals("north", app.text("#namespace"));
        assertEquals("map", app.text("#filter"));

        fx(() -> {
            TreeView<Object> tree = app.find("#kinds");
            tree.getRoot().getChildren().stream()
                    .flatMap(section -> section.getChildren().stream())
                    .filter(item -> item.getValue().toString().equals("Northern maps"))
                    .findFirst()
                    .ifPresent(item -> tree.getSelectionModel().select(item));
            tree.requestFocus();
            return null;
        });
        app.press(KeyCode.DELETE, false);
        awaitTrue(() -> !app.kinds().contains("Northern maps"));
        app.chooseNamespaces();
    }

    private static Parent dialog() {
        return Window.getWindows().stream()
                .map(window -> window.getScene().getRoot())
                .filter(DialogPane.class::isInstance)
                .findFirst()
                .orElse(null);
    }

    @Test
    void theNavigatorCountsWhatIsBroken() throws Exception {
        String pods = "/api/v1/namespaces/north/pods";
        assertFalse(said("Pod").contains("broken"), said("Pod"));
        app.api()
                .create(
                        pods,
                        "{apiVersion: v1, kind: Pod, metadata: {name: wreck}, spec: {nodeName: none,"
                                + " containers: [{name: c, image: c}]}}");
        app.api().merge(pods + "/wreck/status", "{\"status\":{\"phase\":\"Failed\"}}");
        awaitTrue(() -> said("Pod").equals("Pod, 1 object is broken"));
        Pictures.take(app, "problems");

        // All that count share one watch of pods, and so does the list beside.
        fx(() -> {
            app.window().open("Pod");
            return null;
        });
        awaitTrue(() -> app.names().contains("wreck"));
        awaitTrue(() -> app.text("#connection").equals("Live"));
        fx(() -> {
            app.window().workbench().open(Place.of("overview"), Where.SPLIT_RIGHT);
            return null;
        });
        awaitTrue(() -> app.isShown("#overview"));
        app.api().delete(pods + "/wreck?gracePeriodSeconds=0");
        awaitTrue(() -> said("Pod").equals("Pod"));
        awaitTrue(() -> !app.names().contains("wreck"));
        for (String form : List.of("/api/v1/pods?watch", "/api/v1/pods?limit")) {
            assertEquals(
                    1, app.requests().stream().filter(each -> each.path().contains(form)).count());
        }
    }

    /** What assistive technology reads for a kind in the navigator. */
    private static String said(String kind) throws Exception {
        return fx(() ->
                app.scene().getRoot().lookupAll("#kinds .tree-cell").stream()
                        .filter(node -> node instanceof Labeled cell && kind.equals(cell.getText()))
                        .map(node -> String.valueOf(node.getAccessibleText()))
                        .findFirst()
                        .orElse(""));
    }

    private static String maps(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    private static String map(String name, String place) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, labels: {place: %s}}}"
                .formatted(name, place);
    }

    private static String focused() throws Exception {
        return fx(() -> String.valueOf(app.scene().getFocusOwner().getId()));
    }
}
