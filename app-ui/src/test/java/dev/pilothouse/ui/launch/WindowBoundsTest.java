package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pilothouse.ui.testing.Toolkit;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowBoundsTest {

    @TempDir Path directory;

    @Test
    void aWindowComesBackWhereItWas() throws Exception {
        Toolkit.start();
        new WindowBounds(30, 40, 800, 500, false).write(directory);

        WindowBounds now =
                fx(() -> {
                    Stage stage = new Stage();
                    WindowBounds.read(directory).apply(stage);
                    stage.show();
                    WindowBounds shown = WindowBounds.of(stage);
                    stage.close();
                    return shown;
                });

        assertEquals(new WindowBounds(30, 40, 800, 500, false), now);
    }

    @Test
    void aPlaceOutsideAllScreensIsLeftAlone() throws Exception {
        Toolkit.start();
        new WindowBounds(90_000, 40, 800, 500, false).write(directory);

        double x =
                fx(() -> {
                    Stage stage = new Stage();
                    WindowBounds.read(directory).apply(stage);
                    return stage.getX();
                });

        assertEquals(Double.NaN, x);
    }

    @Test
    void whatMakesNoSenseIsNoPlace() throws Exception {
        assertNull(WindowBounds.read(directory));
        Files.writeString(directory.resolve("window.place"), "somewhere else");
        assertNull(WindowBounds.read(directory));
    }
}
