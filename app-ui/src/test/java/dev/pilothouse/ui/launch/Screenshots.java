package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.editor.Editors;
import dev.pilothouse.ui.logs.Logs;
import dev.pilothouse.ui.terminal.Terminals;
import dev.pilothouse.ui.theme.Theme;
import dev.pilothouse.ui.why.Whys;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.event.Event;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.DialogPane;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.transform.Transform;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of docs/screens from a running cluster: {@code ./pilothouse screenshots}. Not
 * a test by its name, so that only that command runs it.
 */
class Screenshots {

    /** Width, height and scale in percent. */
    private static final int[][] SIZES = {{1000, 700, 100}, {1920, 1080, 100}, {1000, 700, 200}};

    private static final long LARGEST = 700_000;

    @TempDir Path directory;

    /** A screen, and what has to be done to see it. */
    private record Shot(String name, Steps steps) {}

    /** What a user does. */
    @FunctionalInterface
    private interface Steps {
        void take(WindowFixture app) throws Exception;
    }

    private static final Kind POD = new Kind("", "v1", "pods", "Pod", true);
    private static final Kind NODE = new Kind("", "v1", "nodes", "Node", false);
    private static final Kind SECRET = new Kind("", "v1", "secrets", "Secret", true);
    private static final Kind DEPLOYMENT =
            new Kind("apps", "v1", "deployments", "Deployment", true);

    /** All screens; add new ones here. */
    private static final List<Shot> SHOTS =
            List.of(
                    new Shot(
                            "detail",
                            app -> {
                                list(app, "Deployment");
                                fx(() -> {
                                    app.<TableView<?>>find("#objects")
                                            .getSelectionModel()
                                            .select(2);
                                    app.window().openDetail();
                                    return null;
                                });
                            }),
                    new Shot("list", app -> list(app, "Pod")),
                    new Shot(
                            "split",
                            app -> {
                                list(app, "Pod");
                                open(app, Place.of("requests"), Where.SPLIT_DOWN);
                            }),
                    new Shot("pod", app -> page(app, Details.of(in("shop", POD, "cart")))),
                    new Shot("node", app -> page(app, Details.of(in("", NODE, "sim-1")))),
                    new Shot("secret", app -> page(app, Details.of(in("shop", SECRET, "mail")))),
                    new Shot(
                            "rollout",
                            app -> page(app, Details.of(in("shop", DEPLOYMENT, "search")))),
                    new Shot("why", app -> page(app, Whys.of(in("shop", POD, "training")))),
                    new Shot(
                            "logs",
                            app -> page(app, Logs.of(in("shop", DEPLOYMENT, "checkout"), ""))),
                    new Shot(
                            "terminal",
                            app ->
                                    page(
                                            app,
                                            Terminals.of(
                                                    in("shop", POD, "cart"),
                                                    "",
                                                    Terminals.Mode.SHELL))),
                    new Shot(
                            "editor",
                            app -> page(app, Editors.of(in("shop", DEPLOYMENT, "checkout")))),
                    new Shot("create", app -> page(app, Place.of("editor"))),
                    new Shot("form", app -> page(app, Place.of(Editors.TYPE, DEPLOYMENT))),
                    new Shot("metrics", app -> page(app, Place.of("metrics"))),
                    new Shot("access", app -> page(app, Place.of("rights"))),
                    new Shot("forwards", app -> page(app, Place.of("forwards"))),
                    new Shot("requests", app -> open(app, Place.of("requests"), Where.TAB)),
                    new Shot("overview", app -> open(app, Place.of("overview"), Where.TAB)),
                    new Shot("map", app -> open(app, Place.of("map"), Where.TAB)),
                    new Shot("clusters", app -> open(app, Place.of("clusters"), Where.TAB)),
                    new Shot(
                            "selected",
                            app -> {
                                list(app, "Pod");
                                fx(() -> {
                                    app.<TableView<?>>find("#objects")
                                            .getSelectionModel()
                                            .selectRange(1, 4);
                                    return null;
                                });
                            }),
                    new Shot("keys", app -> open(app, Place.of("keys"), Where.TAB)),
                    new Shot(
                            "palette",
                            app -> {
                                list(app, "Pod");
                                fx(() -> {
                                    app.<TableView<?>>find("#objects")
                                            .getSelectionModel()
                                            .select(1);
                                    return null;
                                });
                                app.run("palette");
                                fx(() -> {
                                    app.<TextField>find("#palette").setText("check");
                                    return null;
                                });
                            }),
                    new Shot(
                            "help",
                            app -> {
                                list(app, "Deployment");
                                app.run("help");
                            }),
                    new Shot("dialog-scale", app -> dialog(app, "Deployment", "action-scale")),
                    new Shot("dialog-image", app -> dialog(app, "Deployment", "action-setImage")),
                    new Shot("dialog-labels", app -> dialog(app, "Deployment", "action-label")),
                    new Shot("dialog-drain", app -> dialog(app, "Node", "action-drain")),
                    new Shot("dialog-delete", app -> dialog(app, "Deployment", "action-delete")));

    @Test
    void draw() throws Exception {
        Path target = Path.of(System.getProperty("pilothouse.screens", "target/screens"));
        List<String> only = List.of(System.getProperty("pilothouse.screens.only", "").split(","));
        Files.createDirectories(target);
        Files.writeString(
                directory.resolve("kubeconfig-of-user"),
                """
                clusters: [{name: prod, cluster: {server: "https://prod.example.com:6443"}}]
                contexts:
                - {name: production, context: {cluster: prod, user: release-bot}}
                - {name: production-as-viewer, context: {cluster: prod, user: viewer}}
                """);
        try (var app = new WindowFixture(directory, NodeOptions.DEFAULT)) {
            settle();
            Fleet.create(app.api());
            for (Shot shot : SHOTS) {
                if (only.contains("") || only.contains(shot.name)) {
                    draw(app, shot, target);
                }
            }
        }
    }

    private static void draw(WindowFixture app, Shot shot, Path target) throws Exception {
        for (Theme theme : Theme.values()) {
            for (int[] size : SIZES) {
                Path file =
                        target.resolve(
                                "%s-%s-%dx%d%s.png"
                                        .formatted(
                                                shot.name,
                                                theme.name().toLowerCase(Locale.ROOT),
                                                size[0],
                                                size[1],
                                                size[2] == 100 ? "" : "@2x"));
                draw(app, shot, theme, size, file);
                assertTrue(Files.size(file) < LARGEST, file + " is too large");
            }
        }
    }

    private static void draw(WindowFixture app, Shot shot, Theme theme, int[] size, Path file)
            throws Exception {
        Parent content = fx(() -> app.window().root());
        Scene scene =
                fx(() -> {
                    theme.apply();
                    List.copyOf(app.window().workbench().pages())
                            .forEach(app.window().workbench()::close);
                    app.scene().setRoot(new Region());
                    // A scene without a window may be larger than the headless screen.
                    Scene larger = new Scene(content, size[0], size[1]);
                    Theme.decorate(larger);
                    return larger;
                });
        app.draw(scene);
        fx(() -> scene.snapshot(null));
        shot.steps.take(app);
        settle();
        // The first drawing lays out, the second shows what that has brought.
        fx(() -> scene.snapshot(null));
        settle();
        Parent wanted =
                fx(() ->
                        Window.getWindows().stream()
                                .map(window -> window.getScene().getRoot())
                                .filter(DialogPane.class::isInstance)
                                .findFirst()
                                .orElse(content));
        // What has come since the last drawing is missing from a picture of the same size, in a
        // scene without a window; one of another size draws everything.
        fx(() -> picture(wanted, 2 * size[2] / 100.0));
        write(fx(() -> picture(wanted, size[2] / 100.0)), file);
        fx(() -> {
            if (wanted instanceof DialogPane pane) {
                pane.getScene().getWindow().hide();
            }
            Event.fireEvent(content, escape());
            scene.setRoot(new Region());
            return null;
        });
        app.draw(null);
        fx(() -> {
            app.scene().setRoot(content);
            return null;
        });
    }

    private static KeyEvent escape() {
        return new KeyEvent(
                KeyEvent.KEY_PRESSED, "", "", KeyCode.ESCAPE, false, false, false, false);
    }

    private static WritableImage picture(Parent root, double scale) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(scale, scale));
        return root.snapshot(parameters, null);
    }

    private static void list(WindowFixture app, String kind) throws Exception {
        app.open(kind);
        fx(() -> app.scene().snapshot(null));
        settle();
        fx(() -> app.scene().snapshot(null));
    }

    private static ObjectRef in(String namespace, Kind kind, String name) {
        return ObjectRef.of(kind, namespace, name);
    }

    /** A page that asks the server for what it shows. */
    private static void page(WindowFixture app, Place place) throws Exception {
        open(app, place, Where.TAB);
        fx(() -> app.scene().snapshot(null));
        settle();
        settle();
    }

    private static void open(WindowFixture app, Place place, Where where) throws Exception {
        fx(() -> {
            app.window().workbench().open(place, where);
            return null;
        });
    }

    private static void dialog(WindowFixture app, String kind, String item) throws Exception {
        list(app, kind);
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getSelectionModel().select(0);
            ContextMenu menu = table.getContextMenu();
            menu.getOnShowing().handle(null);
            menu.getItems().stream()
                    .filter(each -> item.equals(each.getId()))
                    .forEach(MenuItem::fire);
            return null;
        });
    }

    /** Events of the server and pulses of the toolkit have come to rest. */
    private static void settle() throws InterruptedException {
        Thread.sleep(Integer.getInteger("pilothouse.screens.settle", 1200));
    }

    private static void write(WritableImage image, Path file) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, image.getPixelReader().getArgb(x, y));
            }
        }
        ImageIO.write(picture, "png", file.toFile());
    }

    /** A small company's objects, created as any client creates them. */
    private static final class Fleet {

        private static final List<String> APPS =
                List.of("checkout", "catalog", "frontend", "payments", "search", "worker");

        static void create(Api api) throws Exception {
            for (String namespace : List.of("shop", "staging")) {
                api.create(
                        "/api/v1/namespaces",
                        "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}"
                                .formatted(namespace));
                for (String app : APPS) {
                    api.create(
                            "/apis/apps/v1/namespaces/" + namespace + "/deployments",
                            deployment(app));
                }
            }
            api.create(
                    "/api/v1/namespaces/shop/secrets",
                    """
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: mail}
                    stringData: {host: smtp.example.com, user: shop, password: not-the-real-one}
                    """);
            api.create(
                    "/api/v1/namespaces/shop/pods",
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: cart, labels: {app: cart, tier: backend}}
                    spec:
                      containers:
                      - name: cart
                        image: registry.example.com/shop/cart:2.0.1
                        ports: [{name: http, containerPort: 8080}]
                        env:
                        - {name: MAIL_HOST, valueFrom: {secretKeyRef: {name: mail, key: host}}}
                        - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
                        resources: {requests: {cpu: 200m, memory: 256Mi}, limits: {memory: 512Mi}}
                        volumeMounts: [{name: cache, mountPath: /var/cache/cart}]
                      volumes: [{name: cache, emptyDir: {sizeLimit: 1Gi}}]
                    """);
            api.create(
                    "/api/v1/namespaces/shop/pods",
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: training, labels: {app: training}}
                    spec:
                      containers:
                      - name: training
                        image: registry.example.com/shop/training:1.0.0
                        resources: {requests: {cpu: "24", memory: 64Gi}}
                    """);
        }

        private static String deployment(String app) {
            return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s, labels: {app: %1$s}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec:
                  containers:
                  - name: %1$s
                    image: registry.example.com/shop/%1$s:1.4.2
                    ports: [{containerPort: 8080}]
                    resources: {requests: {cpu: 100m, memory: 128Mi}}
            """
                    .formatted(app);
        }
    }
}
