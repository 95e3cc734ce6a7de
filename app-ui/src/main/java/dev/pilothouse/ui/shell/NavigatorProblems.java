package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.overview.Health;
import java.util.Map;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Lets a navigator say how many objects are broken, as long as somebody can see it. JavaFX thread
 * only.
 */
final class NavigatorProblems {

    private final Navigator navigator;
    private final Health health;
    private @Nullable Runnable following;
    private boolean closed;

    NavigatorProblems(Navigator navigator, Health health) {
        this.navigator = navigator;
        this.health = health;
        ObservableValue<Window> window =
                navigator.view().sceneProperty().flatMap(scene -> scene.windowProperty());
        window.flatMap(Window::showingProperty).orElse(false).subscribe(_ -> settle());
        window.flatMap(NavigatorProblems::iconified).orElse(false).subscribe(_ -> settle());
    }

    private static ObservableValue<Boolean> iconified(Window window) {
        return window instanceof Stage stage
                ? stage.iconifiedProperty()
                : new SimpleBooleanProperty(false);
    }

    private void settle() {
        Window window =
                navigator.view().getScene() == null
                        ? null
                        : navigator.view().getScene().getWindow();
        boolean seen =
                !closed
                        && window != null
                        && window.isShowing()
                        && !(window instanceof Stage stage && stage.isIconified());
        if (seen && following == null) {
            following = health.followBroken(navigator::showBroken);
        } else if (!seen && following != null) {
            following.run();
            following = null;
            navigator.showBroken(Map.of());
        }
    }

    void close() {
        closed = true;
        settle();
    }
}
