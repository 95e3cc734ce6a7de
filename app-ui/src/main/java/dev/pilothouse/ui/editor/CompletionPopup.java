package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.yaml.Caret;
import dev.pilothouse.ui.yaml.Completion.Proposal;
import java.util.List;
import java.util.function.Function;
import javafx.geometry.Bounds;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import org.fxmisc.richtext.CodeArea;
import org.jspecify.annotations.Nullable;

/** Proposals at the caret, by Ctrl+Space and while typing a key. JavaFX thread only. */
final class CompletionPopup {

    private static final int LINES = 9;
    private static final double LINE = 26;

    private final CodeArea area;
    private final Function<Caret, List<Proposal>> source;
    private final ListView<Proposal> list = new ListView<>();
    private final Label documentation = new Label();
    private final Popup popup = new Popup();
    private @Nullable Caret caret;

    CompletionPopup(CodeArea area, Function<Caret, List<Proposal>> source) {
        this.area = area;
        this.source = source;
        list.setId("proposals");
        list.setAccessibleText(Texts.text("editor.proposals"));
        list.setFixedCellSize(LINE);
        list.setPrefWidth(420);
        list.setCellFactory(view -> new Cell());
        list.setFocusTraversable(false);
        list.setOnMouseClicked(event -> accept());
        list.getSelectionModel()
                .selectedItemProperty()
                .subscribe(now -> {
                    documentation.setText(now == null ? "" : now.documentation());
                    documentation.setVisible(now != null && !now.documentation().isEmpty());
                });
        documentation.setWrapText(true);
        documentation.setMaxWidth(400);
        documentation.managedProperty().bind(documentation.visibleProperty());
        VBox box = new VBox(list, documentation);
        box.getStyleClass().add("proposals");
        popup.getContent().add(box);
        popup.setAutoHide(true);
        // Keys are for the text, and come from there.
        popup.setHideOnEscape(false);
        area.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        area.focusedProperty()
                .subscribe(focused -> {
                    if (!focused) {
                        popup.hide();
                    }
                });
    }

    /** Takes a key; false when it is not for the proposals. */
    boolean pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.SPACE && event.isControlDown()) {
            show(true);
            return true;
        }
        if (!popup.isShowing()) {
            return false;
        }
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(LINES);
            case PAGE_UP -> move(-LINES);
            case ENTER, TAB -> accept();
            case ESCAPE -> popup.hide();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void typed(KeyEvent event) {
        String character = event.getCharacter();
        if (event.isShortcutDown() || character.isEmpty()) {
            return;
        }
        char c = character.charAt(0);
        if (popup.isShowing() || Character.isLetter(c)) {
            show(false);
        }
    }

    private void move(int by) {
        int count = list.getItems().size();
        int now = Math.clamp(list.getSelectionModel().getSelectedIndex() + by, 0, count - 1);
        list.getSelectionModel().select(now);
        list.scrollTo(Math.max(0, now - LINES / 2));
    }

    /** Shows what fits; asked for, also when nothing has been typed yet. */
    void show(boolean asked) {
        Caret at = area.isEditable() ? Caret.of(area.getText(), area.getCaretPosition()) : null;
        List<Proposal> proposals = at == null ? List.of() : source.apply(at);
        boolean only =
                at != null
                        && proposals.size() == 1
                        && proposals.getFirst().label().equals(at.typed());
        if (at == null || proposals.isEmpty() || only || (!asked && at.typed().isEmpty())) {
            popup.hide();
            return;
        }
        caret = at;
        list.getItems().setAll(proposals);
        list.setPrefHeight(Math.min(LINES, proposals.size()) * LINE + 2);
        list.getSelectionModel().select(0);
        list.scrollTo(0);
        Bounds bounds = area.getCaretBounds().orElse(null);
        if (bounds != null) {
            popup.show(area, bounds.getMinX(), bounds.getMaxY() + 2);
        }
    }

    private void accept() {
        Proposal chosen = list.getSelectionModel().getSelectedItem();
        if (chosen == null || caret == null) {
            return;
        }
        popup.hide();
        int end = area.getCaretPosition();
        boolean behindColon = caret.inValue() && area.getText(end - 1, end).equals(":");
        String text = (behindColon ? " " : "") + chosen.insert();
        area.replaceText(end - caret.typed().length(), end, text);
        area.requestFollowCaret();
    }

    private static final class Cell extends ListCell<Proposal> {
        private final Label name = new Label();
        private final Label type = new Label();
        private final HBox box = new HBox(8, name, type);

        Cell() {
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            box.getChildren().add(1, space);
            type.getStyleClass().add("hint");
        }

        @Override
        protected void updateItem(@Nullable Proposal item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setText(null);
                return;
            }
            name.setText(item.required() ? item.label() + " *" : item.label());
            type.setText(item.type());
            setGraphic(box);
            setAccessibleText(item.label());
        }
    }
}
