package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.form.Templates;
import dev.pilothouse.ui.i18n.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Name, sides and verbs of the editor. JavaFX thread only. */
final class EditorBar {

    /** What is seen of a manifest. */
    enum Mode {
        /** The text. */
        YAML,
        /** The form. */
        FORM,
        /** Both. */
        BOTH,
        /** What differs from the cluster. */
        DIFF
    }

    /** What buttons do. */
    interface Actions {
        void mode(Mode mode);

        void apply(boolean force);

        void replace();

        void discard();

        void openFiles();

        void find();

        void complete();

        List<Kind> kinds();

        void template(Kind kind);
    }

    private final Actions actions;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final Button apply = new Button(Texts.text("editor.apply"));
    private final Map<Mode, ToggleButton> modes = new EnumMap<>(Mode.class);
    private final FlowPane root = new FlowPane(12, 8);
    private Mode mode = Mode.YAML;
    private String where = "";

    EditorBar(Actions actions, boolean fresh) {
        this.actions = actions;
        title.getStyleClass().add("detail-title");
        subtitle.getStyleClass().add("detail-subtitle");
        VBox names = new VBox(2, title, subtitle);
        names.setMinWidth(180);
        names.setPrefWidth(260);
        HBox sides = new HBox();
        ToggleGroup group = new ToggleGroup();
        for (Mode each : Mode.values()) {
            String id = each.name().toLowerCase(Locale.ROOT);
            ToggleButton button = new ToggleButton(Texts.text("editor.mode." + id));
            button.setId("mode-" + id);
            button.getStyleClass().add(style(each));
            button.setToggleGroup(group);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(event -> mode(each));
            modes.put(each, button);
            sides.getChildren().add(button);
        }
        apply.setId("apply");
        apply.getStyleClass().add("accent");
        apply.setMinWidth(Region.USE_PREF_SIZE);
        apply.setOnAction(event -> actions.apply(false));
        HBox verbs = new HBox(8, sides, apply, menu(fresh));
        if (fresh) {
            verbs.getChildren().addFirst(templates());
        }
        verbs.setAlignment(Pos.CENTER_LEFT);
        sides.setAlignment(Pos.CENTER_LEFT);
        // The verbs stand at the right edge, or below the name where there is no room for both.
        root.widthProperty()
                .subscribe(width ->
                        names.setPrefWidth(
                                Math.max(
                                        names.getMinWidth(),
                                        Math.floor(
                                                width.doubleValue()
                                                        - root.snappedLeftInset()
                                                        - root.snappedRightInset()
                                                        - verbs.prefWidth(-1)
                                                        - 13))));
        root.getChildren().addAll(names, verbs);
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("editor-bar");
    }

    private static String style(Mode mode) {
        return mode == Mode.YAML ? "left-pill" : mode == Mode.DIFF ? "right-pill" : "center-pill";
    }

    private MenuButton menu(boolean fresh) {
        MenuButton more = new MenuButton(Texts.text("editor.more"));
        more.setId("editor-more");
        more.setMinWidth(Region.USE_PREF_SIZE);
        more.getItems()
                .addAll(
                        item("find", actions::find),
                        item("complete", actions::complete),
                        item("openFiles", actions::openFiles),
                        new SeparatorMenuItem(),
                        item("forceApply", () -> actions.apply(true)));
        if (!fresh) {
            more.getItems().add(item("replaceObject", actions::replace));
        }
        more.getItems().addAll(new SeparatorMenuItem(), item("discard", actions::discard));
        return more;
    }

    private MenuButton templates() {
        MenuButton templates = new MenuButton(Texts.text("editor.template"));
        templates.setId("template");
        templates.setMinWidth(Region.USE_PREF_SIZE);
        templates.setOnShowing(event -> fill(templates));
        fill(templates);
        return templates;
    }

    private void fill(MenuButton templates) {
        templates.getItems().clear();
        List<Kind> kinds = actions.kinds();
        for (String name : Templates.MADE) {
            kinds.stream()
                    .filter(kind -> kind.kind().equals(name))
                    .findFirst()
                    .ifPresent(kind -> templates.getItems().add(template(kind)));
        }
        templates.getItems().add(new SeparatorMenuItem());
        kinds.stream()
                .filter(kind -> !Templates.MADE.contains(kind.kind()))
                .forEach(kind -> templates.getItems().add(template(kind)));
    }

    private MenuItem template(Kind kind) {
        MenuItem item = new MenuItem(kind.kind());
        item.setId("template-" + kind.kind());
        item.setOnAction(event -> actions.template(kind));
        return item;
    }

    private static MenuItem item(String id, Runnable action) {
        MenuItem item = new MenuItem(Texts.text("editor." + id));
        item.setId("editor-" + id);
        item.setOnAction(event -> action.run());
        return item;
    }

    Region view() {
        return root;
    }

    Mode mode() {
        return mode;
    }

    void mode(Mode wanted) {
        mode = wanted;
        ToggleButton button = modes.get(wanted);
        if (button != null) {
            button.setSelected(true);
        }
        actions.mode(wanted);
    }

    void title(String name, @Nullable ObjectRef object) {
        title.setText(name);
        where =
                object == null
                        ? Texts.text("editor.title.new")
                        : object.namespace().isEmpty()
                                ? object.kind().kind()
                                : Texts.text(
                                        "editor.where", object.kind().kind(), object.namespace());
        if (!apply.isDisabled()) {
            subtitle.setText(where);
        }
    }

    /** Tells whether there is something to compare with. */
    void canDiff(boolean can) {
        ToggleButton button = modes.get(Mode.DIFF);
        if (button != null) {
            button.setDisable(!can);
        }
    }

    /** Whether there is something to compare with. */
    boolean canDiff() {
        ToggleButton button = modes.get(Mode.DIFF);
        return button != null && !button.isDisabled();
    }

    /** Says what is being done; empty when nothing is. */
    void busy(String what) {
        apply.setDisable(!what.isEmpty());
        subtitle.setText(what.isEmpty() ? where : what);
    }
}
