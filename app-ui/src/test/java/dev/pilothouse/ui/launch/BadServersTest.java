package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.fx.PulseHop;
import dev.pilothouse.ui.settings.Settings;
import dev.pilothouse.ui.shell.MainWindow;
import dev.pilothouse.ui.testing.FaultyServer;
import dev.pilothouse.ui.theme.Theme;
import dev.pilothouse.ui.workbench.Place;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ProgressIndicator;
import javafx.stage.Stage;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows onto servers that refuse, are not there, or are none: what they say, and what to do. */
class BadServersTest {

    @TempDir static Path directory;

    private static WindowFixture app;

    private Other other;

    /** A window onto some cluster. */
    private record Other(HttpCluster cluster, MainWindow window, Stage stage) {}

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory);
        awaitTrue(() -> app.kinds().contains("ConfigMap"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @AfterEach
    void closeOther() throws Exception {
        if (other != null) {
            fx(() -> {
                app.draw(null);
                other.window.close();
                other.stage.close();
                return null;
            });
            other.cluster.close();
        }
        app.closePages();
    }

    private void open(Access access) throws Exception {
        HttpCluster cluster = new HttpCluster(access);
        other =
                fx(() -> {
                    var window =
                            new MainWindow(
                                    cluster,
                                    new PulseHop(),
                                    Settings.of(directory.resolve("other-settings.json")),
                                    new OtherClusters(
                                            new PulseHop(),
                                            app.settings(),
                                            List.of(),
                                            stage -> stage));
                    var scene = new Scene(window.root(), 1000, 700);
                    Theme.decorate(scene);
                    var stage = new Stage();
                    stage.setScene(scene);
                    stage.show();
                    app.draw(scene);
                    return new Other(cluster, window, stage);
                });
    }

    private void show(String kind) throws Exception {
        awaitTrue(() -> app.kinds().contains(kind));
        fx(() -> {
            other.window.open(kind);
            return null;
        });
    }

    private static String texts() throws Exception {
        return fx(() -> WindowFixture.visibleTexts(app.scene().getRoot()));
    }

    private static void awaitTexts(String... parts) {
        for (String part : parts) {
            await().atMost(Duration.ofSeconds(60))
                    .until(BadServersTest::texts, all -> all.contains(part));
        }
    }

    private static boolean isWaiting() throws Exception {
        return fx(() ->
                app.scene().getRoot().lookupAll(".progress-indicator").stream()
                        .filter(ProgressIndicator.class::isInstance)
                        .anyMatch(each ->
                                each.isVisible()
                                        && each.getParent() != null
                                        && each.getStyleClass().contains("progress-indicator")
                                        && !each.getStyleClass().contains("progress-bar")));
    }

    @Test
    void whoMayNotListIsToldWhoMayNotWhatAndWhatToAskFor() throws Exception {
        open(
                new Access(
                        "jane's",
                        app.cluster().endpoint(),
                        ClusterPki.load(directory).adminContext(),
                        null,
                        () -> Map.of("Impersonate-User", List.of("jane")),
                        Access.Marks.NONE));
        show("Secret");

        awaitTexts(
                "Secret objects cannot be shown",
                "User \"jane\" cannot list secrets in the whole cluster.",
                "Ask whoever manages the cluster for a role that allows get, list, watch",
                "Or choose a namespace");
        Pictures.take(app, "bad-403");
    }

    @Test
    void aServerThatIsNotThereIsToldAndNothingTurnsForEver() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        open(Access.of("away", URI.create("https://127.0.0.1:" + port), SSLContext.getDefault()));

        awaitTexts("No server answers at 127.0.0.1:" + port, "network, VPN, proxy");
        awaitTrue(() -> app.text("#connection").equals("Connection lost"));
        assertFalse(isWaiting());
        Pictures.take(app, "bad-away");
    }

    @Test
    void aServerThatAnswersWebPagesIsTold() throws Exception {
        try (FaultyServer server =
                new FaultyServer((request, reply) ->
                        reply.send(200, "text/html", "<html>Log in, please</html>"))) {
            open(Access.of("web", server.endpoint(), SSLContext.getDefault()));

            awaitTexts("does not seem to be a Kubernetes API server", "text/html", "login page");
            Pictures.take(app, "bad-html");
        }
    }

    @Test
    void brokenKubeconfigsAreNamedOnThePageOfClusters() throws Exception {
        Path file = directory.resolve("kubeconfig-of-user");
        Files.writeString(file, "clusters: [{name: c\ncontexts: [");
        app.openPage(Place.of("clusters"));
        awaitTexts(file + " is not valid YAML", "Correct it there");
        Pictures.take(app, "bad-kubeconfig");

        Files.writeString(
                file,
                """
                clusters:
                - {name: c, cluster: {server: "https://127.0.0.1:1", certificate-authority: ca.crt}}
                contexts:
                - {name: lacking, context: {cluster: c, user: u}}
                - {name: userless, context: {cluster: c, user: nobody}}
                users: [{name: u, user: {token: t}}]
                """);
        fx(() -> {
            app.<Button>find("#clusters-reload").fire();
            return null;
        });
        awaitTexts("names the user \u201cnobody\u201d");
        awaitTrue(() -> fx(() -> app.scene().lookup("#cluster-lacking") != null));
        fx(() -> {
            ((Button) app.scene().lookup("#cluster-lacking").lookup(".cluster-open")).fire();
            return null;
        });
        awaitTexts("ca.crt does not exist", "names as certificate-authority");
        awaitTrue(() ->
                fx(() ->
                        app.scene().lookup("#cluster-lacking").lookupAll(".hint").stream()
                                .anyMatch(each ->
                                        each instanceof Labeled label
                                                && label.getText()
                                                        .contains("ca.crt does not exist"))));
        Pictures.take(app, "bad-authority");
        Files.delete(file);
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
