package dev.pilothouse.ui.keys;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.KeyStroke;
import dev.pilothouse.ui.workbench.Keymap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lies over a window and shows which keys do what there. JavaFX thread only. */
public final class KeysHelp {

    /** A column of groups; two of them fit into the smallest window. */
    private static final double COLUMN = 396;

    private static final double KEYS = 206;

    private final Keymap keymap;
    private final FlowPane groups = new FlowPane(28, 18);
    private final ScrollPane scroll = new ScrollPane(groups);
    private final VBox box;
    private final StackPane root;
    private @Nullable Node before;

    /** Not shown. */
    public KeysHelp(Keymap keymap) {
        this.keymap = keymap;
        Label title = new Label(Texts.text("keys.title"));
        title.getStyleClass().add("title");
        Label hint = new Label(Texts.text("keys.hint"));
        hint.getStyleClass().add("hint");
        scroll.setId("keys-help");
        scroll.setAccessibleText(Texts.text("keys.title"));
        scroll.getStyleClass().add("edge-to-edge");
        scroll.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        groups.setPrefWrapLength(2 * COLUMN + 56);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        box = new VBox(12, title, scroll, hint);
        box.getStyleClass().addAll("palette", "keys-help");
        box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        root = new StackPane(box);
        StackPane.setAlignment(box, Pos.CENTER);
        root.getStyleClass().add("palette-ground");
        root.setVisible(false);
        root.setOnMousePressed(event -> hide());
        scroll.focusedProperty()
                .subscribe(focused -> {
                    if (!focused) {
                        hide();
                    }
                });
    }

    /** What is laid over a window. */
    public Node view() {
        return root;
    }

    /** Shows what keys do; what no key does is left out. */
    public void show(List<Binding> bindings) {
        before = root.getScene() == null ? null : root.getScene().getFocusOwner();
        Map<String, VBox> lists = new LinkedHashMap<>();
        for (Binding binding : bindings) {
            List<KeyStroke> strokes = keymap.strokes(binding.id(), binding.usual());
            if (!strokes.isEmpty()) {
                lists.computeIfAbsent(binding.group(), KeysHelp::group)
                        .getChildren()
                        .add(line(binding, strokes));
            }
        }
        groups.getChildren().setAll(lists.values());
        root.setVisible(true);
        scroll.requestFocus();
    }

    private static VBox group(String name) {
        Label heading = new Label(name);
        heading.getStyleClass().add("keys-group");
        VBox lines = new VBox(5, heading);
        lines.setPrefWidth(COLUMN);
        return lines;
    }

    private static HBox line(Binding binding, List<KeyStroke> strokes) {
        HBox keys = new HBox(4);
        strokes.stream()
                .limit(2)
                .forEach(stroke -> {
                    Label key = new Label(stroke.text());
                    key.getStyleClass().add("key");
                    key.setMinWidth(Region.USE_PREF_SIZE);
                    keys.getChildren().add(key);
                });
        keys.setMinWidth(KEYS);
        keys.setPrefWidth(KEYS);
        HBox line = new HBox(10, keys, new Label(binding.text()));
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case ESCAPE, ENTER -> {
                hide();
                event.consume();
            }
            default -> {}
        }
    }

    private void hide() {
        if (root.isVisible()) {
            root.setVisible(false);
            if (before != null) {
                before.requestFocus();
            }
        }
    }
}
