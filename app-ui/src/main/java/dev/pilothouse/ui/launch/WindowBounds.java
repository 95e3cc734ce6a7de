package dev.pilothouse.ui.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a window was and how large, in a file of one line of its own: it is read while the server
 * only begins to start.
 *
 * @param maximized whether it filled the screen; the rest is then what it goes back to
 */
record WindowBounds(double x, double y, double width, double height, boolean maximized) {

    private static final Logger LOG = LoggerFactory.getLogger(WindowBounds.class);
    private static final String FILE = "window.place";

    /** Of a window that is shown; null when it has no size to come back to. */
    static @Nullable WindowBounds of(Stage stage) {
        boolean known = !Double.isNaN(stage.getX()) && stage.getWidth() > 0;
        return known && !stage.isIconified()
                ? new WindowBounds(
                        stage.getX(),
                        stage.getY(),
                        stage.getWidth(),
                        stage.getHeight(),
                        stage.isMaximized())
                : null;
    }

    /** What was written down; null when nothing was, or nothing that makes sense. */
    static @Nullable WindowBounds read(Path directory) {
        try {
            Path file = directory.resolve(FILE);
            String[] parts = Files.exists(file) ? Files.readString(file).strip().split(" ") : null;
            return parts == null || parts.length != 5
                    ? null
                    : new WindowBounds(
                            Double.parseDouble(parts[0]),
                            Double.parseDouble(parts[1]),
                            Double.parseDouble(parts[2]),
                            Double.parseDouble(parts[3]),
                            Boolean.parseBoolean(parts[4]));
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    void write(Path directory) {
        String line =
                String.format(
                        Locale.ROOT, "%.0f %.0f %.0f %.0f %s%n", x, y, width, height, maximized);
        try {
            Files.writeString(directory.resolve(FILE), line);
        } catch (IOException e) {
            // The next window opens where it likes.
            LOG.debug("The place of the window is not kept", e);
        }
    }

    /** Puts a window there, unless no screen shows that place any more. */
    void apply(Stage stage) {
        boolean seen =
                width >= stage.getMinWidth()
                        && height >= stage.getMinHeight()
                        && !Screen.getScreensForRectangle(x, y, width, height).isEmpty();
        if (!seen) {
            return;
        }
        if (maximized) {
            stage.setMaximized(true);
            return;
        }
        stage.setX(x);
        stage.setY(y);
        stage.setWidth(width);
        stage.setHeight(height);
    }
}
