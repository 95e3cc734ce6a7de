package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.i18n.Texts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.fxmisc.richtext.CodeArea;

/** Finds and replaces in a text. JavaFX thread only. */
final class FindBar {

    private final CodeArea area;
    private final TextField find = field("find");
    private final TextField replace = field("replace");
    private final ToggleButton regex = new ToggleButton(".*");
    private final Label count = new Label();
    private final FlowPane root = new FlowPane(6, 6);

    FindBar(CodeArea area) {
        this.area = area;
        regex.setId("find-regex");
        regex.setAccessibleText(Texts.text("editor.regex"));
        count.setId("find-count");
        count.getStyleClass().add("hint");
        find.textProperty().subscribe(() -> show());
        regex.selectedProperty().subscribe(() -> show());
        find.setOnAction(event -> next(true));
        replace.setOnAction(event -> replaceOne());
        root.getStyleClass().add("find-bar");
        HBox finds =
                new HBox(
                        4,
                        find,
                        regex,
                        button("previous", "\u2191", () -> next(false)),
                        button("next", "\u2193", () -> next(true)),
                        count);
        HBox replaces =
                new HBox(
                        4,
                        replace,
                        button("replaceOne", Texts.text("editor.replaceOne"), this::replaceOne),
                        button("replaceAll", Texts.text("editor.replaceAll"), this::replaceAll),
                        button("findClose", "\u2715", this::hide));
        finds.setAlignment(Pos.CENTER_LEFT);
        replaces.setAlignment(Pos.CENTER_LEFT);
        root.getChildren().addAll(finds, replaces);
        root.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                hide();
                event.consume();
            }
        });
        root.managedProperty().bind(root.visibleProperty());
        root.setVisible(false);
    }

    Region view() {
        return root;
    }

    /** Shows it, with what is selected. */
    void open() {
        String selected = area.getSelectedText();
        if (!selected.isEmpty() && !selected.contains("\n")) {
            find.setText(selected);
        }
        root.setVisible(true);
        find.requestFocus();
        find.selectAll();
        show();
    }

    private void hide() {
        root.setVisible(false);
        area.requestFocus();
    }

    private static TextField field(String id) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(Texts.text("editor." + id));
        field.setAccessibleText(Texts.text("editor." + id));
        field.setPrefColumnCount(16);
        return field;
    }

    private static Button button(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setAccessibleText(Texts.text("editor." + id));
        button.setOnAction(event -> action.run());
        return button;
    }

    private Pattern pattern() {
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE;
        return regex.isSelected()
                ? Pattern.compile(find.getText(), flags)
                : Pattern.compile(find.getText(), flags | Pattern.LITERAL);
    }

    private void show() {
        if (find.getText().isEmpty()) {
            count.setText("");
            return;
        }
        try {
            long found = pattern().matcher(area.getText()).results().count();
            count.setText(Texts.text("editor.found", found));
        } catch (PatternSyntaxException e) {
            count.setText(Texts.text("editor.noPattern"));
        }
    }

    private void next(boolean forward) {
        if (find.getText().isEmpty()) {
            return;
        }
        try {
            Matcher matcher = pattern().matcher(area.getText());
            int from = area.getSelection().getStart();
            int[] first = null;
            int[] last = null;
            int[] before = null;
            int[] after = null;
            while (matcher.find()) {
                int[] hit = {matcher.start(), matcher.end()};
                first = first == null ? hit : first;
                last = hit;
                before = hit[0] < from ? hit : before;
                boolean here = hit[0] == from && hit[1] == area.getSelection().getEnd();
                after = after == null && hit[0] >= from && !here ? hit : after;
            }
            int[] chosen = forward ? after == null ? first : after : before == null ? last : before;
            if (chosen != null) {
                area.selectRange(chosen[0], chosen[1]);
                area.requestFollowCaret();
            }
        } catch (PatternSyntaxException e) {
            count.setText(Texts.text("editor.noPattern"));
        }
    }

    private void replaceOne() {
        try {
            Matcher matcher = pattern().matcher(area.getSelectedText());
            if (!find.getText().isEmpty() && matcher.matches()) {
                area.replaceSelection(replacement(matcher));
            }
            next(true);
            show();
        } catch (PatternSyntaxException | IndexOutOfBoundsException e) {
            count.setText(Texts.text("editor.noPattern"));
        }
    }

    private String replacement(Matcher matcher) {
        return regex.isSelected() ? matcher.replaceFirst(replace.getText()) : replace.getText();
    }

    private void replaceAll() {
        if (find.getText().isEmpty()) {
            return;
        }
        try {
            String with =
                    regex.isSelected()
                            ? replace.getText()
                            : Matcher.quoteReplacement(replace.getText());
            String text = pattern().matcher(area.getText()).replaceAll(with);
            if (!text.equals(area.getText())) {
                area.replaceText(text);
            }
            show();
        } catch (PatternSyntaxException | IndexOutOfBoundsException e) {
            count.setText(Texts.text("editor.noPattern"));
        }
    }
}
