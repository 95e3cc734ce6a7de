package dev.pilothouse.ui.workbench;

import javafx.event.EventHandler;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * A tab that is dragged by the mouse: it is moved when it is let go, and stays where it was after
 * Escape. A short way is a click with an unsteady hand. JavaFX thread only.
 */
final class TabDrag {

    private static final double UNSTEADY = 8;

    private final Frames frames;
    private final Moves moves;
    private final DropMark mark = new DropMark();
    private final EventHandler<MouseEvent> dragged = this::drag;
    private final EventHandler<MouseEvent> released = this::release;
    private final EventHandler<KeyEvent> pressed = this::press;
    private @Nullable Running running;

    /** A button that is held down on a tab. */
    private record Running(Page page, Scene scene, double x, double y, boolean moving) {}

    TabDrag(Frames frames, Moves moves) {
        this.frames = frames;
        this.moves = moves;
    }

    /** The mouse was pressed on the tab of a page. */
    void begin(Page page, MouseEvent event) {
        end();
        Frame frame = frames.of(page);
        Scene scene = frame == null ? null : frame.view().getScene();
        if (scene == null) {
            return;
        }
        running = new Running(page, scene, event.getScreenX(), event.getScreenY(), false);
        scene.addEventFilter(MouseEvent.MOUSE_DRAGGED, dragged);
        scene.addEventFilter(MouseEvent.MOUSE_RELEASED, released);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, pressed);
    }

    private void drag(MouseEvent event) {
        Running now = running;
        if (now == null) {
            return;
        }
        double x = event.getScreenX();
        double y = event.getScreenY();
        boolean moving = now.moving || Math.hypot(x - now.x, y - now.y) > UNSTEADY;
        Window window = now.scene.getWindow();
        // Whose page was closed meanwhile has nothing to move.
        if (!moving || window == null || frames.of(now.page) == null) {
            return;
        }
        running = new Running(now.page, now.scene, now.x, now.y, true);
        mark.show(Drop.at(frames, moves, now.page, x, y), now.page, window, x, y);
        event.consume();
    }

    private void release(MouseEvent event) {
        Running now = running;
        end();
        if (now == null || !now.moving || frames.of(now.page) == null) {
            return;
        }
        event.consume();
        switch (Drop.at(frames, moves, now.page, event.getScreenX(), event.getScreenY())) {
            case Drop.Among drop -> moves.into(now.page, drop.group(), drop.index());
            case Drop.Beside drop -> moves.beside(now.page, drop.group(), drop.side());
            case Drop.Away drop -> moves.toWindow(now.page, drop.x(), drop.y());
            case Drop.Nowhere _ -> {}
        }
    }

    private void press(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && running != null && running.moving) {
            end();
            event.consume();
        }
    }

    private void end() {
        if (running != null) {
            running.scene.removeEventFilter(MouseEvent.MOUSE_DRAGGED, dragged);
            running.scene.removeEventFilter(MouseEvent.MOUSE_RELEASED, released);
            running.scene.removeEventFilter(KeyEvent.KEY_PRESSED, pressed);
            running = null;
        }
        mark.hide();
    }
}
