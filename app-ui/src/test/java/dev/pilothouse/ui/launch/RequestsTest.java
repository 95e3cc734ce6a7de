package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.cluster.SentRequest;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the window sends is what kubectl sends for the same, and the window shows it. */
class RequestsTest {

    private static final String WEB = "/apis/apps/v1/namespaces/default/deployments/web";
    private static final String TICK = "/apis/batch/v1/namespaces/default/cronjobs/tick";
    private static final String NODE = "/api/v1/nodes/dock";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String MERGE = "application/merge-patch+json";

    /**
     * What kubectl 1.32 was seen to send (kubectl -v=8), without its field manager, which names the
     * client, and with times left out.
     */
    private static final List<Fact> KUBECTL =
            List.of(
                    // kubectl scale deployment/web --replicas=3
                    new Fact(
                            "scale", "PATCH", WEB + "/scale", MERGE, "{\"spec\":{\"replicas\":3}}"),
                    // kubectl rollout restart deployment/web
                    new Fact(
                            "restart",
                            "PATCH",
                            WEB,
                            STRATEGIC,
                            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":"
                                    + "{\"kubectl.kubernetes.io/restartedAt\":\"TIME\"}}}}}"),
                    // kubectl set image deployment/web c=nginx:1.28
                    new Fact(
                            "setImage",
                            "PATCH",
                            WEB,
                            STRATEGIC,
                            "{\"spec\":{\"template\":{\"spec\":{\"$setElementOrder/containers\":"
                                    + "[{\"name\":\"c\"}],\"containers\":"
                                    + "[{\"image\":\"nginx:1.28\",\"name\":\"c\"}]}}}}"),
                    // kubectl rollout pause deployment/web
                    new Fact("pause", "PATCH", WEB, STRATEGIC, "{\"spec\":{\"paused\":true}}"),
                    // kubectl rollout resume deployment/web
                    new Fact("resume", "PATCH", WEB, STRATEGIC, "{\"spec\":{\"paused\":null}}"),
                    // kubectl patch cronjob tick -p '{"spec":{"suspend":true}}'
                    new Fact("suspend", "PATCH", TICK, STRATEGIC, "{\"spec\":{\"suspend\":true}}"),
                    // kubectl create job --from=cronjob/tick; the body is protobuf there
                    new Fact(
                            "trigger",
                            "POST",
                            "/apis/batch/v1/namespaces/default/jobs",
                            "application/json",
                            "*"),
                    // kubectl cordon dock
                    new Fact(
                            "cordon",
                            "PATCH",
                            NODE,
                            STRATEGIC,
                            "{\"spec\":{\"unschedulable\":true}}"),
                    // kubectl uncordon dock
                    new Fact(
                            "uncordon",
                            "PATCH",
                            NODE,
                            STRATEGIC,
                            "{\"spec\":{\"unschedulable\":null}}"),
                    // kubectl delete cronjob tick
                    new Fact("delete", "DELETE", TICK, "application/json", "*"));

    @TempDir static Path directory;

    private static WindowFixture app;

    private record Fact(String action, String method, String path, String type, String body) {}

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory);
        app.api()
                .create(
                        "/apis/apps/v1/namespaces/default/deployments",
                        DeploymentYaml.of("web")
                                .container("{name: c, image: 'nginx:1.27'}")
                                .yaml());
        app.api()
                .create(
                        "/apis/batch/v1/namespaces/default/cronjobs",
                        """
                        apiVersion: batch/v1
                        kind: CronJob
                        metadata: {name: tick}
                        spec:
                          schedule: "0 0 1 1 *"
                          jobTemplate:
                            spec:
                              template:
                                spec:
                                  restartPolicy: Never
                                  containers: [{name: c, image: busybox}]
                        """);
        app.api().create("/api/v1/nodes", "{apiVersion: v1, kind: Node, metadata: {name: dock}}");
        awaitTrue(() -> app.kinds().contains("Deployment"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @Test
    void everyActionSendsWhatKubectlSends() throws Exception {
        for (Fact fact : KUBECTL) {
            int before = changes().size();

            act(fact);

            awaitTrue(() -> changes().size() > before && answered(changes().getLast()));
            SentRequest sent = changes().getLast();
            assertEquals(before + 1, changes().size(), fact.action);
            assertEquals(fact.method + " " + fact.path, sent.method() + " " + sent.path());
            assertEquals(fact.type, sent.contentType(), fact.action);
            if (!fact.body.equals("*")) {
                assertEquals(
                        fact.body,
                        sent.body().replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z", "TIME"),
                        fact.action);
            }
            assertTrue(sent.status() < 300, fact.action + " " + sent.status());
        }
        showsThemInTheirScreen();
    }

    private static void showsThemInTheirScreen() throws Exception {
        fx(() -> {
            app.window().workbench().open(Place.of("requests"), Where.TAB);
            return null;
        });
        awaitTrue(() -> app.isShown("#requests") && app.isShown("#requests-changes"));
        fx(() -> {
            app.<CheckBox>find("#requests-changes").fire();
            return null;
        });
        TableView<SentRequest> table = app.find("#requests");
        awaitTrue(() -> fx(() -> table.getItems().size()) == KUBECTL.size());
        fx(() -> {
            // The newest come first.
            table.getSelectionModel().select(KUBECTL.size() - 1);
            table.requestFocus();
            return null;
        });
        assertTrue(
                fx(() -> app.<TextArea>find("#request-body").getText())
                        .startsWith("PATCH " + WEB + "/scale"));

        app.type("k");
        assertEquals(
                "kubectl patch deployments.v1.apps web -n default --subresource=scale"
                        + " --type=merge -p '{\"spec\":{\"replicas\":3}}'",
                fx(() -> Clipboard.getSystemClipboard().getString()));
        app.type("c");
        String curl = fx(() -> Clipboard.getSystemClipboard().getString());
        assertTrue(curl.contains(" -X PATCH "), curl);
        assertTrue(curl.contains("-H 'Content-Type: application/merge-patch+json'"), curl);
        assertTrue(curl.endsWith("/deployments/web/scale'"), curl);
        app.press(KeyCode.W, true);
    }

    private static void act(Fact fact) throws Exception {
        String kind =
                fact.path.contains("/deployments")
                        ? "Deployment"
                        : fact.path.contains("/nodes") ? "Node" : "CronJob";
        String name = kind.equals("Deployment") ? "web" : kind.equals("Node") ? "dock" : "tick";
        app.open(kind);
        awaitTrue(() -> app.names().contains(name));
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getSelectionModel().clearAndSelect(app.indexOf(table, name));
            ContextMenu menu = table.getContextMenu();
            menu.getOnShowing().handle(null);
            menu.getItems().stream()
                    .filter(item -> ("action-" + fact.action).equals(item.getId()))
                    .findFirst()
                    .ifPresent(MenuItem::fire);
            return null;
        });
        switch (fact.action) {
            case "scale" -> {
                awaitTrue(() -> dialog("#scale-dialog-yes", Button.class) != null);
                fx(() -> {
                    dialog("#replicas", Spinner.class).getEditor().setText("3");
                    dialog("#scale-dialog-yes", Button.class).fire();
                    return null;
                });
            }
            case "setImage" -> {
                awaitTrue(() -> dialog("#image-dialog-yes", Button.class) != null);
                fx(() -> {
                    dialog("#image", TextInputControl.class).setText("nginx:1.28");
                    dialog("#image-dialog-yes", Button.class).fire();
                    return null;
                });
            }
            case "delete" -> {
                awaitTrue(() -> dialog("#delete-yes", Button.class) != null);
                fx(() -> {
                    dialog("#delete-yes", Button.class).fire();
                    return null;
                });
            }
            default -> {}
        }
    }

    private static List<SentRequest> changes() {
        return app.requests().stream().filter(SentRequest::isChange).toList();
    }

    private static boolean answered(SentRequest request) {
        return request.status() != 0 || !request.failure().isEmpty();
    }

    private static <T> T dialog(String id, Class<T> type) {
        for (Window window : Window.getWindows()) {
            Object found = window.getScene().lookup(id);
            if (type.isInstance(found)) {
                return type.cast(found);
            }
        }
        return null;
    }
}
