package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;

import dev.pilothouse.ui.theme.Theme;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/** Writes pictures of a window while a test runs, when -Dpilothouse.pictures names a directory. */
final class Pictures {

    private Pictures() {}

    static void take(WindowFixture app, String name) throws Exception {
        String directory = System.getProperty("pilothouse.pictures", "");
        if (directory.isEmpty()) {
            return;
        }
        Files.createDirectories(Path.of(directory));
        for (Theme theme : Theme.values()) {
            WritableImage image =
                    fx(() -> {
                        theme.apply();
                        Scene scene = app.scene();
                        scene.getRoot().applyCss();
                        scene.getRoot().layout();
                        return scene.snapshot(null);
                    });
            var drawn =
                    new BufferedImage(
                            (int) image.getWidth(),
                            (int) image.getHeight(),
                            BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < drawn.getHeight(); y++) {
                for (int x = 0; x < drawn.getWidth(); x++) {
                    drawn.setRGB(x, y, image.getPixelReader().getArgb(x, y));
                }
            }
            ImageIO.write(drawn, "png", Path.of(directory, name + "-" + theme + ".png").toFile());
        }
        fx(() -> {
            Theme.LIGHT.apply();
            return null;
        });
    }
}
