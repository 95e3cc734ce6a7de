package dev.pilothouse.ui.workbench;

import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.geometry.Side;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Open pages on their way to another place: among the tabs of their group, into another group,
 * beside one, into a window of their own. They stay alive, and take the keyboard where they land.
 * JavaFX thread only.
 */
final class Moves {

    private final Frames frames;
    private final Consumer<Page> focus;

    /**
     * Moves pages of some windows.
     *
     * @param focus gives a page the keyboard
     */
    Moves(Frames frames, Consumer<Page> focus) {
        this.frames = frames;
        this.focus = focus;
    }

    /** Beside or below the others of its group, or into a window of its own. */
    void move(Page page, Where where) {
        Group group = frames.groupOf(page);
        if (group == null) {
            return;
        }
        switch (where) {
            case WINDOW -> toWindow(page);
            case SPLIT_DOWN -> beside(page, group, Side.BOTTOM);
            default -> beside(page, group, Side.RIGHT);
        }
    }

    /** Past the tabs beside it, to the left by negative steps; not beyond the ends. */
    void shift(Page page, int steps) {
        Group group = frames.groupOf(page);
        if (group != null) {
            int at = group.pages().indexOf(page) + steps;
            into(page, group, steps > 0 ? at + 1 : at);
        }
    }

    /**
     * Into the next group of its window; after the last comes the first. Where there is but one, a
     * page that is not alone gets another.
     */
    void toNextGroup(Page page) {
        Frame frame = frames.of(page);
        Group group = frame == null ? null : frame.groupOf(page);
        if (frame == null || group == null) {
            return;
        }
        List<Group> groups = frame.groups();
        if (groups.size() == 1) {
            beside(page, group, Side.RIGHT);
        } else {
            Group next = groups.get((groups.indexOf(group) + 1) % groups.size());
            into(page, next, next.pages().size());
        }
    }

    /**
     * Into a group.
     *
     * @param index before which of its tabs, as they are before the move
     */
    void into(Page page, Group to, int index) {
        if (!isMove(page, to, index)) {
            return;
        }
        frames.change(() -> {
            Group from = frames.groupOf(page);
            int at = index;
            if (to.equals(from)) {
                at = to.pages().indexOf(page) < index ? index - 1 : index;
                to.remove(page);
            } else {
                frames.take(page);
            }
            to.add(page, at, true);
            frames.activate(to);
        });
        focus.accept(page);
    }

    /** Whether a page would be elsewhere if it were put before a tab of a group. */
    boolean isMove(Page page, Group to, int index) {
        List<Page> pages = to.pages();
        int now = pages.indexOf(page);
        boolean stays = now >= 0 && (index == now || index == now + 1);
        return !stays && index >= 0 && index <= pages.size();
    }

    /** Into a new group on a side of another. */
    void beside(Page page, Group group, Side side) {
        Frame frame = frames.of(group);
        if (frame == null || !canSplit(page, group)) {
            return;
        }
        frames.change(() -> {
            if (group.equals(frames.groupOf(page))) {
                group.remove(page);
            } else {
                frames.take(page);
            }
            Group added =
                    frame.split(
                            group,
                            side.isVertical() ? Orientation.HORIZONTAL : Orientation.VERTICAL,
                            side == Side.LEFT || side == Side.TOP);
            added.add(page, true);
            frames.activate(added);
        });
        focus.accept(page);
    }

    /** A page that is alone in its group has nothing there to be moved away from. */
    boolean canSplit(Page page, Group group) {
        return !group.equals(frames.groupOf(page)) || group.pages().size() > 1;
    }

    /** Into a window of its own, where the user is asked to see it. */
    void toWindow(Page page) {
        if (canTear(page)) {
            frames.change(() -> {
                frames.take(page);
                frames.show(page);
            });
            focus.accept(page);
        }
    }

    /** The same, with the window at a point of the screen. */
    void toWindow(Page page, double x, double y) {
        toWindow(page);
        Frame frame = frames.of(page);
        if (frame != null && frame != frames.first() && frame.window() instanceof Stage stage) {
            stage.setX(x);
            stage.setY(y);
        }
    }

    /** A page that is alone in a window of its own is where it would go. */
    boolean canTear(@Nullable Page page) {
        Frame frame = page == null ? null : frames.of(page);
        return frame != null
                && (frame == frames.first()
                        || frame.groups().size() > 1
                        || frame.active().pages().size() > 1);
    }
}
