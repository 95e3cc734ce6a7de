package dev.pilothouse.ui.keys;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.KeyStroke;
import dev.pilothouse.ui.workbench.Keymap;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Title;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** All that keys can do, and the keys for it, to be changed. JavaFX thread only. */
public final class KeysPage implements Page {

    /** The type of its place. */
    public static final String TYPE = "keys";

    private final Keymap keymap;
    private final Runnable changed;
    private final ReadOnlyObjectWrapper<Title> title =
            new ReadOnlyObjectWrapper<>(
                    Title.of(Texts.text("screen.keys"), Texts.text("keys.page.hint"), "keyboard"));
    private final TableView<Binding> table = new TableView<>();
    private final Label note = new Label(Texts.text("keys.page.hint"));
    private final VBox root;
    private @Nullable Binding waiting;

    private KeysPage(Keymap keymap, List<Binding> bindings, Runnable changed) {
        this.keymap = keymap;
        this.changed = changed;
        table.setId("keymap");
        table.setAccessibleText(Texts.text("screen.keys"));
        table.setFixedCellSize(32);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns().add(column("keys.column.group", 150, Binding::group));
        table.getColumns().add(column("keys.column.text", 320, Binding::text));
        table.getColumns().add(column("keys.column.keys", 260, this::keys));
        table.getItems().setAll(bindings);
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        table.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
        table.getSelectionModel().select(0);
        table.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                await();
            }
        });
        note.setId("keys-note");
        note.setWrapText(true);
        note.getStyleClass().add("hint");
        note.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(note, Priority.ALWAYS);
        Button change = button("keys.change", this::await);
        Button none = button("keys.none", () -> choose(""));
        Button reset = button("keys.reset", this::reset);
        HBox bar = new HBox(8, note, change, none, reset);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("toolbar");
        VBox.setVgrow(table, Priority.ALWAYS);
        root = new VBox(bar, table);
        root.getStyleClass().add("objects-pane");
    }

    /**
     * The screen.
     *
     * @param bindings all that keys can do
     * @param changed is run when the user has changed something
     */
    public static Screen screen(Keymap keymap, Supplier<List<Binding>> bindings, Runnable changed) {
        return new Screen(
                TYPE,
                (place, context) -> new KeysPage(keymap, bindings.get(), changed),
                List.of(),
                true);
    }

    @Override
    public ReadOnlyObjectProperty<Title> title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public Place place() {
        return Place.of(TYPE);
    }

    @Override
    public void focus() {
        table.requestFocus();
    }

    private static Button button(String text, Runnable action) {
        Button button = new Button(Texts.text(text));
        button.setId(text.replace('.', '-'));
        button.setAccessibleText(Texts.text(text));
        button.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }

    private static TableColumn<Binding, String> column(
            String text, double width, java.util.function.Function<Binding, String> value) {
        TableColumn<Binding, String> column = new TableColumn<>(Texts.text(text));
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        column.setPrefWidth(width);
        return column;
    }

    private String keys(Binding binding) {
        return keymap.strokes(binding.id(), binding.usual()).stream()
                .map(KeyStroke::text)
                .collect(Collectors.joining("   "));
    }

    private void await() {
        waiting = table.getSelectionModel().getSelectedItem();
        if (waiting != null) {
            note.setText(Texts.text("keys.press", waiting.text()));
            table.requestFocus();
            // While it waits, no key may do what it does elsewhere.
            table.getStyleClass().add(KeyStroke.TAKES_KEYS);
        }
    }

    private void pressed(KeyEvent event) {
        if (waiting == null) {
            if (event.getCode() == KeyCode.ENTER) {
                await();
                event.consume();
            } else if (event.getCode() == KeyCode.DELETE) {
                reset();
                event.consume();
            }
            return;
        }
        event.consume();
        if (event.getCode() == KeyCode.ESCAPE) {
            end(Texts.text("keys.page.hint"));
        } else if (!event.getCode().isModifierKey() && isCombination(event)) {
            choose(KeyStroke.write(event));
        }
    }

    /** A plain letter is taken by its character, once it is typed. */
    private static boolean isCombination(KeyEvent event) {
        return event.isShortcutDown()
                || event.isAltDown()
                || event.isControlDown()
                || event.getCode().isFunctionKey()
                || event.getCode().isNavigationKey();
    }

    private void typed(KeyEvent event) {
        if (waiting != null) {
            event.consume();
            String character = event.getCharacter();
            if (!character.isBlank() && !Character.isISOControl(character.codePointAt(0))) {
                choose(character);
            }
        }
    }

    private void choose(String keys) {
        Binding binding = waiting == null ? table.getSelectionModel().getSelectedItem() : waiting;
        if (binding == null) {
            return;
        }
        keymap.choose(binding.id(), keys);
        changed.run();
        end(said(binding, keys));
    }

    /** Says what else the keys do, for the first of them would win. */
    private String said(Binding binding, String keys) {
        List<KeyStroke> strokes = KeyStroke.parse(keys);
        return table.getItems().stream()
                .filter(other -> !other.id().equals(binding.id()))
                .filter(other ->
                        keymap.strokes(other.id(), other.usual()).stream()
                                .anyMatch(strokes::contains))
                .findFirst()
                .map(other -> Texts.text("keys.twice", other.text()))
                .orElseGet(() -> Texts.text("keys.chosen", binding.text()));
    }

    private void reset() {
        Binding binding = table.getSelectionModel().getSelectedItem();
        if (binding != null) {
            keymap.reset(binding.id());
            changed.run();
            end(Texts.text("keys.chosen", binding.text()));
        }
    }

    private void end(String sentence) {
        waiting = null;
        table.getStyleClass().remove(KeyStroke.TAKES_KEYS);
        note.setText(sentence);
        table.refresh();
    }
}
