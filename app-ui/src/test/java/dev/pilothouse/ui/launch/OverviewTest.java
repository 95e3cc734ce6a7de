package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.ui.map.Maps;
import dev.pilothouse.ui.overview.Overviews;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overview before the real control plane: from what is wrong to why. */
class OverviewTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir static Path directory;

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory, new NodeOptions(0, 1));
        awaitTrue(() -> app.kinds().contains("Pod"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @Test
    void leadsFromAProblemToItsCauseAndToItsList() throws Exception {
        open();
        awaitTrue(() -> app.text("#overview-title").equals("Nothing is wrong"));

        app.api().create(PODS, crasher("one"));
        app.api().create(PODS, crasher("two"));
        app.api()
                .create(
                        PODS,
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: wide, namespace: default}
                        spec:
                          containers:
                          - name: main
                            image: nginx
                            resources: {requests: {cpu: "64"}}
                        """);
        awaitTrue(() -> app.texts().contains("2 Pod \u00b7 CrashLoopBackOff"));
        awaitTrue(() -> app.texts().contains("1 Pod \u00b7 Pending"));
        awaitTrue(() ->
                app.texts().contains("CPU (cores)") && app.texts().contains("FailedScheduling"));
        assertTrue(
                app.texts().indexOf("CrashLoopBackOff")
                        < app.texts().indexOf("1 Pod \u00b7 Pending"),
                "what is broken comes first");
        countsWhatHappenedBeforeItWasOpened();
        Pictures.take(app, "overview");

        fire("#why-Pod-CrashLoopBackOff");
        awaitTrue(() -> app.texts().contains("ends again and again"));

        open();
        awaitTrue(() -> app.scene().lookup("#problem-Pod-Pending") != null);
        fire("#problem-Pod-Pending");
        awaitTrue(() -> app.text("#title").equals("Pod") && app.text("#filter").equals("Pending"));
        awaitTrue(() -> app.names().toString().contains("wide"));

        for (String name : new String[] {"one", "two", "wide"}) {
            app.api().delete(PODS + "/" + name);
        }
        open();
        awaitTrue(() -> app.text("#overview-title").equals("Nothing is wrong"));
    }

    /** The events of the pods are listed now, and count at the time they say. */
    private static void countsWhatHappenedBeforeItWasOpened() throws Exception {
        app.api()
                .create(
                        "/api/v1/namespaces/default/events",
                        """
                        apiVersion: v1
                        kind: Event
                        metadata: {name: old.1, namespace: default}
                        involvedObject: {kind: Pod, name: gone, namespace: default}
                        type: Warning
                        reason: Ancient
                        message: long ago
                        firstTimestamp: "2020-01-01T00:00:00Z"
                        lastTimestamp: "2020-01-01T00:00:00Z"
                        """);
        app.closePages();
        open();
        awaitTrue(() -> app.texts().contains("Ancient"));
        Matcher rate = Pattern.compile("(\\d+) events in the last 30 min").matcher(app.texts());
        assertTrue(rate.find(), app.texts());
        int listed = Json.objects(app.api().get("/api/v1/events"), "items").size();
        int counted = Integer.parseInt(rate.group(1));
        assertTrue(counted > 0 && counted < listed, counted + " of " + listed);
        assertTrue(
                app.texts().indexOf("FailedScheduling") < app.texts().indexOf("Ancient"),
                app.texts());
    }

    /** What a new user sees first. */
    @Test
    void theFirstPageIsTheOverview() throws Exception {
        Path fresh = directory.resolve("fresh");
        try (WindowFixture other = new WindowFixture(fresh)) {
            awaitTrue(() -> other.isShown("#overview"));
            assertEquals(1, other.window().workbench().pages().size());
        }
    }

    /** A workload, its service and what opens when one goes there by keyboard. */
    @Test
    void mapLeadsToObjectsByKeyboard() throws Exception {
        app.api().create("/api/v1/namespaces", "{metadata: {name: chart}}");
        app.api()
                .create(
                        "/apis/apps/v1/namespaces/chart/deployments",
                        DeploymentYaml.of("front").replicas(12).yaml());
        app.api()
                .create(
                        "/api/v1/namespaces/chart/services",
                        "{metadata: {name: front}, spec: {selector: {app: front}, ports: [{port: 80}]}}");
        fx(() -> {
            app.window().workbench().open(Place.of(Maps.TYPE), Where.TAB);
            return null;
        });
        awaitTrue(() -> accessible("#map").contains("12 pods"));
        Pictures.take(app, "map");

        for (int i = 0; i < 20 && !accessible("#map").startsWith("Deployment front"); i++) {
            app.press(KeyCode.RIGHT, false);
        }
        app.press(KeyCode.ENTER, false);

        awaitTrue(() -> app.text("#detail-name").equals("front"));
    }

    private static String accessible(String id) throws Exception {
        return fx(() -> {
            Node node = app.scene().lookup(id);
            return node == null ? "" : String.valueOf(node.getAccessibleText());
        });
    }

    private static String crasher(String name) {
        return """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: default
          annotations: {simulated.pilothouse.dev/crash-loop: "true"}
        spec: {terminationGracePeriodSeconds: 0, containers: [{name: main, image: nginx}]}
        """
                .formatted(name);
    }

    private static void open() throws Exception {
        app.openPage(Place.of(Overviews.TYPE));
    }

    /** A pod that crashes again and again runs for a moment, and is no problem then. */
    private static void fire(String id) {
        awaitTrue(() ->
                fx(() -> {
                    if (app.scene().lookup(id) instanceof ButtonBase button) {
                        button.fire();
                        return true;
                    }
                    return false;
                }));
    }
}
