package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;

import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.RunningControlPlane;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.cluster.SentRequest;
import dev.pilothouse.ui.fx.PulseHop;
import dev.pilothouse.ui.settings.Settings;
import dev.pilothouse.ui.shell.MainWindow;
import dev.pilothouse.ui.testing.Toolkit;
import dev.pilothouse.ui.theme.Theme;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

/** A window onto a control plane of its own, on a temporary directory. */
final class WindowFixture implements AutoCloseable {

    private final Path directory;
    private RunningControlPlane server;
    private final HttpCluster cluster;
    private final Api api;
    private final MainWindow window;
    private final Settings settings;
    private final OtherClusters others;
    private final Stage stage;

    private Scene drawn;

    WindowFixture(Path directory) throws Exception {
        this(directory, NodeOptions.NONE);
    }

    /** A window onto a cluster that has nodes from the start. */
    WindowFixture(Path directory, NodeOptions nodes) throws Exception {
        this(directory, nodes, Access.Marks.NONE);
    }

    /** A window onto a cluster that the user has marked. */
    WindowFixture(Path directory, NodeOptions nodes, Access.Marks marks) throws Exception {
        this.directory = directory;
        Toolkit.start();
        settings = Settings.of(directory.resolve("settings.json"));
        server = ControlPlane.start(options(directory, 0, nodes));
        ClusterPki pki = ClusterPki.load(directory);
        cluster =
                new HttpCluster(
                        new Access(
                                server.endpoint().getAuthority(),
                                server.endpoint(),
                                pki.adminContext(),
                                null,
                                Access.Headers.NONE,
                                marks));
        api = new Api(server.endpoint(), pki.adminContext());
        others =
                new OtherClusters(
                        new PulseHop(),
                        settings,
                        List.of(directory.resolve("kubeconfig-of-user")),
                        other -> other);
        window = fx(() -> new MainWindow(cluster, new PulseHop(), settings, others));
        stage = fx(() -> show(window.root()));
    }

    private static Stage show(Parent root) {
        Theme.LIGHT.apply();
        var scene = new Scene(root, 990, 700);
        Theme.decorate(scene);
        var stage = new Stage();
        stage.setScene(scene);
        stage.show();
        return stage;
    }

    static ControlPlaneOptions options(Path directory, int port) throws IOException {
        return options(directory, port, NodeOptions.NONE);
    }

    private static ControlPlaneOptions options(Path directory, int port, NodeOptions nodes)
            throws IOException {
        return new ControlPlaneOptions(
                directory,
                InetAddress.ofLiteral("127.0.0.1"),
                port,
                port != 0,
                null,
                Duration.ofDays(1),
                nodes);
    }

    Api api() {
        return api;
    }

    HttpCluster cluster() {
        return cluster;
    }

    /** What the window has sent. */
    List<SentRequest> requests() {
        return cluster.requests().requests();
    }

    /** Where an object is in a table. */
    int indexOf(TableView<?> table, String name) {
        for (int i = 0; i < table.getItems().size(); i++) {
            if (table.getItems().get(i).toString().equals(name)) {
                return i;
            }
        }
        throw new AssertionError(name + " is not in the table");
    }

    Settings settings() {
        return settings;
    }

    MainWindow window() {
        return window;
    }

    Scene scene() {
        return drawn == null ? stage.getScene() : drawn;
    }

    /** Looks for controls in another scene than the window's; null for the window's again. */
    void draw(Scene other) {
        drawn = other;
    }

    /** Opens a page in a tab. */
    void openPage(Place place) throws Exception {
        fx(() -> {
            window.workbench().open(place, Where.TAB);
            return null;
        });
    }

    void closePages() throws Exception {
        fx(() -> {
            List.copyOf(window.workbench().pages()).forEach(window.workbench()::close);
            return null;
        });
    }

    /** All texts of the current page, one below the other. */
    String texts() throws Exception {
        return fx(() -> {
            var page = window.workbench().current().get();
            return page == null ? "" : texts(page.view());
        });
    }

    /** All texts of what is below a node, one below the other. JavaFX thread. */
    static String texts(Node node) {
        StringBuilder found = new StringBuilder();
        if (node instanceof Labeled label && label.getText() != null) {
            found.append(label.getText()).append('\n');
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> found.append(texts(child)));
        }
        return found.toString();
    }

    /** As {@link #texts(Node)}, of what is visible. JavaFX thread. */
    static String visibleTexts(Node node) {
        if (!node.isVisible()) {
            return "";
        }
        StringBuilder found = new StringBuilder();
        if (node instanceof Labeled label && label.getText() != null) {
            found.append(label.getText()).append('\n');
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> found.append(visibleTexts(child)));
        }
        return found.toString();
    }

    /** Does a command of the window. */
    void run(String command) throws Exception {
        fx(() -> {
            window.run(command);
            return null;
        });
    }

    void stopServer() {
        server.close();
    }

    void startServerAgain() throws IOException {
        server = ControlPlane.start(options(directory, cluster.endpoint().getPort()));
    }

    void open(String kind) throws Exception {
        fx(() -> {
            window.open(kind);
            return null;
        });
    }

    /** Lets the list show some namespaces, by keyboard; none for all. */
    void chooseNamespaces(String... names) throws Exception {
        fx(() -> {
            Button button = find("#namespace");
            if (!button.isDisabled()) {
                button.fire();
                choose("");
                for (String name : names) {
                    tick(name);
                }
                fire(KeyCode.ESCAPE);
            }
            return null;
        });
    }

    private void choose(String name) {
        this.<TextInputControl>find("#namespace-search").setText(name);
        fire(KeyCode.ENTER);
        this.<Button>find("#namespace").fire();
    }

    private void tick(String name) {
        this.<TextInputControl>find("#namespace-search").setText(name);
        fire(KeyCode.SPACE);
    }

    private void fire(KeyCode code) {
        scene().getFocusOwner()
                .fireEvent(
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    /** The first cells of the table's rows. */
    List<String> names() throws Exception {
        return fx(() -> {
            TableView<Object> table = find("#objects");
            List<String> names = new ArrayList<>();
            for (Object row : table.getItems()) {
                names.add(row.toString());
            }
            return names;
        });
    }

    /** The titles of the navigator, headings included. */
    List<String> kinds() throws Exception {
        return fx(() -> {
            TreeView<Object> tree = find("#kinds");
            List<String> titles = new ArrayList<>();
            collect(tree.getRoot(), titles);
            return titles;
        });
    }

    private static void collect(TreeItem<Object> item, List<String> titles) {
        for (TreeItem<Object> child : item.getChildren()) {
            titles.add(child.getValue().toString());
            collect(child, titles);
        }
    }

    String text(String id) throws Exception {
        return fx(() -> {
            Node node = scene().lookup(id);
            return switch (node) {
                case Labeled label -> String.valueOf(label.getText());
                case TextInputControl field -> field.getText();
                case null, default -> "";
            };
        });
    }

    boolean isShown(String id) throws Exception {
        return fx(() -> {
            Node node = scene().lookup(id);
            while (node != null && node.isVisible()) {
                if (node.getParent() == null) {
                    return true;
                }
                node = node.getParent();
            }
            return false;
        });
    }

    /** A key on whatever has the keyboard. */
    void press(KeyCode code, boolean shortcut) throws Exception {
        fx(() -> {
            scene().getFocusOwner()
                    .fireEvent(
                            new KeyEvent(
                                    KeyEvent.KEY_PRESSED,
                                    "",
                                    "",
                                    code,
                                    false,
                                    shortcut,
                                    false,
                                    false));
            return null;
        });
    }

    void type(String character) throws Exception {
        fx(() -> {
            scene().getFocusOwner()
                    .fireEvent(
                            new KeyEvent(
                                    KeyEvent.KEY_TYPED,
                                    character,
                                    "",
                                    KeyCode.UNDEFINED,
                                    false,
                                    false,
                                    false,
                                    false));
            return null;
        });
    }

    @SuppressWarnings("unchecked")
    <T> T find(String id) {
        return (T) scene().lookup(id);
    }

    @Override
    public void close() throws Exception {
        fx(() -> {
            others.close();
            window.close();
            stage.close();
            return null;
        });
        api.close();
        cluster.close();
        server.close();
    }
}
