package dev.pilothouse.ui.list;

import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces to be ticked, and a field that finds one: Space ticks, Enter chooses only this one.
 * JavaFX thread only.
 */
final class NamespaceList {

    private static final String ALL = "";
    private static final double LINE = 28;
    private static final int MOST_LINES = 12;

    private final TextField search = new TextField();
    private final ListView<String> list = new ListView<>();
    private final VBox root;
    private final Namespaces namespaces;
    private final ListSettings settings;
    private final Set<String> ticked;
    private final Runnable changed;
    private final Runnable done;

    /**
     * Not shown.
     *
     * @param ticked the choice; changed in place
     * @param changed is run after the user has changed the choice
     * @param done is run when the user has finished
     */
    NamespaceList(
            Namespaces namespaces,
            ListSettings settings,
            Set<String> ticked,
            Runnable changed,
            Runnable done) {
        this.namespaces = namespaces;
        this.settings = settings;
        this.ticked = ticked;
        this.changed = changed;
        this.done = done;
        search.setId("namespace-search");
        search.setPromptText(Texts.text("namespace.search"));
        search.setAccessibleText(Texts.text("namespace.search.accessible"));
        search.textProperty().subscribe(this::refresh);
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::searchKey);
        list.setId("namespace-list");
        list.setAccessibleText(Texts.text("namespace.list"));
        list.getStyleClass().add("dense");
        list.setFixedCellSize(LINE);
        list.setCellFactory(view -> new NameCell());
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::listKey);
        VBox.setVgrow(list, Priority.ALWAYS);
        Label keys = new Label(Texts.text("namespace.keys"));
        keys.getStyleClass().add("hint");
        keys.setWrapText(true);
        root = new VBox(6, search, list, keys);
        root.setPrefWidth(270);
    }

    Region view() {
        return root;
    }

    /** What takes the keyboard first. */
    Node first() {
        return search;
    }

    /** Begins with all names. */
    void prepare() {
        search.clear();
        refresh();
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    /** Offers the names there are now: all, what was used lately, the rest. */
    void refresh() {
        String text = search.getText().strip().toLowerCase(Locale.ROOT);
        List<String> names = new ArrayList<>(ticked);
        settings.recentNamespaces().stream()
                .filter(name -> !names.contains(name))
                .filter(name -> !namespaces.isKnown() || namespaces.names().contains(name))
                .forEach(names::add);
        namespaces.names().stream().filter(name -> !names.contains(name)).forEach(names::add);
        names.removeIf(name -> !name.contains(text));
        if (text.isEmpty()) {
            names.addFirst(ALL);
        } else if (names.isEmpty() && text.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
            // Who may not list namespaces can name them.
            names.addLast(text);
        }
        if (!names.equals(list.getItems())) {
            String selected = list.getSelectionModel().getSelectedItem();
            list.getItems().setAll(names);
            if (selected != null && names.contains(selected) && text.isEmpty()) {
                list.getSelectionModel().select(selected);
            } else {
                list.getSelectionModel().selectFirst();
            }
        }
        list.setPrefHeight(Math.min(MOST_LINES, Math.max(3, names.size())) * LINE + 2);
        list.refresh();
    }

    private void searchKey(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN, UP -> {
                int step = event.getCode() == KeyCode.DOWN ? 1 : -1;
                int last = list.getItems().size() - 1;
                int at = Math.clamp(list.getSelectionModel().getSelectedIndex() + step, 0, last);
                list.getSelectionModel().clearAndSelect(at);
                list.scrollTo(Math.max(0, at - 4));
                event.consume();
            }
            case ENTER -> listKey(event);
            case SPACE -> {
                // No namespace has a blank in its name.
                toggle(list.getSelectionModel().getSelectedItem());
                event.consume();
            }
            default -> {}
        }
    }

    private void listKey(KeyEvent event) {
        String name = list.getSelectionModel().getSelectedItem();
        if (event.getCode() == KeyCode.ENTER) {
            only(name);
            event.consume();
        } else if (event.getCode() == KeyCode.SPACE) {
            toggle(name);
            event.consume();
        }
    }

    private void only(@Nullable String name) {
        if (name != null) {
            ticked.clear();
            if (!name.equals(ALL)) {
                ticked.add(name);
                settings.chosen(name);
            }
            done.run();
            changed.run();
        }
    }

    private void toggle(@Nullable String name) {
        if (name == null) {
            return;
        }
        if (name.equals(ALL)) {
            ticked.clear();
        } else if (!ticked.remove(name)) {
            ticked.add(name);
            settings.chosen(name);
        }
        changed.run();
        list.refresh();
    }

    private final class NameCell extends ListCell<String> {

        private final CheckBox box = new CheckBox();

        NameCell() {
            box.setFocusTraversable(false);
            box.setOnAction(event -> toggle(getItem()));
            setOnMouseClicked(event -> {
                if (!isEmpty()) {
                    only(getItem());
                }
            });
        }

        @Override
        protected void updateItem(@Nullable String name, boolean empty) {
            super.updateItem(name, empty);
            if (empty || name == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            String text = name.equals(ALL) ? Texts.text("namespace.all") : name;
            setText(text);
            box.setAccessibleText(Texts.text("namespace.tick", text));
            box.setSelected(name.equals(ALL) ? ticked.isEmpty() : ticked.contains(name));
            setGraphic(box);
        }
    }
}
