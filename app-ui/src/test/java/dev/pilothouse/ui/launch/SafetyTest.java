package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.workbench.Where;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user cannot do by mistake: in read-only clusters nothing, in protected ones not at once.
 */
class SafetyTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final Kind POD = new Kind("", "v1", "pods", "Pod", true);

    @TempDir Path directory;

    private WindowFixture app;

    @Test
    void aReadOnlyClusterOffersAndSendsNothingThatChangesIt() throws Exception {
        open(new Access.Marks(true, false));
        app.api()
                .create(PODS, "{metadata: {name: one}, spec: {containers: [{name: c, image: c}]}}");
        app.open("Pod");
        awaitTrue(() -> app.names().contains("one"));

        List<String> offered = menu("one");
        assertTrue(offered.containsAll(List.of("verb-logs", "verb-detail")), offered::toString);
        for (String not :
                List.of(
                        "verb-shell",
                        "verb-attach",
                        "verb-debug",
                        "verb-edit",
                        "verb-forward",
                        "action-evict",
                        "action-label",
                        "action-annotate",
                        "action-delete")) {
            assertFalse(offered.contains(not), not);
        }
        assertFalse(app.kinds().contains("Create"), app.kinds()::toString);
        assertFalse(app.kinds().contains("Port forwards"), app.kinds()::toString);
        assertFalse(app.isShown("#create"));
        app.press(KeyCode.D, true);
        assertEquals("", fx(SafetyTest::question));

        fx(() -> {
            app.window()
                    .workbench()
                    .open(Details.of(ObjectRef.of(POD, "default", "one")), Where.TAB);
            return null;
        });
        awaitTrue(() -> app.text("#detail-name").equals("one"));
        assertFalse(app.isShown("#detail-edit"));
        assertFalse(
                fx(() ->
                        app.<MenuButton>find("#detail-actions").getItems().stream()
                                .anyMatch(item -> "verb-edit".equals(item.getId()))));

        assertRefused(() -> app.cluster().call(ApiCall.delete(PODS + "/one", Json.object())));
        assertRefused(() -> app.cluster().call(ApiCall.post(PODS, Json.object())));
        assertRefused(() -> app.cluster().call(ApiCall.merge(PODS + "/one", Json.object())));
        WebSocket.Listener listener = new WebSocket.Listener() {};
        for (String stream : List.of("exec?command=sh", "attach?", "portforward?ports=80")) {
            assertRefused(() ->
                    app.cluster()
                            .webSocket(PODS + "/one/" + stream, "v5.channel.k8s.io", listener));
        }
        assertTrue(
                app.requests().stream().allMatch(request -> request.method().equals("GET")),
                "nothing but reading has been sent");
        app.close();
    }

    @Test
    void aProtectedClusterAsksForTheNameBeforeWhatCannotBeTakenBack() throws Exception {
        open(new Access.Marks(false, true));
        app.api().create(DEPLOYMENTS, deployment());
        app.open("Deployment");
        awaitTrue(() -> app.names().contains("web"));
        menu("web");

        app.type("r");
        awaitTrue(() -> fx(SafetyTest::question).contains("Deployment \u201cweb\u201d"));
        String question = fx(SafetyTest::question);
        assertTrue(question.contains("namespace \u201cdefault\u201d"), question);
        assertTrue(question.contains("127.0.0.1:"), question);
        assertTrue(fx(() -> SafetyTest.<Button>dialog("#restart-yes").isDisabled()));
        type("#restart-typed", "we");
        assertTrue(fx(() -> SafetyTest.<Button>dialog("#restart-yes").isDisabled()));
        assertEquals("", restartedAt());
        picture("confirm-restart");
        type("#restart-typed", "web");
        click("#restart-yes");
        awaitTrue(() -> !restartedAt().isEmpty());

        app.type("+");
        awaitTrue(() -> fx(() -> dialog("#scale-dialog-yes") != null));
        fx(() -> {
            SafetyTest.<Spinner<Integer>>dialog("#replicas").getValueFactory().setValue(0);
            return null;
        });
        click("#scale-dialog-yes");
        awaitTrue(() -> fx(() -> dialog("#scaleToZero-typed") != null));
        assertEquals(1, Json.number(app.api().get(DEPLOYMENTS + "/web"), 0, "spec", "replicas"));
        type("#scaleToZero-typed", "web");
        click("#scaleToZero-yes");
        awaitTrue(
                () -> Json.number(app.api().get(DEPLOYMENTS + "/web"), 9, "spec", "replicas") == 0);

        app.open("Node");
        awaitTrue(() -> app.names().contains("sim-00001") || !app.names().isEmpty());
        String node = app.names().getFirst();
        menu(node);
        fire("action-drain");
        awaitTrue(() -> fx(() -> dialog("#drain-typed") != null));
        assertTrue(fx(() -> SafetyTest.<Button>dialog("#drain-dialog-yes").isDisabled()));
        picture("drain-guarded");
        type("#drain-typed", node);
        assertFalse(fx(() -> SafetyTest.<Button>dialog("#drain-dialog-yes").isDisabled()));
        click("#drain-dialog-no");
        app.close();
    }

    @Test
    void tellsBeforehandWhereMorePodsGoAndWhatADrainLoses() throws Exception {
        open(Access.Marks.NONE);
        app.api().create(DEPLOYMENTS, deployment());
        awaitTrue(() ->
                Json.number(app.api().get(DEPLOYMENTS + "/web"), 0, "status", "readyReplicas")
                        == 1);
        app.open("Deployment");
        awaitTrue(() -> app.names().contains("web"));
        menu("web");
        app.type("+");
        awaitTrue(() -> fx(() -> dialog("#scale-dialog-yes") != null));
        fx(() -> {
            SafetyTest.<Spinner<Integer>>dialog("#replicas").getValueFactory().setValue(40);
            return null;
        });
        // Two nodes with eight cores each, of which one core is taken.
        awaitTrue(() ->
                fx(() -> SafetyTest.<Labeled>dialog("#scale-placement").getText())
                        .contains("of 39 more pods would find no node"));
        String told = fx(() -> SafetyTest.<Labeled>dialog("#scale-placement").getText());
        assertTrue(told.contains("sim-1 +") && told.contains("sim-2 +"), told);
        picture("scale-placement");
        click("#scale-dialog-no");

        String node = nodeOf("app=web");
        String other = node.equals("sim-1") ? "sim-2" : "sim-1";
        app.api()
                .create(
                        PODS,
                        "{metadata: {name: alone}, spec: {nodeName: %s, containers: [{name: c, image: c}]}}"
                                .formatted(node));
        app.api()
                .create(
                        "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
                        "{metadata: {name: calm}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}");
        awaitTrue(() ->
                Json.number(
                                app.api()
                                        .get(
                                                "/apis/policy/v1/namespaces/default/poddisruptionbudgets/calm"),
                                0,
                                "status",
                                "expectedPods")
                        == 1);
        app.open("Node");
        awaitTrue(() -> app.names().contains(node));
        menu(node);
        fire("action-drain");
        awaitTrue(() -> fx(() -> dialog("#drain-dialog-yes") != null));
        String fates = fx(() -> WindowFixture.texts(SafetyTest.dialog("#drain-pods")));
        assertTrue(fates.contains("Lost: nobody makes another one"), fates);
        assertTrue(
                fates.contains("Waits until budget calm allows it")
                        && fates.contains("to " + other),
                fates);
        assertTrue(fates.contains("loses emptyDir scratch"), fates);
        picture("drain-losses");
        click("#drain-dialog-no");
        app.close();
    }

    private String nodeOf(String selector) throws Exception {
        return Json.text(
                Json.objects(app.api().get(PODS + "?labelSelector=" + selector), "items")
                        .getFirst(),
                "spec",
                "nodeName");
    }

    private void open(Access.Marks marks) throws Exception {
        app = new WindowFixture(directory, new NodeOptions(0, 2), marks);
        awaitTrue(() -> app.kinds().contains("Deployment"));
    }

    private String restartedAt() throws Exception {
        return Json.text(
                app.api().get(DEPLOYMENTS + "/web"),
                "spec",
                "template",
                "metadata",
                "annotations",
                "kubectl.kubernetes.io/restartedAt");
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable executable) {
        IOException refused = assertThrows(IOException.class, executable);
        assertTrue(refused.getMessage().contains("read only"), refused.getMessage());
    }

    /** The ids of what the menu of a row offers. */
    private List<String> menu(String name) throws Exception {
        return fx(() -> {
            TableView<?> table = app.find("#objects");
            table.requestFocus();
            table.getSelectionModel().clearAndSelect(app.indexOf(table, name));
            ContextMenu menu = table.getContextMenu();
            menu.getOnShowing().handle(null);
            return new ArrayList<>(
                    menu.getItems().stream().map(item -> String.valueOf(item.getId())).toList());
        });
    }

    private void fire(String id) throws Exception {
        fx(() -> {
            app.<TableView<?>>find("#objects").getContextMenu().getItems().stream()
                    .filter(item -> id.equals(item.getId()))
                    .forEach(MenuItem::fire);
            return null;
        });
    }

    private void picture(String name) throws Exception {
        app.draw(fx(() -> SafetyTest.dialog(".dialog-pane").getScene()));
        Pictures.take(app, name);
        app.draw(null);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Node> T dialog(String id) {
        for (Window window : Window.getWindows()) {
            if (window.getScene().getRoot() instanceof DialogPane pane && pane.lookup(id) != null) {
                return (T) pane.lookup(id);
            }
        }
        return null;
    }

    /** What a dialog that is open asks. */
    private static String question() {
        for (Window window : Window.getWindows()) {
            if (window.getScene().getRoot() instanceof DialogPane pane) {
                return pane.getHeaderText() + "\n" + pane.getContentText();
            }
        }
        return "";
    }

    private static void type(String id, String text) throws Exception {
        fx(() -> {
            SafetyTest.<TextField>dialog(id).setText(text);
            return null;
        });
    }

    private static void click(String id) throws Exception {
        fx(() -> {
            SafetyTest.<Button>dialog(id).fire();
            return null;
        });
    }

    private static String deployment() {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 1
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: c, image: c, resources: {requests: {cpu: "1"}}}]
              volumes: [{name: scratch, emptyDir: {}}]
        """;
    }
}
