package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.kubelet.node.Pressure;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell in a pod, opened and used by keyboard. */
class TerminalPageTest {

    @TempDir static Path directory;

    /** Host processes end with the test. */
    private static final NodeOptions NODES =
            new NodeOptions(1, 0, null, true, Pressure.Thresholds.DEFAULT);

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
    void opensAShellTypesAndSeesTheExitCode() throws Exception {
        app.api()
                .create(
                        "/api/v1/namespaces/default/pods",
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: box}
                        spec:
                          runtimeClassName: host-process
                          containers:
                          - {name: main, image: none, command: [sleep, "1000"]}
                        """);
        app.open("Pod");
        awaitTrue(() -> app.names().contains("box"));
        awaitTrue(() ->
                app.api()
                        .get("/api/v1/namespaces/default/pods/box")
                        .toString()
                        .contains("\"running\":"));
        fx(() -> {
            TableView<Object> table = app.find("#objects");
            table.getSelectionModel().select(0);
            table.requestFocus();
            return null;
        });
        app.type("s");
        awaitTrue(() -> app.isShown("#terminal"));
        awaitTrue(() -> fx(() -> app.<Node>find("#terminal-screen").isFocused()));
        Path made = directory.resolve("typed");
        // What is typed is done there: by letters, and by keys that stand for none.
        awaitTrue(() -> app.text("#terminal-state").isEmpty());
        line("echo $((6*7))-$TERM > " + made);
        awaitTrue(() -> made.toFile().length() > 0);
        assertEquals("42-xterm-256color\n", Files.readString(made));
        line("exit 3");
        awaitTrue(() -> app.text("#terminal-state").equals("Ended with exit code 3."));
        fx(() -> {
            app.<ButtonBase>find("#terminal-again").fire();
            return null;
        });
        awaitTrue(() -> app.text("#terminal-state").isEmpty());
        Path size = directory.resolve("size");
        line("stty size > " + size);
        awaitTrue(() -> size.toFile().length() > 0);
        assertTrue(
                Integer.parseInt(Files.readString(size).strip().split(" ")[1]) > 60,
                () -> "the size of the terminal is not told");
    }

    private static void line(String text) throws Exception {
        for (char c : text.toCharArray()) {
            app.type(String.valueOf(c));
        }
        app.press(KeyCode.ENTER, false);
    }
}
