package dev.pilothouse.ui.launch;

import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.cli.ProcessSettings;
import dev.pilothouse.ui.fx.Later;
import dev.pilothouse.ui.fx.PulseHop;
import dev.pilothouse.ui.shell.MainWindow;
import dev.pilothouse.ui.shell.StartPane;
import dev.pilothouse.ui.theme.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the window, starts a control plane beside it, connects the two, ends both. */
public final class FxApp extends Application {

    private static final Logger LOG = LoggerFactory.getLogger(FxApp.class);

    private final Executor pulse = new PulseHop();
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final Scene scene = new Scene(new Pane(), 1200, 760);
    private @Nullable MainWindow window;
    private @Nullable Session session;
    private @Nullable OtherClusters others;
    private @Nullable HeapKeeper heap;
    private @Nullable Path kept;
    private @Nullable WindowBounds lastBounds;
    private boolean stopped;

    /** Made by JavaFX. */
    public FxApp() {}

    @Override
    public void start(Stage stage) {
        Theme.followSystem();
        Theme.decorate(scene);
        stage.setScene(scene);
        stage.setTitle("Pilothouse");
        stage.setMinWidth(720);
        stage.setMinHeight(420);
        stage.setOnHiding(event -> lastBounds = WindowBounds.of(stage));
        // Also when the process is told to end.
        Runtime.getRuntime().addShutdownHook(new Thread(this::endSession, "end"));
        startCluster();
        stage.show();
        // Eight pictures to read, of which nobody should have to wait for the first window.
        new Later(() -> addIcons(stage)).in(Duration.ofMillis(300));
    }

    private void startCluster() {
        scene.setRoot(StartPane.starting());
        Thread.ofPlatform().name("start").start(this::run);
    }

    private void run() {
        try {
            ControlPlaneOptions options = ProcessSettings.controlPlaneOptions();
            place(options.dataDirectory());
            Session started = first.getAndSet(false) ? firstSession() : Session.start(options);
            if (keep(started)) {
                pulse.execute(() -> connect(started));
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The cluster did not start", e);
            pulse.execute(() ->
                    scene.setRoot(
                            StartPane.failed(
                                    StartFailure.sentence(e), this::startCluster, Platform::exit)));
        }
    }

    private static Session firstSession() throws IOException {
        try {
            return FirstStart.session().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Puts the window where it was last time. */
    private void place(Path directory) {
        WindowBounds bounds = WindowBounds.read(directory);
        pulse.execute(() -> {
            boolean first = kept == null;
            kept = directory;
            if (bounds != null && first && scene.getWindow() instanceof Stage stage) {
                bounds.apply(stage);
            }
        });
    }

    private void keepPlace() {
        Path directory = kept;
        if (directory != null && lastBounds != null) {
            lastBounds.write(directory);
        }
    }

    /** The window may have been closed while the cluster started; then that ends as well. */
    private synchronized boolean keep(Session started) {
        if (stopped) {
            started.close();
            return false;
        }
        session = started;
        return true;
    }

    private void connect(Session started) {
        OtherClusters windows =
                new OtherClusters(
                        pulse,
                        started.settings(),
                        OtherClusters.usualFiles(),
                        stage -> {
                            addIcons(stage);
                            return stage;
                        });
        others = windows;
        window = new MainWindow(started.cluster(), pulse, started.settings(), windows);
        scene.setRoot(window.root());
        heap = new HeapKeeper(scene);
        if (getParameters().getRaw().contains(SelfCheck.OPTION)) {
            new SelfCheck(scene, started.cluster(), pulse, window::open).start();
        }
    }

    /** On the JavaFX thread, after the last window has closed. */
    @Override
    public void stop() {
        if (heap != null) {
            heap.close();
        }
        keepPlace();
        if (others != null) {
            others.close();
        }
        if (window != null) {
            window.close();
        }
        endSession();
    }

    private synchronized void endSession() {
        stopped = true;
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private static void addIcons(Stage stage) {
        for (int size : new int[] {16, 24, 32, 48, 64, 128, 256, 512}) {
            try (InputStream icon =
                    FxApp.class.getResourceAsStream(
                            "/dev/pilothouse/icons/pilothouse-" + size + ".png")) {
                if (icon != null) {
                    stage.getIcons().add(new Image(icon));
                }
            } catch (IOException e) {
                // A window without an icon is better than no window.
                LOG.warn("An icon cannot be read", e);
            }
        }
    }
}
