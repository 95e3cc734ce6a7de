package dev.pilothouse.ui.launch;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;

/** Finds controls that can be used but would be read out as nothing. */
final class Nameless {

    private Nameless() {}

    static List<String> in(Node node) {
        List<String> found = new ArrayList<>();
        collect(node, found);
        return found;
    }

    private static void collect(Node node, List<String> found) {
        boolean speaks =
                node.getAccessibleText() != null && !node.getAccessibleText().isBlank()
                        || node instanceof Labeled label
                                && label.getText() != null
                                && !label.getText().isBlank();
        boolean used =
                node instanceof ButtonBase
                        || node instanceof TextInputControl
                        || node instanceof ComboBoxBase<?>
                        || node instanceof ListView<?>;
        // Arrows that belong to a control are reached through it.
        boolean part = node.getStyleClass().stream().anyMatch(each -> each.contains("arrow"));
        if (used && !speaks && !part) {
            found.add(node.getClass().getSimpleName() + " " + node.getId() + node.getStyleClass());
        }
        // What is inside a choice belongs to it.
        if (node instanceof Parent parent && !(node instanceof ComboBoxBase<?>)) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }
}
