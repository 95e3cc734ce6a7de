package dev.pilothouse.ui.resource;

import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One object as YAML, read again whenever it changes. Belongs to the JavaFX thread. */
public final class DetailPane {

    private final Cluster cluster;
    private final Executor pulse;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final Label note = new Label();
    private final TextArea yaml = new TextArea();
    private final CheckBox managed = new CheckBox(Texts.text("detail.managed"));
    private final MenuButton menu = new MenuButton(Texts.text("actions.menu"));
    private final Actions actions;
    private final VBox root = new VBox();
    private ObjectTable.@Nullable Selected shown;
    private @Nullable ObjectNode object;
    private boolean reading;

    /** What the pane's buttons do beyond copying. */
    public interface Actions {
        /** The user wants the object gone. */
        void delete(ObjectTable.Selected object);

        /** What can be done to the object, as items of a menu; may be empty. */
        List<MenuItem> offered(ObjectTable.Selected object);

        /** The user wants the pane gone. */
        void close();
    }

    /**
     * An empty pane.
     *
     * @param pulse runs work on the JavaFX thread
     */
    public DetailPane(Cluster cluster, Executor pulse, Actions actions) {
        this.cluster = cluster;
        this.pulse = pulse;
        this.actions = actions;
        menu.setId("actions");
        menu.setAccessibleText(Texts.text("actions.hint"));
        menu.setMinWidth(Region.USE_PREF_SIZE);
        menu.managedProperty().bind(menu.visibleProperty());
        root.setId("detail");
        root.getStyleClass().add("detail");
        yaml.setId("yaml");
        yaml.setEditable(false);
        yaml.getStyleClass().add("yaml");
        yaml.setAccessibleText(Texts.text("detail.yaml"));
        managed.setId("managed");
        managed.setOnAction(event -> showYaml());
        note.getStyleClass().add("note");
        note.setWrapText(true);
        note.managedProperty().bind(note.visibleProperty());
        note.setVisible(false);
        VBox.setVgrow(yaml, Priority.ALWAYS);
        root.getChildren().addAll(heading(), tools(), note, yaml);
    }

    /** The node to show. */
    public Region view() {
        return root;
    }

    /** Takes the keyboard. */
    public void focus() {
        yaml.requestFocus();
    }

    /** Shows an object, or what has become of it; null says that it is gone. */
    public void show(ObjectTable.@Nullable Selected selected) {
        if (selected == null) {
            if (shown != null) {
                say(Texts.text("detail.gone", shown.row().name()));
            }
            return;
        }
        boolean other = shown == null || !shown.row().uid().equals(selected.row().uid());
        shown = selected;
        if (other) {
            object = null;
            yaml.clear();
            title.setText(selected.row().name());
            subtitle.setText(Describe.kind(selected));
            root.setAccessibleText(Describe.object(selected));
            menu.getItems().setAll(actions.offered(selected));
            menu.setVisible(!menu.getItems().isEmpty());
        }
        note.setVisible(false);
        read();
    }

    /** Puts the object's name on the clipboard. */
    public static void copyName(ObjectTable.Selected selected) {
        copy(selected.row().name());
    }

    /** Puts the object's YAML on the clipboard once it has been read. */
    public void copyYaml(ObjectTable.Selected selected) {
        ask(selected, read -> copy(text(read)), this::say);
    }

    private HBox heading() {
        title.getStyleClass().add("detail-title");
        title.setMinWidth(0);
        subtitle.getStyleClass().add("detail-subtitle");
        var names = new VBox(2, title, subtitle);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        Button close = button("close-detail", "\u2715", "detail.close", actions::close);
        close.getStyleClass().addAll("flat", "close");
        var heading = new HBox(8, names, close);
        heading.setAlignment(Pos.TOP_LEFT);
        heading.getStyleClass().add("detail-heading");
        return heading;
    }

    private FlowPane tools() {
        Button name =
                button("copy-name", Texts.text("detail.copyName"), "detail.copyName", this::name);
        Button text =
                button("copy-yaml", Texts.text("detail.copyYaml"), "detail.copyYaml", this::yaml);
        Button delete =
                button(
                        "delete",
                        Texts.text("detail.delete"),
                        "detail.delete.hint",
                        () -> {
                            if (shown != null) {
                                actions.delete(shown);
                            }
                        });
        delete.getStyleClass().addAll("danger", "button-outlined");
        managed.setMinWidth(Region.USE_PREF_SIZE);
        // Wraps where the pane is narrow.
        var tools = new FlowPane(8, 8, menu, name, text, delete, managed);
        tools.getStyleClass().add("detail-tools");
        tools.setRowValignment(VPos.CENTER);
        return tools;
    }

    private static Button button(String id, String text, String hint, Runnable action) {
        var button = new Button(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText(Texts.text(hint));
        button.setTooltip(new Tooltip(Texts.text(hint)));
        button.setOnAction(event -> action.run());
        return button;
    }

    private void name() {
        if (shown != null) {
            copyName(shown);
        }
    }

    private void yaml() {
        copy(yaml.getText());
    }

    /** Reads the object; changes that come meanwhile are read once, after that. */
    private void read() {
        ObjectTable.Selected wanted = shown;
        if (reading || wanted == null) {
            return;
        }
        reading = true;
        ask(
                wanted,
                read -> {
                    reading = false;
                    if (wanted.equals(shown)) {
                        object = read;
                        showYaml();
                    } else {
                        read();
                    }
                },
                reason -> {
                    reading = false;
                    if (wanted.equals(shown)) {
                        say(reason);
                    } else {
                        read();
                    }
                });
    }

    private void ask(
            ObjectTable.Selected wanted, Consumer<ObjectNode> found, Consumer<String> failed) {
        Thread.ofVirtual()
                .name("read-object")
                .start(() -> {
                    try {
                        var row = wanted.row();
                        ObjectNode read =
                                cluster.object(wanted.kind(), row.namespace(), row.name());
                        pulse.execute(() -> found.accept(read));
                    } catch (IOException e) {
                        pulse.execute(() -> failed.accept(String.valueOf(e.getMessage())));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void showYaml() {
        if (object == null) {
            return;
        }
        String text = text(object);
        if (!text.equals(yaml.getText())) {
            double top = yaml.getScrollTop();
            double left = yaml.getScrollLeft();
            yaml.setText(text);
            yaml.setScrollTop(top);
            yaml.setScrollLeft(left);
        }
    }

    private String text(ObjectNode read) {
        JsonNode wanted = read;
        if (!managed.isSelected()) {
            ObjectNode copy = read.deepCopy();
            if (copy.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
            }
            wanted = copy;
        }
        return new String(YamlWriter.write(wanted), StandardCharsets.UTF_8);
    }

    private void say(String sentence) {
        note.setText(sentence);
        note.setVisible(true);
    }

    private static void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
