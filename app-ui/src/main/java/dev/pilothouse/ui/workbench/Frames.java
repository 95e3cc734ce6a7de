package dev.pilothouse.ui.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.scene.Parent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The windows of a workbench and the groups in them, one of which has the keyboard. The first
 * window belongs to somebody else and stays; the others come with their first page and go with
 * their last. JavaFX thread only.
 */
final class Frames {

    private final Workbench.Windows windows;
    private final Group.Events events;
    private final Runnable changed;
    private final List<Frame> frames = new ArrayList<>();
    private Frame active;
    private int changing;

    /**
     * The first window, without pages.
     *
     * @param changed is run after changes, once for those that belong together
     */
    Frames(Workbench.Windows windows, Group.Events events, Runnable changed) {
        this.windows = windows;
        this.events = events;
        this.changed = changed;
        // Who makes this has nothing to be told yet.
        changing++;
        this.active = make();
        changing--;
    }

    /** All of them, the first window first. */
    List<Frame> all() {
        return List.copyOf(frames);
    }

    Frame first() {
        return frames.getFirst();
    }

    /** The one with the group that has the keyboard. */
    Frame active() {
        return active;
    }

    List<Group> groups() {
        return frames.stream().flatMap(frame -> frame.groups().stream()).toList();
    }

    List<Page> pages() {
        return groups().stream().flatMap(group -> group.pages().stream()).toList();
    }

    @Nullable Frame of(Page page) {
        return frames.stream()
                .filter(frame -> frame.groupOf(page) != null)
                .findFirst()
                .orElse(null);
    }

    @Nullable Frame of(Group group) {
        return frames.stream()
                .filter(frame -> frame.groups().contains(group))
                .findFirst()
                .orElse(null);
    }

    @Nullable Group groupOf(Page page) {
        Frame frame = of(page);
        return frame == null ? null : frame.groupOf(page);
    }

    /** Changes tabs and groups; what that means for the pages is found out once, at the end. */
    void change(Runnable change) {
        changing++;
        try {
            change.run();
        } finally {
            changing--;
        }
        settle();
    }

    private void settle() {
        if (changing == 0) {
            changed.run();
        }
    }

    /** From here on nobody is told of changes. */
    void freeze() {
        changing++;
    }

    /** The keyboard is in a group now. */
    void activate(Group group) {
        Frame frame = of(group);
        if (frame != null) {
            active = frame;
            frame.activate(group);
        }
    }

    /** A window for a page that is in none. */
    void show(Page page) {
        Frame frame = make();
        frame.active().add(page, true);
        active = frame;
        show(frame, page);
    }

    private void show(Frame frame, @Nullable Page page) {
        Stage stage = windows.window(frame.view());
        if (page != null) {
            stage.titleProperty()
                    .bind(page.title().map(title -> title.text() + " \u00b7 Pilothouse"));
        }
        stage.setOnCloseRequest(event -> {
            event.consume();
            frame.groups().stream().flatMap(group -> group.pages().stream()).forEach(events::close);
        });
        stage.focusedProperty()
                .subscribe(focused -> {
                    if (focused) {
                        change(() -> active = frame);
                    }
                });
        stage.show();
    }

    /** Takes a page out of its group, and the group and the window with it if they are empty. */
    void take(Page page) {
        Frame frame = of(page);
        Group group = frame == null ? null : frame.groupOf(page);
        if (frame == null || group == null) {
            return;
        }
        group.remove(page);
        frame.prune(group);
        if (frame != first() && frame.groups().stream().allMatch(Group::isEmpty)) {
            frames.remove(frame);
            if (active == frame) {
                active = first();
            }
            if (frame.window() instanceof Stage stage) {
                stage.titleProperty().unbind();
                stage.close();
            }
        }
    }

    /** Fills the first window and opens the others as they were written down. */
    void restore(List<ObjectNode> saved, Function<Place, Page> make) {
        Layout.restore(first(), saved.getFirst(), make);
        for (ObjectNode window : saved.subList(1, saved.size())) {
            Frame frame = make();
            if (Layout.restore(frame, window, make)) {
                show(frame, frame.groups().getFirst().selected());
                Layout.place(frame, window);
            } else {
                frames.remove(frame);
            }
        }
        active = first();
    }

    /** Closes all windows but the first. */
    void close() {
        frames.stream()
                .skip(1)
                .forEach(frame -> {
                    if (frame.window() instanceof Stage stage) {
                        stage.close();
                    }
                });
    }

    /** The content of the first window. */
    Parent view() {
        return first().view();
    }

    private Frame make() {
        Frame frame = new Frame(events);
        frames.add(frame);
        frame.onVisibility(this::settle);
        return frame;
    }
}
