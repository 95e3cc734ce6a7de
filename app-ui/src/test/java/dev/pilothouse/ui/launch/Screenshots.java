package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.theme.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of docs/screens from a running cluster: {@code ./pilothouse screenshots}. Not
 * a test by its name, so that only that command runs it.
 */
class Screenshots {

    private static final int[][] SIZES = {{1000, 700}, {1920, 1080}};
    private static final long LARGEST = 300_000;

    @TempDir Path directory;

    @Test
    void draw() throws Exception {
        Path target = Path.of(System.getProperty("pilothouse.screens", "target/screens"));
        Files.createDirectories(target);
        try (var app = new WindowFixture(directory)) {
            Fleet.create(app.api());
            for (Theme theme : Theme.values()) {
                for (int[] size : SIZES) {
                    Path file =
                            target.resolve(
                                    "%s-%dx%d.png"
                                            .formatted(
                                                    theme.name().toLowerCase(Locale.ROOT),
                                                    size[0],
                                                    size[1]));
                    draw(app, theme, size, file);
                    assertTrue(Files.size(file) < LARGEST, file + " is too large");
                }
            }
        }
    }

    private static void draw(WindowFixture app, Theme theme, int[] size, Path file)
            throws Exception {
        Parent root =
                fx(() -> {
                    theme.apply();
                    Parent content = app.window().root();
                    app.scene().setRoot(new Region());
                    // A scene without a window may be larger than the headless screen.
                    var scene = new Scene(content, size[0], size[1]);
                    Theme.decorate(scene);
                    return content;
                });
        app.open("Deployment");
        settle();
        fx(() -> {
            TableView<?> table = (TableView<?>) root.lookup("#objects");
            table.getSelectionModel().select(2);
            app.window().openDetail();
            return null;
        });
        settle();
        // The first drawing lays out, the second shows what that has brought.
        fx(() -> root.getScene().snapshot(null));
        settle();
        write(fx(() -> root.getScene().snapshot(null)), file);
        fx(() -> {
            root.getScene().setRoot(new Region());
            app.scene().setRoot(root);
            return null;
        });
    }

    /** Events of the server and pulses of the toolkit have come to rest. */
    private static void settle() throws InterruptedException {
        Thread.sleep(1500);
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
