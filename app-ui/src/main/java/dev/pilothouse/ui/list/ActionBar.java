package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.ObjectActions;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** What can be done to several selected objects together. JavaFX thread only. */
final class ActionBar {

    private final Label count = new Label();
    private final MenuButton menu = new MenuButton(Texts.text("actions.menu"));
    private final HBox root;

    /**
     * Not shown.
     *
     * @param changing whether objects may be changed
     * @param clear ends the selection
     */
    ActionBar(
            Supplier<List<ObjectRef>> selection,
            ObjectActions actions,
            boolean changing,
            Runnable clear) {
        count.setId("selected-count");
        menu.setId("selected-actions");
        menu.setAccessibleText(Texts.text("selected.actions"));
        menu.getStyleClass().add("small");
        menu.setOnShowing(event -> menu.getItems().setAll(actions.menu(selection.get())));
        // A menu without items is not shown at all.
        menu.getItems().setAll(new MenuItem());
        Button delete = button("selected-delete", "menu.delete");
        delete.getStyleClass().addAll("danger", "button-outlined");
        delete.setOnAction(event -> actions.delete(selection.get()));
        delete.setVisible(changing);
        delete.setManaged(changing);
        Button none = button("selected-clear", "selected.clear");
        none.setOnAction(event -> clear.run());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        root = new HBox(10, count, menu, delete, space, none);
        root.setId("selected");
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("action-bar");
        root.managedProperty().bind(root.visibleProperty());
        root.setVisible(false);
    }

    private static Button button(String id, String text) {
        Button button = new Button(Texts.text(text));
        button.setId(id);
        button.setAccessibleText(Texts.text(text));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.getStyleClass().add("small");
        return button;
    }

    Region view() {
        return root;
    }

    /** Shows it for more than one object. */
    void show(int selected) {
        root.setVisible(selected > 1);
        count.setText(Texts.text("selected.count", selected));
    }
}
