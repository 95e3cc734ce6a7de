package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.kubeconfig.Connector;
import dev.pilothouse.ui.kubeconfig.KubeConfigs;
import dev.pilothouse.ui.kubeconfig.KubeContext;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts of kubeconfig files, against two control planes. */
class ClustersTest {

    private static final Kind NAMESPACES = new Kind("", "v1", "namespaces", "Namespace", false);

    @TempDir static Path here;
    @TempDir static Path there;

    private static WindowFixture app;
    private static WindowFixture other;

    @BeforeAll
    static void startBoth() throws Exception {
        app = new WindowFixture(here);
        other = new WindowFixture(there);
        other.api()
                .create(
                        "/api/v1/namespaces",
                        "{apiVersion: v1, kind: Namespace, metadata: {name: far-away}}");
        Files.writeString(
                here.resolve("kubeconfig-of-user"),
                Files.readString(there.resolve("kubeconfig")).replace("pilothouse", "second"));
    }

    @AfterAll
    static void stopBoth() throws Exception {
        app.close();
        other.close();
    }

    private static KubeContext context() {
        KubeConfigs read = KubeConfigs.read(List.of(there.resolve("kubeconfig")));
        assertEquals(List.of(), read.problems());
        return read.contexts().getFirst();
    }

    private static KubeContext context(String yaml) throws IOException {
        Path file = Files.writeString(there.resolve("other-kubeconfig"), yaml);
        KubeConfigs read = KubeConfigs.read(List.of(file));
        assertEquals(List.of(), read.problems());
        return read.contexts().getFirst();
    }

    @Test
    void opensASecondClusterReadOnly() throws Exception {
        fx(() -> {
            app.window().workbench().open(Place.of("clusters"), Where.TAB);
            return null;
        });
        awaitTrue(() -> fx(() -> card() != null));
        fx(() -> {
            ((CheckBox) card().lookup(".check-box")).fire();
            ((Button) card().lookup(".cluster-open")).fire();
            return null;
        });

        awaitTrue(() -> fx(() -> secondWindow() != null));
        awaitTrue(() -> fx(() -> secondWindow().getScene().lookup("#overview") != null));
        assertEquals(
                "Read only",
                fx(() -> secondWindow().getScene().lookup("#marks").toString())
                        .replaceAll(".*'(.*)'.*", "$1"));
        fx(() -> {
            secondWindow().close();
            return null;
        });
        assertTrue(app.settings().section("marks").path("second").path("readOnly").asBoolean());
    }

    @Test
    void theApiLayerOfAReadOnlyClusterRefusesChanges() throws Exception {
        try (HttpCluster cluster =
                new HttpCluster(Connector.access(context(), new Access.Marks(true, false)))) {
            assertFalse(cluster.objects(NAMESPACES, "", "").isEmpty());
            IOException refused =
                    assertThrows(
                            IOException.class,
                            () ->
                                    cluster.call(
                                            ApiCall.delete(
                                                    NAMESPACES.path("", "far-away"),
                                                    dev.pilothouse.model.json.Json.object())));
            assertTrue(refused.getMessage().contains("read only"), refused.getMessage());
        }
        assertEquals(200, other.api().code(NAMESPACES.path("", "far-away")));
    }

    @Test
    void impersonatesWhomTheFileNames() throws Exception {
        String yaml =
                Files.readString(there.resolve("kubeconfig"))
                        .replaceFirst(
                                "(?m)^( *)client-certificate",
                                "$1as: nobody-special\n$1client-certificate");
        try (HttpCluster cluster =
                new HttpCluster(Connector.access(context(yaml), Access.Marks.NONE))) {
            IOException refused =
                    assertThrows(IOException.class, () -> cluster.objects(NAMESPACES, "", ""));
            assertTrue(
                    refused.getMessage().contains("\"nobody-special\" cannot list"),
                    refused.getMessage());
        }
    }

    @Test
    void saysWhichCredentialProgramIsMissing() throws Exception {
        KubeContext context =
                context(
                        """
                        clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                        contexts: [{name: x, context: {cluster: c, user: u}}]
                        users:
                        - name: u
                          user:
                            exec:
                              apiVersion: client.authentication.k8s.io/v1
                              command: no-such-login-helper
                              installHint: Install it from the handbook.
                        """);

        IOException refused =
                assertThrows(IOException.class, () -> Connector.access(context, Access.Marks.NONE));

        assertTrue(refused.getMessage().contains("no-such-login-helper"), refused.getMessage());
        assertTrue(refused.getMessage().endsWith("Install it from the handbook."));
    }

    private static Node card() {
        return app.scene().lookup("#cluster-second");
    }

    private static Stage secondWindow() {
        return Window.getWindows().stream()
                .filter(Stage.class::isInstance)
                .map(Stage.class::cast)
                .filter(stage -> String.valueOf(stage.getTitle()).contains("second"))
                .findFirst()
                .orElse(null);
    }
}
