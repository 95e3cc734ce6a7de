package dev.pilothouse.ui.workbench;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Orientation;
import javafx.scene.Parent;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The open pages: in tabs, side by side, in several windows. Knows where the user was and leads
 * back, and tells pages whether they are seen. All methods belong to the JavaFX thread.
 */
public final class Workbench {

    private static final Logger LOG = LoggerFactory.getLogger(Workbench.class);

    private final Function<Place, Page> pages;
    private final Frames frames;
    private final Moves moves;
    private final TabDrag drag;
    private final ShownPages shown = new ShownPages();
    private final Deque<Place> closed = new ArrayDeque<>();
    private final History history = new History();
    private final ReadOnlyObjectWrapper<@Nullable Page> current = new ReadOnlyObjectWrapper<>();

    /** Makes windows for pages that are torn out. */
    @FunctionalInterface
    public interface Windows {
        /** A window with this content, not shown yet. */
        Stage window(Parent content);
    }

    /**
     * Without pages.
     *
     * @param pages makes the page of a place
     */
    public Workbench(Function<Place, Page> pages, Windows windows) {
        this.pages = pages;
        this.frames = new Frames(windows, new GroupEvents(), this::settle);
        this.moves = new Moves(frames, this::focus);
        this.drag = new TabDrag(frames, moves);
    }

    /** The pages of the first window, to be put into it. */
    public Parent view() {
        return frames.view();
    }

    /** The page that has the keyboard or had it last; its value is null when there is none. */
    public ReadOnlyObjectProperty<@Nullable Page> current() {
        return current.getReadOnlyProperty();
    }

    /** All open pages. */
    public List<Page> pages() {
        return frames.pages();
    }

    /** The pages in the group of a page, itself included. */
    List<Page> neighbours(Page page) {
        Group group = frames.groupOf(page);
        return group == null ? List.of() : group.pages();
    }

    /** Opens the page of a place, or selects it where it is open; it takes the keyboard. */
    public void open(Place place, Where where) {
        Page page = find(place);
        if (page != null) {
            if (where != Where.BACKGROUND) {
                if (!place.state().isEmpty()) {
                    page.goTo(place);
                }
                select(page);
                focus(page);
            }
        } else if (where == Where.HERE) {
            show(place);
            focusCurrent();
        } else {
            open(make(place), where);
        }
    }

    /** As {@link Where#HERE}, but the keyboard stays where it is. */
    public void show(Place place) {
        Page open = find(place);
        if (open != null) {
            select(open);
            return;
        }
        Page seen = frames.active().active().selected();
        if (seen == null || !seen.place().type().equals(place.type())) {
            Page page = make(place);
            frames.change(() -> frames.active().active().add(page, true));
            return;
        }
        history.left(seen.place());
        if (seen.goTo(place)) {
            history.visit(seen.place());
        } else {
            seen.mayClose(() -> replace(seen, make(place)));
        }
    }

    /** Opens a page that has been made; it takes the keyboard unless it is in the background. */
    public void open(Page page, Where where) {
        Page seen = frames.active().active().selected();
        if (where == Where.HERE
                && seen != null
                && seen.place().type().equals(page.place().type())) {
            seen.mayClose(() -> {
                replace(seen, page);
                focus(page);
            });
            return;
        }
        frames.change(() -> {
            Group group = frames.active().active();
            switch (where) {
                case HERE, TAB -> group.add(page, true);
                case BACKGROUND -> group.add(page, group.isEmpty());
                case SPLIT_RIGHT -> place(page, Orientation.HORIZONTAL);
                case SPLIT_DOWN -> place(page, Orientation.VERTICAL);
                case WINDOW -> frames.show(page);
            }
        });
        if (where != Where.BACKGROUND) {
            focus(page);
        }
    }

    /** Closes a page once it lets go of it. */
    public void close(Page page) {
        page.mayClose(() -> {
            closed.push(page.place());
            frames.change(() -> frames.take(page));
            end(page);
            Page next = current.get();
            if (next != null) {
                focus(next);
            }
        });
    }

    /** Opens the page that was closed last. */
    public void reopen() {
        if (!closed.isEmpty()) {
            open(closed.pop(), Where.TAB);
        }
    }

    /** Moves a page beside or below the others of its group, or into a window of its own. */
    public void move(Page page, Where where) {
        moves.move(page, where);
    }

    /** Moves a page past the tabs beside it, to the left by negative steps. */
    public void shift(Page page, int steps) {
        moves.shift(page, steps);
    }

    /** Moves a page into the next group of its window, or into a second one. */
    public void moveToNextGroup(Page page) {
        moves.toNextGroup(page);
    }

    /** Goes to places the user was at before, by negative steps, or came back from. */
    public void go(int steps) {
        Page from = current.get();
        if (from != null) {
            history.left(from.place());
        }
        Place place = history.go(steps);
        if (place != null) {
            open(place, Where.HERE);
        }
    }

    /** Whether {@link #go} leads somewhere. */
    public boolean canGo(int steps) {
        return history.canGo(steps);
    }

    /** Selects the next tab, or the one before. */
    public void turn(int steps) {
        frames.active().active().turn(steps);
        focusCurrent();
    }

    /**
     * Gives the keyboard to the next group of the window, or the one before.
     *
     * @return false when there is none, or when it would be the first one again
     */
    public boolean turnGroup(int steps) {
        boolean[] turned = {false};
        frames.change(() -> turned[0] = frames.active().turnGroup(steps));
        if (turned[0]) {
            focusCurrent();
        }
        return turned[0];
    }

    /** Gives the keyboard to the first group of the window, or with -1 to the last. */
    public void enterGroups(int steps) {
        frames.change(() -> frames.active().enter(steps));
        focusCurrent();
    }

    /** Gives the keyboard to the current page. */
    public void focusCurrent() {
        Page page = current.get();
        if (page != null) {
            focus(page);
        }
    }

    /** Selects an open page. */
    public void select(Page page) {
        Frame frame = frames.of(page);
        Group group = frames.groupOf(page);
        if (frame == null || group == null) {
            return;
        }
        frames.change(() -> {
            frames.activate(group);
            group.select(page);
        });
        if (frame != frames.first() && frame.window() instanceof Stage stage) {
            stage.toFront();
        }
    }

    /** Which pages are open and how they lie, to be written down. */
    public ObjectNode save() {
        ObjectNode json = Json.object();
        ArrayNode saved = json.putArray("windows");
        for (Frame frame : frames.all()) {
            saved.add(Layout.save(frame));
        }
        return json;
    }

    /** Opens what was written down; does nothing to a workbench that has pages. */
    public void restore(ObjectNode json) {
        List<ObjectNode> saved = Json.objects(json, "windows");
        if (!pages().isEmpty() || saved.isEmpty()) {
            return;
        }
        frames.change(() -> frames.restore(saved, this::make));
    }

    /** The places of the pages that were written down, in all windows. */
    public static List<Place> places(ObjectNode json) {
        return Json.objects(json, "windows").stream()
                .flatMap(window -> Layout.places(window.path("content")))
                .toList();
    }

    /** Ends all pages, whatever they hold, and their windows. */
    public void close() {
        List<Page> open = pages();
        frames.freeze();
        shown.hideAll();
        open.forEach(Page::close);
        frames.close();
    }

    private void focus(Page page) {
        Frame frame = frames.of(page);
        if (frame != null) {
            PageFocus.give(page, frame);
        }
    }

    private void replace(Page old, Page page) {
        Group group = frames.groupOf(old);
        if (group == null) {
            return;
        }
        history.left(old.place());
        frames.change(() -> group.replace(old, page));
        end(old);
    }

    /** Puts a page into a new group beside the active one. */
    private void place(Page page, Orientation orientation) {
        Group group = frames.active().active();
        if (!group.isEmpty()) {
            group = frames.active().split(group, orientation, false);
        }
        group.add(page, true);
        frames.activate(group);
    }

    private void end(Page page) {
        shown.hide(page);
        page.close();
    }

    private Page make(Place place) {
        try {
            return pages.apply(place);
        } catch (RuntimeException e) {
            // One screen's fault must not take the window with it.
            LOG.error("The page {} cannot be made", place, e);
            return new FailedPage(
                    place, Texts.text("workbench.failed", String.valueOf(e.getMessage())));
        }
    }

    private @Nullable Page find(Place place) {
        return pages().stream()
                .filter(page -> page.place().isSameAs(place))
                .findFirst()
                .orElse(null);
    }

    private void settle() {
        for (Group group : frames.groups()) {
            group.menus(page -> new TabMenu(this, page).menu());
        }
        shown.settle(frames.all());
        moveTo(frames.active().active().selected());
    }

    private void moveTo(@Nullable Page page) {
        Page before = current.get();
        if (Objects.equals(before, page)) {
            return;
        }
        if (before != null) {
            history.left(before.place());
        }
        if (page != null) {
            history.visit(page.place());
        }
        current.set(page);
    }

    private final class GroupEvents implements Group.Events {
        @Override
        public void selected(Group group) {
            frames.change(() -> frames.activate(group));
        }

        @Override
        public void close(Page page) {
            Workbench.this.close(page);
        }

        @Override
        public void pressed(Page page, MouseEvent event) {
            drag.begin(page, event);
        }
    }
}
