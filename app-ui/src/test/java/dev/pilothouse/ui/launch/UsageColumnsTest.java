package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.kubelet.node.Pressure;
import dev.pilothouse.ui.chart.Sparkline;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small charts in lists, of what is really measured. */
class UsageColumnsTest {

    @TempDir static Path directory;

    private static final NodeOptions NODES =
            new NodeOptions(0, 1, null, true, Pressure.Thresholds.DEFAULT);

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory, NODES);
        awaitTrue(() -> app.kinds().contains("Pod"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @Test
    void podsShowWhatTheyUseWhileTheyAreSeen() throws Exception {
        app.api()
                .create(
                        "/api/v1/namespaces/default/pods",
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: busy
                          annotations:
                            simulated.pilothouse.dev/cpu: 200m
                            simulated.pilothouse.dev/memory: 64Mi
                        spec: {containers: [{name: main, image: none}]}
                        """);
        app.open("Pod");
        awaitTrue(() -> app.names().contains("busy"));
        // What lies beyond the edge is not asked for.
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getColumns().stream().limit(4).forEach(column -> column.setPrefWidth(90));
            return null;
        });
        awaitTrue(() -> isCharted("200m") && isCharted("64 MiB"));
        Pictures.take(app, "usage");

        fx(() -> {
            app.window().workbench().open(Place.of("keys"), Where.TAB);
            return null;
        });
        long before = asked();
        // Longer than it takes until the next measurement is asked for.
        await().during(Duration.ofSeconds(17))
                .atMost(Duration.ofSeconds(60))
                .until(() -> asked() == before);
        assertEquals(before, asked());
    }

    private static long asked() {
        return app.requests().stream().filter(each -> each.path().contains("/history")).count();
    }

    private static boolean isCharted(String text) throws Exception {
        return fx(() ->
                app.<TableView<?>>find("#objects").lookupAll(".table-cell").stream()
                        .map(cell -> (TableCell<?, ?>) cell)
                        .anyMatch(cell ->
                                text.equals(cell.getText())
                                        && cell.getGraphic() instanceof Sparkline));
    }
}
