package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** The title of what is shown, its namespace and its filter. JavaFX thread only. */
final class Toolbar {

    private final Label title = new Label();
    private final Label api = new Label();
    private final Button fresh = new Button(Texts.text("list.create"));
    private final MenuButton more = new MenuButton();
    private final ToolbarPane root;

    /**
     * Without a title.
     *
     * @param create the user wants a new object
     * @param further what else can be done with the list, each time it is asked for
     */
    Toolbar(Region namespaces, Region filter, Runnable create, Supplier<List<MenuItem>> further) {
        title.setId("title");
        title.getStyleClass().add("title");
        api.getStyleClass().add("subtitle");
        var names = new HBox(8, title, api);
        names.setAlignment(Pos.BASELINE_LEFT);
        fresh.setId("create");
        fresh.setMinWidth(Region.USE_PREF_SIZE);
        fresh.setAccessibleText(Texts.text("list.create.hint"));
        fresh.setTooltip(new Tooltip(Texts.text("list.create.hint")));
        fresh.setOnAction(event -> create.run());
        more.setId("list-more");
        more.setAccessibleText(Texts.text("list.more"));
        more.setTooltip(new Tooltip(Texts.text("list.more")));
        more.getStyleClass().add("more");
        Region dots = new Region();
        dots.getStyleClass().addAll("icon", "icon-more");
        more.setGraphic(dots);
        more.setMinWidth(Region.USE_PREF_SIZE);
        more.setOnShowing(event -> more.getItems().setAll(further.get()));
        // A menu without items is not shown at all.
        more.getItems().setAll(new MenuItem());
        root = new ToolbarPane(names, namespaces, filter, fresh, more);
    }

    Region view() {
        return root;
    }

    void show(Kind kind) {
        title.setText(kind.kind());
        api.setText(kind.apiVersion());
    }

    /** Whether new objects can be made. */
    void allowCreate(boolean allowed) {
        fresh.setVisible(allowed);
        fresh.setManaged(allowed);
    }

    /** What things that the menu opens hang below. */
    Region menu() {
        return more;
    }
}
