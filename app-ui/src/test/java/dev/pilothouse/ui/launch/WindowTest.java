package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.theme.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window before the real control plane, while another client changes the cluster. */
class WindowTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir static Path directory;

    private static WindowFixture app;

    /** One cluster and one window for all tests; each makes objects of its own. */
    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory);
    }

    @BeforeEach
    void showNamespaces() throws Exception {
        fx(() -> {
            app.<TextField>find("#jump").clear();
            return null;
        });
        awaitTrue(() -> app.kinds().contains("ConfigMap"));
        app.open("ConfigMap");
        awaitTrue(() -> app.isShown("#namespace"));
        app.chooseNamespaces();
        fx(() -> {
            app.<TextField>find("#filter").clear();
            return null;
        });
        app.open("Namespace");
        awaitTrue(() -> app.names().contains("kube-system"));
        fx(() -> {
            app.<TableView<?>>find("#objects").requestFocus();
            return null;
        });
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @Test
    void listsKindsInSectionsAndDefinitionsAsTheyCome() throws Exception {
        List<String> kinds = app.kinds();
        assertTrue(kinds.indexOf("Workloads") < kinds.indexOf("Deployment"), kinds::toString);
        assertTrue(kinds.indexOf("Deployment") < kinds.indexOf("Network"), kinds::toString);
        assertTrue(kinds.contains("ConfigMap"), kinds::toString);
        assertFalse(kinds.contains("Custom resources"), kinds::toString);

        app.api()
                .create(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                        """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: boats.harbour.example.com}
                        spec:
                          group: harbour.example.com
                          scope: Namespaced
                          names: {plural: boats, singular: boat, kind: Boat, listKind: BoatList}
                          versions:
                          - name: v1
                            served: true
                            storage: true
                            schema:
                              openAPIV3Schema:
                                type: object
                                x-kubernetes-preserve-unknown-fields: true
                        """);
        awaitTrue(() -> app.kinds().contains("Boat"));
        assertEquals(app.kinds().indexOf("Custom resources") + 1, app.kinds().indexOf("Boat"));

        app.open("Boat");
        app.api()
                .create(
                        "/apis/harbour.example.com/v1/namespaces/default/boats",
                        "{apiVersion: harbour.example.com/v1, kind: Boat, metadata: {name: ada}}");
        awaitTrue(() -> app.names().equals(List.of("ada")));

        app.open("Namespace");
        app.api()
                .delete(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/boats.harbour.example.com");
        awaitTrue(() -> !app.kinds().contains("Boat"));
    }

    @Test
    void followsWhatOthersCreateChangeAndDelete() throws Exception {
        app.open("ConfigMap");
        awaitTrue(() -> app.text("#title").equals("ConfigMap"));
        awaitTrue(() -> app.text("#connection").equals("Live"));

        app.api().create(MAPS, map("harbour", "one"));
        awaitTrue(() -> app.names().contains("harbour"));

        select("harbour");
        app.type("v");
        awaitTrue(() -> beside().contains("value\none\n"));
        assertEquals("objects", fx(() -> app.scene().getFocusOwner().getId()));

        app.api().merge(MAPS + "/harbour", "{\"data\":{\"value\":\"two\"}}");
        awaitTrue(() -> beside().contains("value\ntwo\n"));

        app.api().delete(MAPS + "/harbour");
        awaitTrue(() -> !app.names().contains("harbour"));
        awaitTrue(() -> app.text("#detail .note").contains("has been deleted"));

        app.press(KeyCode.ESCAPE, false);
        awaitTrue(() -> !app.isShown("#detail"));
    }

    @Test
    void besideTheListIsWhatIsSelectedAndEnterOpensAllOfIt() throws Exception {
        select("default");
        app.type("v");
        awaitTrue(() -> beside().contains("kubernetes.io/metadata.name=default"));
        select("kube-system");
        awaitTrue(() -> beside().contains("kubernetes.io/metadata.name=kube-system"));
        Pictures.take(app, "beside");
        app.type("v");
        assertFalse(app.isShown("#detail"));

        app.press(KeyCode.ENTER, false);
        awaitTrue(() -> app.text("#detail-name").equals("kube-system"));
        fx(() -> {
            app.window().workbench().close(app.window().workbench().current().get());
            return null;
        });
    }

    /** All texts of the pane beside the list. */
    private static String beside() throws Exception {
        return fx(() -> {
            StringBuilder found = new StringBuilder();
            Node pane = app.scene().lookup("#detail");
            if (pane != null) {
                collectTexts(pane, found);
            }
            return found.toString();
        });
    }

    private static void collectTexts(Node node, StringBuilder found) {
        if (node instanceof Labeled label && label.getText() != null) {
            found.append(label.getText()).append('\n');
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collectTexts(child, found));
        }
    }

    @Test
    void deletesOnlyAfterAskingAndNamesWhat() throws Exception {
        app.api().create(MAPS, map("doomed", "x"));
        app.open("ConfigMap");
        awaitTrue(() -> app.names().contains("doomed"));
        select("doomed");

        app.press(KeyCode.D, true);
        awaitTrue(() -> dialogButton("#delete-yes") != null);
        String question = fx(() -> dialogText());
        assertTrue(question.contains("ConfigMap \u201cdoomed\u201d"), question);
        assertTrue(question.contains("namespace \u201cdefault\u201d"), question);
        assertTrue(question.contains("127.0.0.1:"), question);
        assertTrue(fx(() -> dialogButton("#delete-no").isDefaultButton()));
        click("#delete-no");
        assertEquals(200, app.api().code(MAPS + "/doomed"));

        app.press(KeyCode.D, true);
        awaitTrue(() -> dialogButton("#delete-yes") != null);
        click("#delete-yes");
        awaitTrue(() -> !app.names().contains("doomed"));
        assertEquals(404, app.api().code(MAPS + "/doomed"));
    }

    @Test
    void scalesByKeyAndSaysSo() throws Exception {
        String deployments = "/apis/apps/v1/namespaces/default/deployments";
        app.api().create(deployments, DeploymentYaml.of("scaled").yaml());
        app.open("Deployment");
        awaitTrue(() -> app.names().contains("scaled"));
        select("scaled");

        app.type("+");
        awaitTrue(() -> dialogButton("#scale-dialog-yes") != null);
        fx(() -> {
            dialog("#replicas", Spinner.class).getEditor().setText("4");
            return null;
        });
        click("#scale-dialog-yes");

        awaitTrue(() -> app.text("#notice").contains("4 replicas"));
        assertEquals(4, app.api().get(deployments + "/scaled").at("/spec/replicas").asInt());
    }

    @Test
    void cordonsDrainsAndUncordonsNodes() throws Exception {
        app.api().create("/api/v1/nodes", "{apiVersion: v1, kind: Node, metadata: {name: dock}}");
        app.api()
                .create(
                        "/api/v1/namespaces/default/pods",
                        "{apiVersion: v1, kind: Pod, metadata: {name: sailor}, spec: {nodeName:"
                                + " dock, containers: [{name: c, image: c}]}}");
        app.open("Node");
        awaitTrue(() -> app.names().contains("dock"));
        select("dock");

        app.type("c");
        awaitTrue(() -> unschedulable("dock"));
        app.type("c");
        awaitTrue(() -> !unschedulable("dock"));

        app.type("v");
        awaitTrue(() -> app.isShown("#detail"));
        fx(() -> {
            app.<MenuButton>find("#actions").getItems().stream()
                    .filter(item -> "action-drain".equals(item.getId()))
                    .forEach(MenuItem::fire);
            return null;
        });
        awaitTrue(() -> dialogButton("#drain-dialog-yes") != null);
        assertTrue(
                fx(() -> dialog("#drain-summary", Labeled.class).getText())
                        .contains("1 pod is lost"));
        assertTrue(fx(() -> dialogButton("#drain-dialog-yes").isDisabled()));
        fx(() -> {
            dialog("#drain-accept", CheckBox.class).setSelected(true);
            return null;
        });
        click("#drain-dialog-yes");
        // Nobody runs the pod, so its end has to be confirmed in the node agent's place.
        awaitTrue(() -> {
            String pod = "/api/v1/namespaces/default/pods/sailor";
            if (app.api().code(pod) == 404) {
                return true;
            }
            if (!app.api().get(pod).at("/metadata/deletionTimestamp").isMissingNode()) {
                app.api().delete(pod + "?gracePeriodSeconds=0");
            }
            return false;
        });
        awaitTrue(() ->
                fx(() -> dialog("#drain-summary", Labeled.class).getText())
                        .equals("Node dock is drained."));
        assertTrue(unschedulable("dock"));
        click("#drain-dialog-no");
        app.api().delete("/api/v1/nodes/dock");
    }

    private static boolean unschedulable(String node) throws Exception {
        return app.api().get("/api/v1/nodes/" + node).at("/spec/unschedulable").asBoolean();
    }

    @Test
    void filtersAndChoosesNamespaces() throws Exception {
        app.api()
                .create(
                        "/api/v1/namespaces",
                        "{apiVersion: v1, kind: Namespace, metadata: {name: fleet}}");
        app.api().create(MAPS, map("alpha", "x"));
        app.api().create("/api/v1/namespaces/fleet/configmaps", map("beta", "x"));
        app.open("ConfigMap");
        awaitTrue(() -> app.names().containsAll(List.of("alpha", "beta")));

        app.type("/");
        assertEquals("filter", fx(() -> app.scene().getFocusOwner().getId()));
        fx(() -> {
            app.<TextField>find("#filter").setText("ALPH");
            return null;
        });
        assertEquals(List.of("alpha"), app.names());
        assertTrue(app.text("#count").startsWith("1 of "), app.text("#count"));
        app.press(KeyCode.ESCAPE, false);
        assertTrue(app.names().contains("beta"));
        assertEquals("All namespaces", fx(() -> chosenNamespace()));

        app.chooseNamespaces("fleet");
        assertEquals("fleet", fx(() -> chosenNamespace()));
        awaitTrue(() -> app.names().contains("beta") && !app.names().contains("alpha"));
    }

    @Test
    void jumpsToAKindByTyping() throws Exception {
        app.type(":");
        assertEquals("jump", fx(() -> app.scene().getFocusOwner().getId()));
        fx(() -> {
            app.<TextField>find("#jump").setText("secret");
            return null;
        });
        assertEquals(List.of("Config", "Secret"), app.kinds());

        app.press(KeyCode.ENTER, false);

        awaitTrue(() -> app.text("#title").equals("Secret"));
        assertTrue(app.kinds().contains("ConfigMap"));
        awaitTrue(() -> fx(() -> app.scene().lookup("#objects .empty-title") != null));
    }

    @Test
    void saysThatTheServerIsGoneAndHeals() throws Exception {
        app.stopServer();
        awaitTrue(() -> app.text("#connection").equals("Connection lost"));
        assertTrue(app.isShown("#lost"));
        assertTrue(app.names().contains("kube-system"));

        app.startServerAgain();

        awaitTrue(() -> app.text("#connection").equals("Live"));
        awaitTrue(() -> !app.isShown("#lost"));
        app.api()
                .create(
                        "/api/v1/namespaces",
                        "{apiVersion: v1, kind: Namespace, metadata: {name: after}}");
        awaitTrue(() -> app.names().contains("after"));
    }

    @Test
    void keepsTheSelectionOnItsObject() throws Exception {
        select("kube-system");

        app.api()
                .create(
                        "/api/v1/namespaces",
                        "{apiVersion: v1, kind: Namespace, metadata: {name: aaa}}");

        awaitTrue(() -> app.names().contains("aaa"));
        assertEquals(
                "kube-system",
                fx(() ->
                        app.<TableView<?>>find("#objects")
                                .getSelectionModel()
                                .getSelectedItem()
                                .toString()));
    }

    @Test
    void everyControlHasAName() throws Exception {
        select("default");
        app.type("v");
        awaitTrue(() -> app.isShown("#detail"));

        List<String> nameless =
                fx(() -> {
                    List<String> found = new ArrayList<>();
                    collectNameless(app.scene().getRoot(), found);
                    return found;
                });

        assertEquals(List.of(), nameless);
    }

    @Test
    void bothThemesAreReadable() throws Exception {
        for (Theme theme : Theme.values()) {
            double contrast =
                    fx(() -> {
                        theme.apply();
                        app.scene().getRoot().applyCss();
                        var title = (Labeled) app.scene().lookup("#title");
                        var pane = (javafx.scene.layout.Region) app.scene().lookup(".objects-pane");
                        var ground = (Color) pane.getBackground().getFills().getLast().getFill();
                        return contrast((Color) title.getTextFill(), ground);
                    });
            assertTrue(contrast >= 4.5, theme + ": " + contrast);
        }
    }

    private static String map(String name, String value) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {value: %s}}"
                .formatted(name, value);
    }

    private static String chosenNamespace() {
        return ((Labeled) app.scene().lookup("#namespace")).getText();
    }

    private static void select(String name) throws Exception {
        int at = app.names().indexOf(name);
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.requestFocus();
            table.getSelectionModel().clearAndSelect(at);
            return null;
        });
    }

    private static Button dialogButton(String id) {
        for (Window window : Window.getWindows()) {
            if (window.getScene().lookup(id) instanceof Button button) {
                return button;
            }
        }
        return null;
    }

    private static <T> T dialog(String id, Class<T> type) {
        for (Window window : Window.getWindows()) {
            Node found = window.getScene().lookup(id);
            if (type.isInstance(found)) {
                return type.cast(found);
            }
        }
        throw new AssertionError("no " + id);
    }

    private static String dialogText() {
        for (Window window : Window.getWindows()) {
            if (window.getScene().getRoot() instanceof javafx.scene.control.DialogPane pane) {
                return pane.getHeaderText() + WindowFixture.texts(pane);
            }
        }
        return "";
    }

    private static void click(String id) throws Exception {
        fx(() -> {
            dialogButton(id).fire();
            return null;
        });
    }

    /** Controls that can be used but would be read out as nothing. */
    private static void collectNameless(Node node, List<String> found) {
        boolean speaks =
                node.getAccessibleText() != null
                        || (node instanceof Labeled label
                                && label.getText() != null
                                && !label.getText().isBlank());
        boolean used =
                node.getId() != null && node instanceof ButtonBase
                        || node instanceof Button
                        || node instanceof CheckBox
                        || node instanceof TextInputControl
                        || node instanceof ComboBoxBase<?>
                        || node instanceof TableView<?>
                        || node instanceof TreeView<?>;
        if (used && !speaks) {
            found.add(node.toString());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collectNameless(child, found));
        }
    }

    /** The ratio WCAG 2 defines. */
    private static double contrast(Color one, Color other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed())
                + 0.7152 * linear(color.getGreen())
                + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
