package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.ui.theme.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.DialogPane;
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

    /** Only the sizes of this name, such as 1000x700; all without one. */
    private static final String SIZE = System.getProperty("pilothouse.screens.size", "");

    private static final long LARGEST = 700_000;

    @TempDir Path directory;

    @Test
    void draw() throws Exception {
        Path target = Path.of(System.getProperty("pilothouse.screens", "target/screens"));
        List<String> only = List.of(System.getProperty("pilothouse.screens.only", "").split(","));
        Files.createDirectories(target);
        Files.writeString(
                directory.resolve("kubeconfig-of-user"),
                """
                clusters: [{name: prod, cluster: {server: "https://prod.example.com:6443"}}]
                users: [{name: release-bot, user: {token: t}}, {name: viewer, user: {token: v}}]
                contexts:
                - {name: production, context: {cluster: prod, user: release-bot}}
                - {name: production-as-viewer, context: {cluster: prod, user: viewer}}
                """);
        try (var app = new WindowFixture(directory, NodeOptions.DEFAULT)) {
            Shots.settle();
            Fleet.create(app.api());
            for (Shots.Shot shot : Shots.all()) {
                if (only.contains("") || only.contains(shot.name())) {
                    draw(app, shot, target);
                }
            }
        }
    }

    private static void draw(WindowFixture app, Shots.Shot shot, Path target) throws Exception {
        for (Theme theme : Theme.values()) {
            for (int[] size : SIZES) {
                Path file =
                        target.resolve(
                                "%s-%s-%dx%d%s.png"
                                        .formatted(
                                                shot.name(),
                                                theme.name().toLowerCase(Locale.ROOT),
                                                size[0],
                                                size[1],
                                                size[2] == 100 ? "" : "@2x"));
                if (file.getFileName().toString().endsWith(SIZE + ".png")) {
                    draw(app, shot, theme, size, file);
                    assertTrue(Files.size(file) < LARGEST, file + " is too large");
                }
            }
        }
    }

    private static void draw(WindowFixture app, Shots.Shot shot, Theme theme, int[] size, Path file)
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
        shot.steps().take(app);
        Shots.settle();
        // The first drawing lays out, the second shows what that has brought.
        fx(() -> scene.snapshot(null));
        Shots.settle();
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
            for (String over : new String[] {"#keys-help", "#palette"}) {
                if (content.lookup(over) instanceof Node node) {
                    Event.fireEvent(node, escape());
                }
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
}
