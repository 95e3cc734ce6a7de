package dev.pilothouse.ui.launch;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.RunningControlPlane;
import dev.pilothouse.server.cli.ProcessSettings;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.ui.cluster.ClusterClient;
import dev.pilothouse.ui.fx.FxHop;
import dev.pilothouse.ui.shell.MainWindow;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Starts a control plane beside the window, connects the two, ends both. */
public final class FxApp extends Application {

    private final Executor hop = new FxHop();
    private @Nullable Parts parts;
    private @Nullable MainWindow window;
    private boolean stopped;

    /** What runs behind the window. */
    private record Parts(RunningControlPlane server, ClusterClient client) {}

    /** Made by JavaFX. */
    public FxApp() {}

    @Override
    public void start(Stage stage) {
        followColorScheme();
        var scene = new Scene(new StackPane(new Label("Starting the cluster ...")), 1200, 760);
        stage.setScene(scene);
        stage.setTitle("Pilothouse");
        addIcons(stage);
        stage.show();
        Thread.ofPlatform()
                .name("start")
                .start(() -> {
                    try {
                        Parts started = startServer();
                        hop.execute(() -> connect(scene, started));
                    } catch (IOException | RuntimeException e) {
                        String reason = String.valueOf(e.getMessage());
                        hop.execute(() -> scene.setRoot(failure(reason)));
                    }
                });
    }

    private static Parts startServer() throws IOException {
        RunningControlPlane server = ControlPlane.start(ProcessSettings.controlPlaneOptions());
        try {
            ClusterPki pki = ClusterPki.load(server.dataDirectory());
            return new Parts(server, new ClusterClient(server.endpoint(), pki.adminContext()));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void connect(Scene scene, Parts started) {
        if (stopped) {
            end(started);
            return;
        }
        parts = started;
        window = new MainWindow(started.client(), hop);
        scene.setRoot(window.root());
    }

    @Override
    public void stop() {
        stopped = true;
        if (window != null) {
            window.close();
        }
        if (parts != null) {
            end(parts);
            parts = null;
        }
    }

    private static void end(Parts parts) {
        parts.client().close();
        parts.server().close();
    }

    private static StackPane failure(String reason) {
        var label = new Label("The cluster cannot be started.\n" + reason);
        label.setId("failure");
        label.setWrapText(true);
        return new StackPane(label);
    }

    private static void followColorScheme() {
        applyTheme(Platform.getPreferences().getColorScheme());
        Platform.getPreferences()
                .colorSchemeProperty()
                .addListener((property, before, scheme) -> applyTheme(scheme));
    }

    private static void applyTheme(ColorScheme scheme) {
        var theme = scheme == ColorScheme.DARK ? new PrimerDark() : new PrimerLight();
        setUserAgentStylesheet(theme.getUserAgentStylesheet());
    }

    private static void addIcons(Stage stage) {
        for (int size : new int[] {16, 32, 64, 128, 256, 512}) {
            try (InputStream icon =
                    FxApp.class.getResourceAsStream(
                            "/dev/pilothouse/icons/pilothouse-" + size + ".png")) {
                if (icon != null) {
                    stage.getIcons().add(new Image(icon));
                }
            } catch (IOException e) {
                // A window without an icon is better than no window.
                System.getLogger(FxApp.class.getName())
                        .log(System.Logger.Level.WARNING, "An icon cannot be read", e);
            }
        }
    }
}
