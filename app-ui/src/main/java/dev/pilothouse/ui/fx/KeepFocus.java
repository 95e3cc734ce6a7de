package dev.pilothouse.ui.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import org.jspecify.annotations.Nullable;

/**
 * Lets a view draw itself anew while the keyboard is in it: whoever is at a button is at the same
 * button afterwards, although it is another object. JavaFX thread only.
 */
public final class KeepFocus {

    private KeepFocus() {}

    /**
     * Changes what is in a view. When what has the keyboard goes with that, the keyboard goes to
     * what has the same id or name now, or else to what is in its place.
     */
    public static void during(Parent view, Runnable change) {
        Node owner = view.getScene() == null ? null : view.getScene().getFocusOwner();
        if (owner == null || !isIn(owner, view)) {
            change.run();
            return;
        }
        String name = name(owner);
        int place = focusable(view).indexOf(owner);
        change.run();
        if (isIn(owner, view)) {
            return;
        }
        List<Node> now = focusable(view);
        now.stream()
                .filter(node -> name(node).equals(name))
                .findFirst()
                .or(() -> at(now, place))
                .ifPresent(Node::requestFocus);
    }

    /** Gives the keyboard to the first thing in a view that takes it; false when there is none. */
    public static boolean first(Parent view) {
        List<Node> found = focusable(view);
        if (found.isEmpty()) {
            return false;
        }
        found.getFirst().requestFocus();
        return true;
    }

    /** Whether the keyboard is in a view. */
    public static boolean isIn(Parent view) {
        return view.getScene() != null && isIn(view.getScene().getFocusOwner(), view);
    }

    private static Optional<Node> at(List<Node> nodes, int place) {
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(nodes.get(Math.clamp(place, 0, nodes.size() - 1)));
    }

    /** Whether a node is a view or something in it; neither is when there is none. */
    public static boolean isIn(@Nullable Node node, @Nullable Node view) {
        Node each = node;
        while (each != null && !each.equals(view)) {
            each = each.getParent();
        }
        return each != null;
    }

    private static String name(Node node) {
        String text =
                node instanceof Labeled label && label.getText() != null ? label.getText() : "";
        return node.getId() != null
                ? "#" + node.getId()
                : node.getClass().getName() + " " + node.getAccessibleText() + " " + text;
    }

    private static List<Node> focusable(Parent view) {
        List<Node> found = new ArrayList<>();
        collect(view, found);
        return found;
    }

    private static void collect(Node node, List<Node> found) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }
}
