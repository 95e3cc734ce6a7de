package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.kubelet.node.Pressure;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts of what is really measured. */
class MetricsTest {

    @TempDir static Path directory;

    /** Host processes end with the test. */
    private static final NodeOptions NODES =
            new NodeOptions(0, 1, null, true, Pressure.Thresholds.DEFAULT);

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory, NODES);
        awaitTrue(() -> app.kinds().contains("Deployment"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @Test
    void chartsOfAWorkloadAndOfTheClusterShowWhatIsMeasured() throws Exception {
        app.api()
                .create(
                        "/apis/apps/v1/namespaces/default/deployments",
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: busy}
                        spec:
                          replicas: 2
                          selector: {matchLabels: {app: busy}}
                          template:
                            metadata:
                              labels: {app: busy}
                              annotations:
                                simulated.pilothouse.dev/cpu: 200m
                                simulated.pilothouse.dev/memory: 64Mi
                            spec:
                              containers:
                              - name: main
                                image: none
                                resources:
                                  requests: {cpu: 100m, memory: 32Mi}
                                  limits: {cpu: 500m, memory: 128Mi}
                        """);
        app.open("Deployment");
        awaitTrue(() -> app.names().contains("busy"));
        fx(() -> {
            TableView<Object> table = app.find("#objects");
            table.getSelectionModel().select(0);
            table.requestFocus();
            return null;
        });
        app.type("m");
        awaitTrue(() -> app.isShown("#metrics"));
        // Both pods use 200m and 64Mi: as the annotations say, and as kubectl top would show.
        awaitTrue(() -> text("#metrics-cpu").startsWith("CPU. all 400m"));
        assertTrue(
                text("#metrics-memory").startsWith("Memory. all 128 MiB"), text("#metrics-memory"));
        Pictures.take(app, "metrics");

        fx(() -> {
            app.window().workbench().pages().forEach(app.window().workbench()::close);
            app.window().workbench().open(Place.of("metrics"), Where.TAB);
            return null;
        });
        awaitTrue(() -> text("#metrics-cpu").matches("CPU\\. \\S+ (4|5)\\d\\dm"));
    }

    private static String text(String id) throws Exception {
        return fx(() -> {
            Node node = app.find(id);
            return node == null ? "" : String.valueOf(node.getAccessibleText());
        });
    }
}
