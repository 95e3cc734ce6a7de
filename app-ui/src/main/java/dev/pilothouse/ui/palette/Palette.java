package dev.pilothouse.ui.palette;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A field and below it what fits what is typed. Enter does it, Ctrl+Enter beside what is there, Esc
 * goes back to where the keyboard was. JavaFX thread only.
 */
public final class Palette {

    private static final double WIDTH = 640;
    private static final double LINE = 30;
    private static final int LINES = 12;
    private static final int MOST = 200;

    private final TextField field = new TextField();
    private final ListView<Entry> list = new ListView<>();
    private final Label note = new Label();
    private final VBox box = new VBox(field, list, note);
    private final StackPane root = new StackPane(box);
    private final List<Entry> entries = new ArrayList<>();
    private Runnable ended = () -> {};
    private @Nullable Node before;
    private boolean searching;

    /** Not shown. */
    public Palette() {
        field.setId("palette");
        field.setPromptText(Texts.text("palette.prompt"));
        field.setAccessibleText(Texts.text("palette.accessible"));
        field.textProperty().subscribe(text -> refresh());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.setId("palette-list");
        list.setFixedCellSize(LINE);
        list.setFocusTraversable(false);
        list.setAccessibleText(Texts.text("palette.list"));
        list.setCellFactory(view -> new EntryCell());
        // The keyboard stays in the field; what Enter would do is read out there.
        list.getSelectionModel()
                .selectedItemProperty()
                .subscribe(entry ->
                        field.setAccessibleHelp(
                                entry == null
                                        ? Texts.text("palette.nothing")
                                        : entry.title() + " " + entry.hint()));
        list.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                run(event.isShortcutDown() ? Where.SPLIT_RIGHT : Where.HERE);
            }
        });
        note.getStyleClass().add("hint");
        box.getStyleClass().add("palette");
        box.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        StackPane.setAlignment(box, Pos.TOP_CENTER);
        root.getStyleClass().add("palette-ground");
        root.setVisible(false);
        root.managedProperty().bind(root.visibleProperty());
        root.setOnMousePressed(event -> {
            if (root.equals(event.getTarget())) {
                hide();
            }
        });
        field.focusedProperty()
                .subscribe(focused -> {
                    if (!focused && root.isVisible()) {
                        hide();
                    }
                });
    }

    /** What is laid over a window. */
    public Node view() {
        return root;
    }

    /**
     * Shows it with what there is to choose from; {@link #add} may bring more.
     *
     * @param typed what stands in the field at first
     * @param whenHidden is run when it is no longer needed
     */
    public void show(List<Entry> offered, String typed, Runnable whenHidden) {
        before = root.getScene() == null ? null : root.getScene().getFocusOwner();
        ended = whenHidden;
        entries.clear();
        entries.addAll(offered);
        root.setVisible(true);
        field.setText(typed);
        field.end();
        refresh();
        field.requestFocus();
    }

    /** More to choose from. */
    public void add(List<Entry> more) {
        entries.addAll(more);
        refresh();
    }

    /** Tells whether more is under way. */
    public void searching(boolean now) {
        searching = now;
        refresh();
    }

    /** Hides it; the keyboard goes to where it was. */
    public void hide() {
        if (!root.isVisible()) {
            return;
        }
        root.setVisible(false);
        entries.clear();
        list.getItems().clear();
        searching = false;
        ended.run();
        if (before != null) {
            before.requestFocus();
        }
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(LINES);
            case PAGE_UP -> move(-LINES);
            case ESCAPE -> hide();
            case TAB -> {
                // The keyboard stays: Tab would leave what is not finished.
            }
            case ENTER ->
                    run(
                            event.isShortcutDown()
                                    ? Where.SPLIT_RIGHT
                                    : event.isShiftDown() ? Where.WINDOW : Where.HERE);
            default -> {
                if (event.getCode() == KeyCode.K && event.isShortcutDown()) {
                    hide();
                    event.consume();
                }
                return;
            }
        }
        event.consume();
    }

    private void move(int lines) {
        int last = list.getItems().size() - 1;
        if (last >= 0) {
            int at = Math.clamp(list.getSelectionModel().getSelectedIndex() + lines, 0, last);
            list.getSelectionModel().select(at);
            list.scrollTo(Math.max(0, at - LINES / 2));
        }
    }

    private void run(Where where) {
        Entry entry = list.getSelectionModel().getSelectedItem();
        if (entry != null) {
            hide();
            entry.run().accept(where);
        }
    }

    private void refresh() {
        if (!root.isVisible()) {
            return;
        }
        Entry selected = list.getSelectionModel().getSelectedItem();
        boolean moved = list.getSelectionModel().getSelectedIndex() > 0;
        List<Entry> found = matching(field.getText());
        list.getItems().setAll(found);
        int keep = moved && selected != null ? found.indexOf(selected) : -1;
        list.getSelectionModel().select(Math.max(0, keep));
        double height = LINE * Math.min(LINES, Math.max(1, found.size())) + 2;
        list.setMinHeight(height);
        list.setPrefHeight(height);
        list.setMaxHeight(height);
        note.setText(
                searching
                        ? Texts.text("palette.searching")
                        : found.isEmpty()
                                ? Texts.text("palette.nothing")
                                : Texts.text("palette.keys"));
    }

    private List<Entry> matching(String typed) {
        Matcher matcher = new Matcher(typed);
        record Scored(Entry entry, int score) {}
        return entries.stream()
                // Without a word typed objects would drown what the window itself offers.
                .filter(entry -> !matcher.isEmpty() || entry.weight() > 0)
                .map(entry -> new Scored(entry, score(matcher, entry)))
                .filter(scored -> scored.score != Matcher.NONE)
                .sorted(
                        Comparator.comparingInt(Scored::score)
                                .reversed()
                                .thenComparing(scored -> scored.entry.title()))
                .limit(MOST)
                .map(Scored::entry)
                .toList();
    }

    private static int score(Matcher matcher, Entry entry) {
        int score = matcher.score(entry.title(), entry.group() + " " + entry.hint());
        return score == Matcher.NONE ? score : score + entry.weight();
    }
}
