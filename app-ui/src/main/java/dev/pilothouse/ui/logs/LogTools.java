package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.logs.feed.History;
import dev.pilothouse.ui.logs.store.Level;
import dev.pilothouse.ui.logs.store.LogView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;

/** The row of tools above the lines. JavaFX thread. */
final class LogTools {

    private final LogModel model;
    private final LineText text;
    private final LogCanvas lines;
    private final Actions actions;
    private final LogKeys keys;
    private final PatternField filter;
    private final PatternField search;
    private final ComboBox<Level> level = new ComboBox<>();
    private final Button before = new Button("↑");
    private final Button next = new Button("↓");
    private final Label found = new Label();
    private final ToggleButton follow = new ToggleButton();
    private final MenuButton menu = new MenuButton(Texts.text("logs.view"));
    private final HBox root = new HBox(6);

    /** What the tools do beyond the lines. */
    interface Actions {
        /** Opens the rules of highlights. */
        void highlights();

        /** Writes what is shown to a file. */
        void export();

        /** The look or the filter of lines has changed. */
        void changed();
    }

    LogTools(LogModel model, LineText text, LogCanvas lines, LogKeys keys, Actions actions) {
        this.model = model;
        this.text = text;
        this.lines = lines;
        this.actions = actions;
        this.keys = keys;
        filter =
                new PatternField(
                        "log-filter",
                        "logs.filter",
                        pattern -> {
                            model.filter(pattern, level.getValue());
                            actions.changed();
                        });
        search =
                new PatternField(
                        "log-search",
                        "logs.search",
                        pattern -> {
                            model.search(pattern);
                            keys.searched();
                            update();
                        });
        filter.keys(lines::requestFocus, lines::requestFocus, lines::requestFocus);
        search.keys(() -> keys.next(true), () -> keys.next(false), lines::requestFocus);
        levels();
        button(before, "log-before", "logs.before", () -> keys.next(false));
        button(next, "log-next", "logs.next", () -> keys.next(true));
        follow.setId("log-follow");
        follow.setOnAction(_ -> lines.follow(follow.isSelected()));
        follow.setMinWidth(Region.USE_PREF_SIZE);
        follow.setTooltip(new Tooltip(Texts.text("logs.follow.hint")));
        found.getStyleClass().add("hint");
        found.setMinWidth(Region.USE_PREF_SIZE);
        menu.setId("log-view");
        menu.setMinWidth(Region.USE_PREF_SIZE);
        menu.setAccessibleText(Texts.text("logs.view.accessible"));
        menu.setOnShowing(_ -> fill());
        fill();
        HBox.setHgrow(filter, Priority.ALWAYS);
        HBox.setHgrow(search, Priority.ALWAYS);
        root.getStyleClass().add("logs-tools");
        root.getChildren().addAll(filter, level, search, before, next, found, follow, menu);
        update();
    }

    Parent view() {
        return root;
    }

    void focusFilter() {
        filter.focus();
    }

    void focusSearch() {
        search.focus();
    }

    /** Says what is so now. */
    void update() {
        if (model.filter() == null
                && model.least() == Level.NONE
                && level.getValue() != Level.NONE) {
            level.setValue(Level.NONE);
        }
        keys.found();
        follow.setSelected(lines.isFollowing());
        int since = lines.since();
        String state =
                lines.isFollowing()
                        ? Texts.text("logs.follow")
                        : since == 0
                                ? Texts.text("logs.paused")
                                : Texts.text("logs.pausedNew", since);
        follow.setText(state);
        follow.setAccessibleText(state);
        LogView hits = model.hits();
        boolean any = hits != null && hits.size() > 0;
        before.setDisable(!any);
        next.setDisable(!any);
        found.setVisible(hits != null);
        found.setManaged(hits != null);
        if (hits != null) {
            int place = lines.current() < 0 ? 0 : hits.place(lines.current());
            boolean on = any && place < hits.size() && hits.id(place) == lines.current();
            found.setText(
                    on
                            ? Texts.text("logs.found", place + 1, hits.size())
                            : Texts.text("logs.hits", hits.size()));
        }
    }

    private void levels() {
        level.setId("log-level");
        level.getItems().setAll(Level.NONE, Level.INFO, Level.WARN, Level.ERROR);
        level.setValue(Level.NONE);
        level.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(Level value) {
                        return Texts.text("logs.level." + value.name().toLowerCase(Locale.ROOT));
                    }

                    @Override
                    public Level fromString(String string) {
                        return Level.NONE;
                    }
                });
        level.setAccessibleText(Texts.text("logs.level"));
        level.setPrefWidth(124);
        level.setMinWidth(70);
        level.setOnAction(_ -> {
            if (level.getValue() != model.least()) {
                model.filter(model.filter(), level.getValue());
                actions.changed();
            }
        });
    }

    private static void button(Button button, String id, String key, Runnable action) {
        button.setId(id);
        button.setAccessibleText(Texts.text(key));
        button.setTooltip(new Tooltip(Texts.text(key)));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
    }

    private void fill() {
        menu.getItems()
                .setAll(
                        check("logs.wrap", text.wrap, on -> text.wrap = on),
                        check("logs.times", text.times, on -> text.times = on),
                        check("logs.names", text.names, on -> text.names = on),
                        check("logs.json", text.json, on -> text.json = on),
                        columns(),
                        new SeparatorMenuItem(),
                        history(),
                        check(
                                "logs.previous",
                                model.isPrevious(),
                                on -> model.read(model.history(), on)),
                        new SeparatorMenuItem(),
                        item("logs.highlight", actions::highlights),
                        item("logs.export", actions::export));
    }

    private Menu columns() {
        Menu columns = new Menu(Texts.text("logs.columns"));
        for (String field : lines.fields()) {
            var item = new CheckMenuItem(field);
            item.setMnemonicParsing(false);
            item.setSelected(text.columns.contains(field));
            item.setOnAction(_ -> {
                List<String> chosen = new ArrayList<>(text.columns);
                if (item.isSelected()) {
                    chosen.add(field);
                } else {
                    chosen.remove(field);
                }
                text.columns = List.copyOf(chosen);
                actions.changed();
            });
            columns.getItems().add(item);
        }
        columns.setDisable(columns.getItems().isEmpty());
        return columns;
    }

    private Menu history() {
        Menu menuOfTimes = new Menu(Texts.text("logs.history"));
        var group = new ToggleGroup();
        for (History history : History.values()) {
            var item =
                    new RadioMenuItem(
                            Texts.text("logs.history." + history.name().toLowerCase(Locale.ROOT)));
            item.setToggleGroup(group);
            item.setSelected(model.history() == history);
            item.setOnAction(_ -> model.read(history, model.isPrevious()));
            menuOfTimes.getItems().add(item);
        }
        return menuOfTimes;
    }

    private CheckMenuItem check(String key, boolean on, Consumer<Boolean> change) {
        var item = new CheckMenuItem(Texts.text(key));
        item.setId(key.replace('.', '-'));
        item.setSelected(on);
        item.setOnAction(_ -> {
            change.accept(item.isSelected());
            actions.changed();
        });
        return item;
    }

    private static MenuItem item(String key, Runnable action) {
        var item = new MenuItem(Texts.text(key));
        item.setId(key.replace('.', '-'));
        item.setOnAction(_ -> action.run());
        return item;
    }
}
