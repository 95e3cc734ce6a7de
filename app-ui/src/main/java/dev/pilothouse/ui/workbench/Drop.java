package dev.pilothouse.ui.workbench;

import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Where a dragged page would go if it were let go. */
sealed interface Drop {

    /** Nowhere else. */
    record Nowhere() implements Drop {}

    /** Among the tabs of a group, before one of them or as the last. */
    record Among(Group group, int index) implements Drop {}

    /** Into a new group on a side of another. */
    record Beside(Group group, Side side) implements Drop {}

    /** Into a window of its own. */
    record Away(double x, double y) implements Drop {}

    /** So much of a page's width or height counts as its edge. */
    double EDGE = 0.25;

    /** What letting go at a point of the screen means. */
    static Drop at(Frames frames, Moves moves, Page page, double x, double y) {
        boolean inside = false;
        for (Frame frame : frames.all()) {
            for (Group group : frame.groups()) {
                Bounds bounds = group.view().localToScreen(group.view().getLayoutBounds());
                if (frame.isVisible() && bounds != null && bounds.contains(x, y)) {
                    return in(group, bounds, moves, page, x, y);
                }
            }
            inside |= frame.isVisible() && contains(frame.window(), x, y);
        }
        return inside || !moves.canTear(page) ? new Nowhere() : new Away(x, y);
    }

    private static boolean contains(@Nullable Window window, double x, double y) {
        return window != null
                && new BoundingBox(
                                window.getX(), window.getY(), window.getWidth(), window.getHeight())
                        .contains(x, y);
    }

    private static Drop in(Group group, Bounds bounds, Moves moves, Page page, double x, double y) {
        List<Node> headers = group.headers();
        if (!headers.isEmpty()) {
            Bounds first = headers.getFirst().localToScreen(headers.getFirst().getLayoutBounds());
            if (y <= first.getMaxY()) {
                return among(group, index(headers, x), moves, page);
            }
        }
        Side side =
                side(
                        (x - bounds.getMinX()) / bounds.getWidth(),
                        (y - bounds.getMinY()) / bounds.getHeight());
        if (side != null && !group.isEmpty() && moves.canSplit(page, group)) {
            return new Beside(group, side);
        }
        return group.pages().contains(page)
                ? new Nowhere()
                : among(group, group.pages().size(), moves, page);
    }

    private static Drop among(Group group, int index, Moves moves, Page page) {
        return moves.isMove(page, group, index) ? new Among(group, index) : new Nowhere();
    }

    /** Before the first tab whose middle is to the right. */
    private static int index(List<Node> headers, double x) {
        int index = 0;
        for (Node header : headers) {
            Bounds bounds = header.localToScreen(header.getLayoutBounds());
            if (x < bounds.getCenterX()) {
                return index;
            }
            index++;
        }
        return index;
    }

    /** The nearest edge, when it is near; both parts from 0 to 1. */
    private static @Nullable Side side(double across, double down) {
        double nearest = EDGE;
        Side side = null;
        double[] distances = {across, 1 - across, down, 1 - down};
        Side[] sides = {Side.LEFT, Side.RIGHT, Side.TOP, Side.BOTTOM};
        for (int i = 0; i < sides.length; i++) {
            if (distances[i] < nearest) {
                nearest = distances[i];
                side = sides[i];
            }
        }
        return side;
    }
}
