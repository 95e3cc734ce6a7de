package dev.pilothouse.ui.list;

import dev.pilothouse.ui.fx.KeepFocus;
import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * A layer above a page on which one thing at a time hangs below the button that has opened it,
 * until Esc, a click elsewhere or the keyboard going elsewhere. JavaFX thread only.
 */
final class Dropdown {

    private static final double GAP = 4;

    private final Layer layer = new Layer();
    private final EventHandler<MouseEvent> pressed = this::pressed;
    private final ChangeListener<@Nullable Node> focused = (_, _, now) -> focused(now);
    private @Nullable Region content;
    private @Nullable Node below;
    private @Nullable Scene scene;

    Dropdown() {
        layer.setPickOnBounds(false);
    }

    Region view() {
        return layer;
    }

    /** Whether this is what hangs there. */
    boolean isShown(Region what) {
        return what.equals(content);
    }

    /**
     * Shows something below a button, in place of what is shown.
     *
     * @param first takes the keyboard
     */
    void show(Region what, Node button, Node first) {
        hide();
        Scene in = layer.getScene();
        if (in == null) {
            return;
        }
        if (!what.getStyleClass().contains("dropdown")) {
            what.getStyleClass().add("dropdown");
            what.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        }
        content = what;
        below = button;
        scene = in;
        layer.getChildren().setAll(what);
        // A control that is not laid out yet takes no keyboard.
        layer.applyCss();
        layer.layout();
        first.requestFocus();
        in.addEventFilter(MouseEvent.MOUSE_PRESSED, pressed);
        in.focusOwnerProperty().addListener(focused);
    }

    /** Takes away what is shown. */
    void hide() {
        Scene from = scene;
        if (from != null) {
            from.removeEventFilter(MouseEvent.MOUSE_PRESSED, pressed);
            from.focusOwnerProperty().removeListener(focused);
        }
        scene = null;
        content = null;
        layer.getChildren().clear();
    }

    /** As {@link #hide}; the keyboard goes back to the button. */
    void leave() {
        Node button = below;
        hide();
        if (button != null) {
            button.requestFocus();
        }
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            leave();
            event.consume();
        }
    }

    private void pressed(MouseEvent event) {
        Node target = event.getTarget() instanceof Node node ? node : null;
        if (!isMine(target)) {
            hide();
        }
    }

    private void focused(@Nullable Node now) {
        if (now != null && !isMine(now)) {
            hide();
        }
    }

    private boolean isMine(@Nullable Node node) {
        return KeepFocus.isIn(node, content) || KeepFocus.isIn(node, below);
    }

    private final class Layer extends Pane {
        @Override
        protected void layoutChildren() {
            Region what = content;
            Node button = below;
            if (what == null || button == null || button.getScene() == null) {
                return;
            }
            Bounds at = sceneToLocal(button.localToScene(button.getBoundsInLocal()));
            double width = Math.min(what.prefWidth(-1), getWidth() - 2 * GAP);
            double y = at.getMaxY() + GAP;
            double height = Math.min(what.prefHeight(width), getHeight() - y - GAP);
            double x = Math.clamp(at.getMinX(), GAP, Math.max(GAP, getWidth() - width - GAP));
            what.resizeRelocate(Math.rint(x), Math.rint(y), width, Math.max(60, height));
        }
    }
}
