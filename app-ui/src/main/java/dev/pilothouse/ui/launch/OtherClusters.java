package dev.pilothouse.ui.launch;

import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.clusters.ClusterWindows;
import dev.pilothouse.ui.fx.Background;
import dev.pilothouse.ui.kubeconfig.Connector;
import dev.pilothouse.ui.kubeconfig.KubeConfigs;
import dev.pilothouse.ui.kubeconfig.KubeContext;
import dev.pilothouse.ui.settings.Settings;
import dev.pilothouse.ui.shell.MainWindow;
import dev.pilothouse.ui.theme.Theme;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The windows onto clusters of kubeconfig files. JavaFX thread only. */
final class OtherClusters implements ClusterWindows {

    private final Executor pulse;
    private final Settings settings;
    private final List<Path> files;
    private final UnaryOperator<Stage> decorate;
    private final Map<String, Open> open = new HashMap<>();

    private record Open(Stage stage, MainWindow window, HttpCluster cluster) {}

    /**
     * Without windows.
     *
     * @param decorate gives a window its icons
     */
    OtherClusters(
            Executor pulse, Settings settings, List<Path> files, UnaryOperator<Stage> decorate) {
        this.pulse = pulse;
        this.settings = settings;
        this.files = List.copyOf(files);
        this.decorate = decorate;
    }

    /** The files that kubectl would read. */
    static List<Path> usualFiles() {
        String variable = System.getenv("KUBECONFIG");
        return KubeConfigs.files(
                variable == null ? "" : variable, Path.of(System.getProperty("user.home", ".")));
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public void open(
            KubeContext context, Access.Marks marks, Runnable opened, Consumer<String> failed) {
        Open known = open.get(context.name());
        if (known != null) {
            known.stage.toFront();
            known.stage.requestFocus();
            opened.run();
            return;
        }
        var _ =
                Background.start(
                        "connect",
                        pulse,
                        () -> {
                            HttpCluster cluster = new HttpCluster(Connector.access(context, marks));
                            pulse.execute(() -> {
                                show(context.name(), cluster);
                                opened.run();
                            });
                        },
                        failed);
    }

    private void show(String name, HttpCluster cluster) {
        MainWindow window = new MainWindow(cluster, pulse, settings, this);
        Scene scene = new Scene(window.root(), 1100, 720);
        Theme.decorate(scene);
        Stage stage = decorate.apply(new Stage());
        stage.setScene(scene);
        stage.setTitle(name + " \u00b7 Pilothouse");
        open.put(name, new Open(stage, window, cluster));
        stage.setOnHidden(event -> end(name));
        stage.show();
    }

    private void end(String name) {
        Open closed = open.remove(name);
        if (closed != null) {
            closed.window.close();
            closed.cluster.close();
        }
    }

    /** Ends all of them. */
    void close() {
        for (Open each : List.copyOf(open.values())) {
            each.stage.close();
        }
    }
}
