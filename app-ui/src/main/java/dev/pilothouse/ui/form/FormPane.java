package dev.pilothouse.ui.form;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.fx.KeepFocus;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.schema.FieldSchema;
import dev.pilothouse.ui.yaml.Problem;
import dev.pilothouse.ui.yaml.YamlDocument;
import dev.pilothouse.ui.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object as a form. What is changed in it is handed on as the whole object; what changes
 * elsewhere is shown by building the form anew. JavaFX thread only.
 */
public final class FormPane {

    private final Consumer<ObjectNode> changed;
    private final VBox content = new VBox(10);
    private final ScrollPane root = new ScrollPane(content);
    private final Map<List<Object>, Label> errors = new HashMap<>();
    private final Set<List<Object>> open = new HashSet<>();
    private ObjectNode object = Json.object();
    private @Nullable FieldSchema schema;
    private List<Problem> problems = List.of();
    private @Nullable YamlDocument document;
    private boolean built;

    /**
     * An empty form.
     *
     * @param changed is told the whole object whenever the user has changed a field
     */
    public FormPane(Consumer<ObjectNode> changed) {
        this.changed = changed;
        root.setId("form");
        root.setFitToWidth(true);
        root.getStyleClass().addAll("form-pane", "edge-to-edge");
        content.getStyleClass().add("form");
        content.setMinWidth(0);
    }

    /** The node to show. */
    public Region view() {
        return root;
    }

    /** Takes the keyboard. */
    public void focus() {
        // Sections have their fields once they have their look.
        root.applyCss();
        root.layout();
        Node first = content.lookup(".text-field");
        // Without fields yet, the form waits for them with the keyboard.
        (first == null ? root : first).requestFocus();
    }

    /**
     * Shows an object.
     *
     * @param document where it stands in the text; null when the text is not YAML now
     * @param known the schema of its kind; null when there is none
     */
    public void show(@Nullable YamlDocument document, @Nullable FieldSchema known) {
        this.document = document;
        ObjectNode now = document == null ? null : document.object();
        if (now == null) {
            say(Texts.text("form.notNow"));
        } else if (known == null) {
            say(Texts.text("form.noSchema"));
        } else if (!built || !known.equals(schema) || !now.equals(object)) {
            object = now;
            schema = known;
            build();
        }
    }

    private void say(String sentence) {
        built = false;
        Label label = new Label(sentence);
        label.setWrapText(true);
        label.getStyleClass().add("empty-text");
        content.getChildren().setAll(label);
        errors.clear();
    }

    private void build() {
        FieldSchema known = schema;
        if (known == null) {
            return;
        }
        double scroll = root.getVvalue();
        errors.clear();
        built = true;
        KeepFocus.during(
                content,
                () -> content.getChildren().setAll(new FormFields(this).object(List.of(), known)));
        root.setVvalue(scroll);
        if (root.isFocused()) {
            focus();
        }
        showProblems();
    }

    /** Shows what is wrong at the fields it is about. */
    public void show(List<Problem> now) {
        problems = now;
        showProblems();
    }

    private void showProblems() {
        errors.values().forEach(label -> label.setVisible(false));
        YamlNode top = document == null ? null : document.root();
        if (top == null) {
            return;
        }
        for (Problem problem : problems) {
            Label label = label(path(top, problem));
            if (label != null) {
                String before = label.isVisible() ? label.getText() + "\n" : "";
                label.setText(before + problem.message());
                label.setVisible(true);
            }
        }
    }

    /** The label of a field, or else of the nearest one above it that is shown. */
    private @Nullable Label label(List<Object> path) {
        for (int i = path.size(); i >= 0; i--) {
            Label label = errors.get(path.subList(0, i));
            if (label != null) {
                return label;
            }
        }
        return null;
    }

    /** The innermost field at a place of the text. */
    private static List<Object> path(YamlNode top, Problem problem) {
        List<Object> path = new ArrayList<>();
        int at = problem.span().start();
        YamlNode node = top;
        while (node != null) {
            YamlNode next = null;
            if (node instanceof YamlNode.Mapping mapping) {
                for (YamlNode.Entry entry : mapping.entries()) {
                    if (entry.keySpan().start() <= at && at <= entry.value().span().end()) {
                        path.add(entry.key());
                        next = entry.keySpan().start() == at ? null : entry.value();
                        break;
                    }
                }
            } else if (node instanceof YamlNode.Sequence sequence) {
                for (int i = 0; i < sequence.items().size(); i++) {
                    if (sequence.items().get(i).span().start() <= at
                            && at <= sequence.items().get(i).span().end()) {
                        path.add(i);
                        next = sequence.items().get(i);
                        break;
                    }
                }
            }
            node = next;
        }
        return path;
    }

    String kind() {
        return Json.text(object, "kind");
    }

    @Nullable JsonNode value(List<Object> path) {
        return Tree.at(object, path);
    }

    /** Sets a value without building the form anew: its own field shows it already. */
    void set(List<Object> path, @Nullable JsonNode value) {
        ObjectNode next = object.deepCopy();
        Tree.set(next, path, value);
        if (!next.equals(object)) {
            object = next;
            changed.accept(next.deepCopy());
        }
    }

    /** Sets a value that brings or takes fields. */
    void setAndBuild(List<Object> path, @Nullable JsonNode value) {
        set(path, value);
        build();
    }

    void register(List<Object> path, Label error) {
        errors.put(List.copyOf(path), error);
    }

    boolean isOpen(List<Object> path) {
        return open.contains(path);
    }

    void setOpen(List<Object> path, boolean isOpen) {
        if (isOpen) {
            open.add(List.copyOf(path));
        } else {
            open.remove(path);
        }
    }
}
