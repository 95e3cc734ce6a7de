package dev.pilothouse.ui.form;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.schema.FieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes the controls of fields. JavaFX thread only. */
final class FormFields {

    private static final int DEEP = 4;

    /** Letters of a line up to which a field lays it out in a moment. */
    private static final int MOST = 4_000;

    private static final int LONG_TEXT = 60;
    private static final JsonNodeFactory NEW = JsonNodeFactory.instance;

    private final FormPane form;

    FormFields(FormPane form) {
        this.form = form;
    }

    /** The fields of an object, one below the other, and a menu of those that can be added. */
    VBox object(List<Object> path, FieldSchema schema) {
        VBox box = new VBox(8);
        JsonNode value = form.value(path);
        List<String> shown =
                Layouts.fields(form.kind(), path, schema, value == null ? Json.object() : value);
        for (String name : shown) {
            FieldSchema field = schema.field(name);
            box.getChildren()
                    .add(
                            field == null
                                    ? unknown(child(path, name), name)
                                    : field(
                                            child(path, name),
                                            name,
                                            field,
                                            schema.required().contains(name)));
        }
        List<String> more =
                schema.names().stream()
                        .filter(name -> !shown.contains(name))
                        .filter(name -> !path.isEmpty() || !isServers(name))
                        .sorted()
                        .toList();
        if (!more.isEmpty()) {
            box.getChildren().add(adder(path, schema, more));
        }
        return box;
    }

    private static boolean isServers(String name) {
        return name.equals("apiVersion") || name.equals("kind") || name.equals("status");
    }

    private MenuButton adder(List<Object> path, FieldSchema schema, List<String> names) {
        MenuButton add = new MenuButton(Texts.text("form.add"));
        add.setId("add-" + id(path));
        add.getStyleClass().addAll("flat", "small");
        for (String name : names) {
            MenuItem item = new MenuItem(name);
            item.setOnAction(event -> {
                FieldSchema field = schema.field(name);
                if (field != null) {
                    form.setOpen(child(path, name), true);
                    form.setAndBuild(child(path, name), fresh(field));
                }
            });
            add.getItems().add(item);
        }
        return add;
    }

    /** A value that shows what is to be filled in. */
    private static JsonNode fresh(FieldSchema field) {
        JsonNode usual = field.defaultValue();
        if (usual != null) {
            return usual.deepCopy();
        }
        List<String> choices = field.choices();
        return switch (field.type()) {
            case OBJECT, MAP, ANY -> Json.object();
            case ARRAY -> Json.array();
            case BOOLEAN -> NEW.booleanNode(true);
            case INTEGER, NUMBER -> NEW.numberNode(0);
            default -> NEW.stringNode(choices.isEmpty() ? "" : choices.getFirst());
        };
    }

    private Node unknown(List<Object> path, String name) {
        Label text = new Label(String.valueOf(form.value(path)));
        text.setWrapText(true);
        text.getStyleClass().add("hint");
        return row(path, name, "", false, text);
    }

    private Node field(List<Object> path, String name, FieldSchema schema, boolean required) {
        return switch (schema.type()) {
            case OBJECT -> section(path, name, schema, required, object(path, schema));
            case MAP -> {
                FieldSchema values = schema.field("");
                boolean simple = values == null || isScalar(values);
                yield section(
                        path,
                        name,
                        schema,
                        required,
                        simple ? map(path, values) : mapOfObjects(path, schema));
            }
            case ARRAY -> section(path, name, schema, required, list(path, schema));
            case ANY -> unknown(path, name);
            default -> row(path, name, schema.description(), required, scalar(path, name, schema));
        };
    }

    private static boolean isScalar(FieldSchema schema) {
        return switch (schema.type()) {
            case OBJECT, MAP, ARRAY, ANY -> false;
            default -> true;
        };
    }

    /** A field with fields of its own, which can be folded. */
    private Node section(
            List<Object> path, String name, FieldSchema schema, boolean required, Node content) {
        JsonNode value = form.value(path);
        Label error = error(path);
        TitledPane pane =
                new TitledPane(required ? name + " *" : name, new VBox(6, error, content));
        pane.setId("section-" + id(path));
        pane.getStyleClass().add("form-section");
        pane.setAnimated(false);
        pane.setMinWidth(0);
        boolean shallow = path.size() <= DEEP && value != null && !value.isEmpty();
        boolean wanted = path.size() == 1 || required || shallow || form.isOpen(path);
        pane.setExpanded(wanted);
        pane.expandedProperty().subscribe(now -> form.setOpen(path, now));
        if (!schema.description().isEmpty()) {
            pane.setTooltip(new Tooltip(schema.description()));
        }
        if (!required && value != null) {
            HBox box = new HBox(pane, remove(path, name));
            HBox.setHgrow(pane, Priority.ALWAYS);
            return box;
        }
        return pane;
    }

    private Node row(
            List<Object> path, String name, String description, boolean required, Node control) {
        Label label = new Label(required ? name + " *" : name);
        label.setMinWidth(140);
        label.setPrefWidth(140);
        label.getStyleClass().add("form-label");
        label.setLabelFor(control);
        if (!description.isEmpty()) {
            label.setTooltip(new Tooltip(description));
        }
        HBox.setHgrow(control, Priority.ALWAYS);
        HBox line = new HBox(8, label, control);
        line.setAlignment(Pos.CENTER_LEFT);
        return new VBox(2, line, error(path));
    }

    private Label error(List<Object> path) {
        Label error = new Label();
        error.setId("error-" + id(path));
        error.setWrapText(true);
        error.getStyleClass().add("form-error");
        error.managedProperty().bind(error.visibleProperty());
        error.setVisible(false);
        form.register(path, error);
        return error;
    }

    private Node scalar(List<Object> path, String name, FieldSchema schema) {
        JsonNode value = form.value(path);
        String text = value == null || value.isNull() ? "" : value.asString("");
        List<String> choices = schema.choices();
        if (schema.type() == FieldSchema.Type.BOOLEAN) {
            CheckBox box = new CheckBox();
            box.setAllowIndeterminate(value == null);
            box.setIndeterminate(value == null);
            box.setSelected(value != null && value.asBoolean(false));
            box.setOnAction(event -> form.set(path, NEW.booleanNode(box.isSelected())));
            return named(box, path, name);
        }
        if (!choices.isEmpty()) {
            ComboBox<String> box = new ComboBox<>();
            box.getItems().add("");
            box.getItems().addAll(choices);
            box.setValue(text);
            box.setMaxWidth(Double.MAX_VALUE);
            box.setMinWidth(60);
            box.setPrefWidth(120);
            box.valueProperty()
                    .addListener((property, before, now) ->
                            form.set(
                                    path,
                                    now == null || now.isEmpty() ? null : NEW.stringNode(now)));
            return named(box, path, name);
        }
        TextInputControl field = input(text);
        JsonNode usual = schema.defaultValue();
        if (usual != null) {
            field.setPromptText(usual.asString(""));
        }
        field.textProperty()
                .addListener((property, before, now) -> form.set(path, read(now, schema)));
        return named(field, path, name);
    }

    private static TextInputControl input(String text) {
        if (text.length() > MOST && text.lines().anyMatch(line -> line.length() > MOST)) {
            TextField told = new TextField(Texts.text("form.tooLong", text.length()));
            told.setEditable(false);
            return told;
        }
        if (text.contains("\n") || text.length() > LONG_TEXT) {
            TextArea area = new TextArea(text);
            area.setPrefRowCount(Math.clamp(text.lines().count() + 1, 2, 10));
            return area;
        }
        TextField field = new TextField(text);
        field.setPrefColumnCount(9);
        field.setMinWidth(60);
        return field;
    }

    /** What has been typed, as a value of the schema's form when it is one. */
    private static @Nullable JsonNode read(String text, FieldSchema schema) {
        if (text.isEmpty()) {
            return null;
        }
        boolean whole = text.matches("-?(0|[1-9]\\d{0,17})");
        return switch (schema.type()) {
            case INTEGER, INT_OR_STRING, NUMBER, QUANTITY ->
                    whole ? NEW.numberNode(Long.parseLong(text)) : NEW.stringNode(text);
            default -> NEW.stringNode(text);
        };
    }

    private <T extends Region> T named(T control, List<Object> path, String name) {
        control.setId("field-" + id(path));
        control.setAccessibleText(name);
        return control;
    }

    /** Keys and values in lines. */
    private Node map(List<Object> path, @Nullable FieldSchema values) {
        VBox box = new VBox(4);
        JsonNode value = form.value(path);
        if (value != null) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                box.getChildren().add(pair(path, entry.getKey(), entry.getValue(), values));
            }
        }
        Button add = new Button(Texts.text("form.addKey"));
        add.setId("add-" + id(path));
        add.getStyleClass().addAll("flat", "small");
        add.setOnAction(event -> {
            JsonNode now = form.value(path);
            String key = "key";
            for (int i = 2; now != null && now.has(key); i++) {
                key = "key" + i;
            }
            form.setAndBuild(child(path, key), NEW.stringNode(""));
        });
        box.getChildren().add(add);
        return box;
    }

    private Node pair(List<Object> path, String key, JsonNode value, @Nullable FieldSchema values) {
        List<Object> own = child(path, key);
        TextField name = named(new TextField(key), child(own, "#key"), Texts.text("form.key"));
        name.setPrefColumnCount(9);
        name.setMinWidth(60);
        Runnable rename =
                () -> {
                    JsonNode all = form.value(path);
                    String to = name.getText().strip();
                    if (all != null && !to.equals(key) && !to.isEmpty() && !all.has(to)) {
                        var renamed = Json.object();
                        all.properties()
                                .forEach(each ->
                                        renamed.set(
                                                each.getKey().equals(key) ? to : each.getKey(),
                                                each.getValue()));
                        form.setAndBuild(path, renamed);
                    }
                };
        name.setOnAction(event -> rename.run());
        name.focusedProperty()
                .addListener((property, before, now) -> {
                    if (!now) {
                        rename.run();
                    }
                });
        TextInputControl text = named(input(value.asString("")), own, key);
        text.textProperty()
                .addListener((property, before, now) -> {
                    JsonNode read = values == null ? null : read(now, values);
                    form.set(own, read == null ? NEW.stringNode(now) : read);
                });
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox line = new HBox(6, name, text, remove(own, key));
        line.setAlignment(Pos.TOP_LEFT);
        return new VBox(2, line, error(own));
    }

    private Node mapOfObjects(List<Object> path, FieldSchema schema) {
        VBox box = new VBox(6);
        JsonNode value = form.value(path);
        if (value != null) {
            for (String key : value.propertyNames()) {
                FieldSchema field = schema.field(key);
                if (field != null) {
                    box.getChildren().add(field(child(path, key), key, field, false));
                }
            }
        }
        return box;
    }

    private Node list(List<Object> path, FieldSchema schema) {
        VBox box = new VBox(6);
        FieldSchema items = schema.items();
        JsonNode value = form.value(path);
        int size = value == null ? 0 : value.size();
        for (int i = 0; items != null && i < size; i++) {
            List<Object> own = child(path, i);
            Node node;
            if (isScalar(items)) {
                node = new VBox(2, scalar(own, String.valueOf(i + 1), items), error(own));
            } else {
                VBox inner =
                        items.type() == FieldSchema.Type.OBJECT
                                ? object(own, items)
                                : new VBox(unknown(own, String.valueOf(i + 1)));
                inner.getChildren().addFirst(error(own));
                inner.getStyleClass().add("form-item");
                node = inner;
            }
            HBox.setHgrow(node, Priority.ALWAYS);
            box.getChildren().add(new HBox(6, node, remove(own, String.valueOf(i + 1))));
        }
        Button add = new Button(Texts.text("form.addItem"));
        add.setId("add-" + id(path));
        add.getStyleClass().addAll("flat", "small");
        add.setOnAction(event -> {
            ArrayNode all =
                    form.value(path) instanceof ArrayNode now ? now.deepCopy() : Json.array();
            all.add(items == null ? NEW.stringNode("") : fresh(items));
            form.setAndBuild(path, all);
        });
        box.getChildren().add(add);
        return box;
    }

    private Button remove(List<Object> path, String name) {
        Button remove = new Button("\u2715");
        remove.setId("remove-" + id(path));
        remove.getStyleClass().addAll("flat", "small", "close");
        remove.setAccessibleText(Texts.text("form.remove", name));
        remove.setTooltip(new Tooltip(Texts.text("form.remove", name)));
        remove.setOnAction(event -> form.setAndBuild(path, null));
        return remove;
    }

    private static List<Object> child(List<Object> path, Object step) {
        List<Object> child = new ArrayList<>(path);
        child.add(step);
        return child;
    }

    private static String id(List<Object> path) {
        List<String> steps = new ArrayList<>();
        path.forEach(step -> steps.add(String.valueOf(step)));
        return String.join("-", steps).replaceAll("[^A-Za-z0-9-]", "_");
    }
}
