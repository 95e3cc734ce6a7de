import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.clusters.ClusterWindows;
import dev.pilothouse.ui.fx.PulseHop;
import dev.pilothouse.ui.kubeconfig.KubeContext;
import dev.pilothouse.ui.settings.Settings;
import dev.pilothouse.ui.shell.MainWindow;
import dev.pilothouse.ui.theme.Theme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;

/**
 * The application's window onto a cluster that is elsewhere, as it opens one for a context of a
 * kubeconfig file. Its arguments are the data directory and the address of the server.
 */
public final class WindowOnly extends Application {

    /** Made by JavaFX. */
    public WindowOnly() {}

    @Override
    public void start(Stage stage) throws Exception {
        Path directory = Path.of(getParameters().getRaw().get(0));
        URI server = URI.create(getParameters().getRaw().get(1));
        HttpCluster cluster =
                new HttpCluster(
                        Access.of("pilothouse", server, ClusterPki.load(directory).adminContext()));
        MainWindow window =
                new MainWindow(
                        cluster,
                        new PulseHop(),
                        Settings.of(directory.resolve("window.json")),
                        new NoOthers());
        Scene scene = new Scene(window.root(), 1200, 760);
        Theme.followSystem();
        Theme.decorate(scene);
        stage.setScene(scene);
        stage.show();
    }

    private static final class NoOthers implements ClusterWindows {
        @Override
        public List<Path> files() {
            return List.of();
        }

        @Override
        public void open(
                KubeContext context, Access.Marks marks, Runnable opened, Consumer<String> failed) {
            failed.accept("");
        }
    }
}
