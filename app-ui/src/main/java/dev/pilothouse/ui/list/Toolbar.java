package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.i18n.Texts;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The title of what is shown, its namespace and its filter. JavaFX thread only. */
final class Toolbar {

    private final Label title = new Label();
    private final Label api = new Label();
    private final TextField filter = new TextField();
    private final Button fresh = new Button(Texts.text("list.create"));
    private final FlowPane root;

    /**
     * Without a title.
     *
     * @param filtered is told the text to filter by
     * @param leave the user wants to go on to the objects
     * @param create the user wants a new object
     */
    Toolbar(Region namespaces, Consumer<String> filtered, Runnable leave, Runnable create) {
        title.setId("title");
        title.getStyleClass().add("title");
        api.getStyleClass().add("subtitle");
        var names = new VBox(title, api);
        names.setMinWidth(Region.USE_PREF_SIZE);
        names.setAlignment(Pos.CENTER_LEFT);
        filter.setId("filter");
        filter.setPromptText(Texts.text("filter.prompt"));
        filter.setAccessibleText(Texts.text("filter.accessible"));
        filter.setPrefWidth(190);
        filter.setMinWidth(80);
        filter.textProperty().subscribe(filtered);
        filter.addEventHandler(KeyEvent.KEY_PRESSED, event -> key(event, leave));
        fresh.setId("create");
        fresh.setMinWidth(Region.USE_PREF_SIZE);
        fresh.setAccessibleText(Texts.text("list.create.hint"));
        fresh.setTooltip(new Tooltip(Texts.text("list.create.hint")));
        fresh.setOnAction(event -> create.run());
        var controls = new HBox(8, namespaces, filter, fresh);
        controls.setAlignment(Pos.CENTER_LEFT);
        // Where there is little room the controls go below the title, rather than cut it off.
        root = new FlowPane(20, 8, names, controls);
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("toolbar");
    }

    Region view() {
        return root;
    }

    void show(Kind kind) {
        title.setText(kind.kind());
        api.setText(kind.group().isEmpty() ? kind.version() : kind.group() + "/" + kind.version());
    }

    /** Whether new objects can be made. */
    void allowCreate(boolean allowed) {
        fresh.setVisible(allowed);
        fresh.setManaged(allowed);
    }

    /** What is filtered by. */
    String filter() {
        return filter.getText();
    }

    void filter(String text) {
        filter.setText(text);
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    private void key(KeyEvent event, Runnable leave) {
        switch (event.getCode()) {
            case ENTER, DOWN -> {
                leave.run();
                event.consume();
            }
            case ESCAPE -> {
                filter.clear();
                leave.run();
                event.consume();
            }
            default -> {}
        }
    }
}
