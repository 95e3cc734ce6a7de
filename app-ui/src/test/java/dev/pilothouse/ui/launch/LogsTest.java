package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.kubelet.node.Pressure;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of pods that run, restart and come anew, read by keyboard. */
class LogsTest {

    @TempDir static Path directory;

    /** Host processes end with the test. */
    private static final NodeOptions NODES =
            new NodeOptions(1, 1, null, true, Pressure.Thresholds.DEFAULT);

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
    void readsAndSearchesTheLogsOfAllPodsOfADeployment() throws Exception {
        app.api()
                .create(
                        "/apis/apps/v1/namespaces/default/deployments",
                        DeploymentYaml.of("web")
                                .replicas(3)
                                .annotations(
                                        """
                                        simulated.pilothouse.dev/log-rate: "20"
                                        simulated.pilothouse.dev/log-lines: |
                                          INFO request {n} served
                                          ERROR request {n} failed
                                        """)
                                .container("{name: main, image: none}")
                                .yaml());
        openLogs("Deployment", "web");
        awaitTrue(() -> number("#logs-count") > 30);
        awaitTrue(() -> chips().size() == 3);

        // Only errors: every other line.
        type("#log-filter", "request.*failed");
        press("#log-filter-regex");
        awaitTrue(() -> app.text("#logs-count").matches("[\\d,]+ of [\\d,]+ lines"));
        awaitTrue(() -> number("#logs-count") > 10);

        // Find in what is shown, go to the second hit, see what stands around it.
        type("#log-search", "request 4 ");
        awaitTrue(() -> app.text("#logs-count").contains("3 hits"));
        fx(() -> {
            app.<TextField>find("#log-search").requestFocus();
            return null;
        });
        app.press(KeyCode.ENTER, false);
        app.press(KeyCode.ENTER, false);
        awaitTrue(() -> line().contains("ERROR request 4 failed"));
        assertFalse(app.<ToggleButton>find("#log-follow").isSelected());
        fx(() -> {
            app.<ButtonBase>find("#logs-context").fire();
            return null;
        });
        awaitTrue(() -> app.isShown("#logs-back"));
        Pictures.take(app, "logs");
        awaitTrue(() -> app.text("#logs-count").matches("[\\d,]+ lines.*"));
        assertTrue(line().contains("ERROR request 4 failed"), LogsTest::line);

        // Paused, lines go on being counted; following goes to the end.
        awaitTrue(() -> app.text("#log-follow").matches("Paused · [\\d,]+ new"));
        fx(() -> {
            app.<Node>find("#log-lines").requestFocus();
            return null;
        });
        app.press(KeyCode.END, false);
        awaitTrue(() -> app.text("#log-follow").equals("Following"));

        // A pod that comes is read as well; those that go stay.
        app.api()
                .merge(
                        "/apis/apps/v1/namespaces/default/deployments/web/scale",
                        "{\"spec\":{\"replicas\":5}}");
        awaitTrue(() -> chips().size() == 5);
        app.api()
                .merge(
                        "/apis/apps/v1/namespaces/default/deployments/web/scale",
                        "{\"spec\":{\"replicas\":1}}");
        awaitTrue(() -> chips().stream().filter(chip -> chip.contains("Has ended")).count() == 4);
        assertFalse(app.text("#logs-count").contains("missing"), app.text("#logs-count"));
    }

    @Test
    void readsAHostProcessWithLevelsAndColoursAndSaysWhyOthersAreSilent() throws Exception {
        app.api()
                .create(
                        "/api/v1/namespaces/default/pods",
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: host}
                        spec:
                          runtimeClassName: host-process
                          containers:
                          - name: main
                            image: none
                            command:
                            - sh
                            - -c
                            - |
                              printf '\\033[31mERROR red\\033[0m\\n'
                              printf 'bin\\001\\377ary\\n'
                              echo '{"level":"warn","msg":"nearly full","disk":"sda1"}'
                              i=0; while [ $i -lt 500 ]; do echo "INFO line $i"; i=$((i+1)); done
                              exec sleep 1000
                        """);
        openLogs("Pod", "host");
        awaitTrue(() -> number("#logs-count") == 503);
        fx(() -> {
            app.<ComboBox<Object>>find("#log-level").getSelectionModel().select(2);
            return null;
        });
        awaitTrue(() -> app.text("#logs-count").equals("2 of 503 lines"));
        fx(() -> {
            app.<Node>find("#log-lines").requestFocus();
            return null;
        });
        // The number of lines may be there before the lines.
        awaitTrue(() -> {
            app.press(KeyCode.END, false);
            app.press(KeyCode.UP, false);
            return line().equals("nearly full  level=warn  disk=sda1");
        });
        app.press(KeyCode.UP, false);
        awaitTrue(() -> line().equals("ERROR red"));

        app.api()
                .create(
                        "/api/v1/namespaces/default/pods",
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: nowhere}
                        spec:
                          nodeSelector: {moon: base}
                          containers: [{name: main, image: none}]
                        """);
        openLogs("Pod", "nowhere");
        awaitTrue(() -> app.text("#logs-empty").contains("Unschedulable"));
    }

    /** Selects an object in its list and presses l. */
    private static void openLogs(String kind, String name) throws Exception {
        fx(() -> {
            // So that what is looked up by its id is that of the page that is seen.
            app.window().workbench().pages().stream()
                    .filter(page -> page.place().type().equals("logs"))
                    .forEach(app.window().workbench()::close);
            return null;
        });
        app.open(kind);
        awaitTrue(() -> app.names().contains(name));
        fx(() -> {
            TableView<Object> table = app.find("#objects");
            table.getSelectionModel().clearSelection(); // what was selected before comes back
            for (Object row : table.getItems()) {
                if (row.toString().equals(name)) {
                    table.getSelectionModel().select(row);
                }
            }
            table.requestFocus();
            return null;
        });
        app.type("l");
        awaitTrue(() -> app.isShown("#logs"));
    }

    private static void type(String field, String text) throws Exception {
        awaitTrue(() -> app.isShown(field));
        fx(() -> {
            app.<TextField>find(field).setText(text);
            return null;
        });
    }

    private static void press(String button) throws Exception {
        fx(() -> {
            app.<ButtonBase>find(button).fire();
            return null;
        });
    }

    /** The first number of a text. */
    private static int number(String id) throws Exception {
        String digits = app.text(id).replace(",", "").replaceAll("^\\D*(\\d*).*$", "$1");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** The current line. */
    private static String line() {
        try {
            return fx(() -> String.valueOf(app.<Node>find("#log-lines").getAccessibleText()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> chips() throws Exception {
        return fx(() ->
                app.scene().getRoot().lookupAll(".log-chip").stream()
                        .map(chip -> ((Labeled) chip).getAccessibleText())
                        .collect(Collectors.toSet()));
    }
}
