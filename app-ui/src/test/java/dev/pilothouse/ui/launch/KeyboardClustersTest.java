package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start, a lost server and a second cluster, by keys alone. */
class KeyboardClustersTest {

    private static final Keyboard KEYS = new Keyboard();

    @TempDir Path here;
    @TempDir Path there;

    @Test
    void firstStartShowsWhereOneIsAndHowToGoOn() throws Exception {
        try (var app = new WindowFixture(here)) {
            // Nobody has pressed anything yet, and it is said how the cluster is.
            KEYS.awaitText("Nothing is wrong").awaitText("Live");
            KEYS.list("namespace")
                    .go("Down", "kube-system")
                    .press("Enter")
                    .awaitText("kubernetes.io/metadata.name");
            KEYS.press("Ctrl+W").awaitFocus("kube-system");
            KEYS.type("?").awaitText("Command palette").press("Escape").awaitFocus("kube-system");
            // Round by the regions: to the kinds, and back to the objects.
            KEYS.press("F6").awaitFocus("Kinds").press("F6").awaitFocus("kube-system");
            KEYS.press("Ctrl+K").type("overview").awaitFocus("Overview").press("Enter");
            KEYS.awaitText("Capacity in use");
            assertTrue(app.requests().stream().noneMatch(sent -> sent.isChange()));
        }
    }

    @Test
    void worksOnThroughARestartOfTheServer() throws Exception {
        try (var app = new WindowFixture(here)) {
            KEYS.awaitText("Nothing is wrong").list("namespace").go("Down", "kube-public");
            app.stopServer();
            KEYS.awaitText("Connection lost").awaitFocus("kube-public");
            // What was seen can still be read, and filtered.
            KEYS.type("/").awaitFocus("Show only objects").type("public").press("Enter");
            KEYS.awaitFocus("kube-public").awaitNo("kube-system");
            app.startServerAgain();
            KEYS.awaitText("Live").awaitNo("Connection lost").awaitFocus("kube-public");
            KEYS.press("Enter").awaitText("kubernetes.io/metadata.name");
        }
    }

    @Test
    void connectsToASecondClusterByKubeconfig() throws Exception {
        try (var other = new WindowFixture(there)) {
            other.api()
                    .create(
                            "/api/v1/namespaces",
                            "{apiVersion: v1, kind: Namespace, metadata: {name: far-away}}");
            fx(() -> {
                other.window().root().getScene().getWindow().hide();
                return null;
            });
            Files.writeString(
                    here.resolve("kubeconfig-of-user"),
                    Files.readString(there.resolve("kubeconfig")).replace("pilothouse", "second"));
            try (var app = new WindowFixture(here)) {
                KEYS.awaitText("Nothing is wrong");
                KEYS.press("Ctrl+K").type("clusters").awaitFocus("Clusters").press("Enter");
                KEYS.awaitText("second").tabTo("Read only").press("Space");
                KEYS.tabTo("second").press("Enter");
                KEYS.awaitText("Nothing is wrong").list("namespace").go("Down", "far-away");
                // What would change a read-only cluster is not even offered.
                KEYS.press("Ctrl+K").type("delete").awaitNo("Delete object").press("Escape");
                assertTrue(
                        app.settings()
                                .section("marks")
                                .path("second")
                                .path("readOnly")
                                .asBoolean());
            }
        }
    }
}
