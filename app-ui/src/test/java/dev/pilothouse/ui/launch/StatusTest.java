package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.awaitility.Awaitility.await;

import dev.pilothouse.ui.workbench.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import javafx.scene.control.Label;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status bar speaks of the cluster, whatever page is seen. */
class StatusTest {

    @TempDir static Path directory;

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory);
        awaitTrue(() -> app.kinds().contains("Pod"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @Test
    void pagesThatFollowNothingHaveTheConnectionOfTheCluster() throws Exception {
        app.open("Pod");
        for (String page : new String[] {"keys", "requests", "clusters", "forwards", "rights"}) {
            app.openPage(Place.of(page));
            awaitTrue(() -> app.text("#connection").equals("Live"));
        }
        awaitTrue(() -> app.text("#lag").matches("\\d+ ms"));

        app.openPage(Place.of("keys"));
        app.stopServer();
        awaitTrue(() -> app.text("#connection").equals("Connection lost"));
        awaitTrue(() -> app.text("#lag").isEmpty());
        awaitTrue(() -> reason().contains("No server answers"));

        app.startServerAgain();
        awaitTrue(() -> app.text("#connection").equals("Live"));
        awaitTrue(() -> reason().isEmpty());
    }

    private static String reason() throws Exception {
        return fx(() -> {
            var tooltip = app.<Label>find("#connection").getTooltip();
            return tooltip == null ? "" : tooltip.getText();
        });
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
