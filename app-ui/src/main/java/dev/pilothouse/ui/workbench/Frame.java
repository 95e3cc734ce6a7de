package dev.pilothouse.ui.workbench;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The groups of one window, side by side and one above the other. JavaFX thread only. */
final class Frame {

    private final Group.Events events;
    private final StackPane root = new StackPane();
    private final List<Group> groups = new ArrayList<>();
    private Group active;

    Frame(Group.Events events) {
        this.events = events;
        this.active = newGroup();
        root.getStyleClass().add("workbench");
        root.getChildren().setAll(active.view());
    }

    StackPane view() {
        return root;
    }

    List<Group> groups() {
        return List.copyOf(groups);
    }

    /** Where pages are opened. */
    Group active() {
        return active;
    }

    void activate(Group group) {
        active = group;
        groups.forEach(each -> each.mark(groups.size() > 1 && each == group));
    }

    @Nullable Window window() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }

    /** Whether somebody can see it; a scene that is only drawn into a picture counts as seen. */
    boolean isVisible() {
        Window window = window();
        return root.getScene() != null
                && (window == null
                        || (window.isShowing()
                                && !(window instanceof Stage stage && stage.isIconified())));
    }

    /** Runs work whenever {@link #isVisible()} may be another. */
    void onVisibility(Runnable changed) {
        ObservableValue<Window> window =
                root.sceneProperty().flatMap(scene -> scene.windowProperty());
        root.sceneProperty().subscribe(changed);
        window.flatMap(Window::showingProperty).orElse(false).subscribe(_ -> changed.run());
        window.flatMap(Frame::iconified).orElse(false).subscribe(_ -> changed.run());
    }

    private static ReadOnlyBooleanProperty iconified(Window window) {
        return window instanceof Stage stage
                ? stage.iconifiedProperty()
                : new SimpleBooleanProperty(false);
    }

    @Nullable Group groupOf(Page page) {
        return groups.stream()
                .filter(group -> group.pages().contains(page))
                .findFirst()
                .orElse(null);
    }

    /**
     * A new group beside another.
     *
     * @param before to the left of it or above it, else to the right or below
     */
    Group split(Group beside, Orientation orientation, boolean before) {
        Group added = newGroup();
        SplitPane parent = parent(root, beside.view());
        if (parent != null && parent.getOrientation() == orientation) {
            int at = parent.getItems().indexOf(beside.view());
            parent.getItems().add(before ? at : at + 1, added.view());
            spread(parent);
            return added;
        }
        SplitPane pane = new SplitPane();
        pane.setOrientation(orientation);
        replace(beside.view(), pane);
        if (before) {
            pane.getItems().setAll(added.view(), beside.view());
        } else {
            pane.getItems().setAll(beside.view(), added.view());
        }
        return added;
    }

    /** Takes out a group that has no pages, unless it is the last. */
    void prune(Group group) {
        if (!group.isEmpty() || groups.size() == 1) {
            return;
        }
        groups.remove(group);
        SplitPane parent = parent(root, group.view());
        if (parent != null) {
            parent.getItems().remove(group.view());
            if (parent.getItems().size() == 1) {
                Node left = parent.getItems().removeFirst();
                replace(parent, left);
            }
        }
        activate(active == group ? groups.getLast() : active);
    }

    /** To the group before or after, as they were made; false at the end. */
    boolean turnGroup(int steps) {
        int next = groups.indexOf(active) + steps;
        if (next < 0 || next >= groups.size()) {
            return false;
        }
        activate(groups.get(next));
        return true;
    }

    /** To the first group, or the last. */
    void enter(int steps) {
        activate(steps > 0 ? groups.getFirst() : groups.getLast());
    }

    /** A group that belongs to the frame; its node has to be placed. */
    Group newGroup() {
        Group group = new Group(events);
        groups.add(group);
        return group;
    }

    /** Places nodes anew, as they were written down. */
    void layOut(Node content, List<Group> made) {
        groups.clear();
        groups.addAll(made);
        root.getChildren().setAll(content);
        activate(made.getFirst());
    }

    private void replace(Node old, Node with) {
        SplitPane parent = parent(root, old);
        if (parent == null) {
            root.getChildren().setAll(with);
        } else {
            double[] dividers = parent.getDividerPositions();
            parent.getItems().set(parent.getItems().indexOf(old), with);
            parent.setDividerPositions(dividers);
        }
    }

    private static void spread(SplitPane pane) {
        int items = pane.getItems().size();
        double[] positions = new double[items - 1];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (i + 1.0) / items;
        }
        pane.setDividerPositions(positions);
    }

    /** The split pane that has a node as an item, null for the root's. */
    private static @Nullable SplitPane parent(StackPane root, Node item) {
        List<SplitPane> open = new ArrayList<>();
        if (root.getChildren().getFirst() instanceof SplitPane pane) {
            open.add(pane);
        }
        while (!open.isEmpty()) {
            SplitPane pane = open.removeLast();
            if (pane.getItems().contains(item)) {
                return pane;
            }
            pane.getItems()
                    .forEach(child -> {
                        if (child instanceof SplitPane inner) {
                            open.add(inner);
                        }
                    });
        }
        return null;
    }
}
