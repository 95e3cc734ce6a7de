package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.KeyStroke;
import dev.pilothouse.ui.yaml.Highlighter;
import dev.pilothouse.ui.yaml.Highlighter.State;
import dev.pilothouse.ui.yaml.LongValues;
import dev.pilothouse.ui.yaml.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.fxmisc.richtext.model.TwoDimensional.Bias;

/**
 * A text of YAML with line numbers, colours, and marks where something is wrong. The only class
 * that knows which control draws the text. JavaFX thread only.
 */
final class CodeEditor {

    /** Longer texts are shown without colours: drawing must not lag behind the typing. */
    private static final int MOST_COLOURED = 20_000;

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final CodeArea area =
            new CodeArea() {
                @Override
                public void paste() {
                    pasted();
                }
            };
    private final VirtualizedScrollPane<CodeArea> root = new VirtualizedScrollPane<>(area);
    private final Consumer<String> typed;
    private final List<State> states = new ArrayList<>();
    private List<Problem> problems = List.of();
    private Predicate<KeyEvent> first = event -> false;
    private Runnable tooLong = () -> {};
    private boolean setting;

    /**
     * Without text.
     *
     * @param typed is told the text whenever the user has changed it
     */
    CodeEditor(Consumer<String> typed) {
        this.typed = typed;
        area.setId("code");
        area.getStyleClass().addAll("code", KeyStroke.TAKES_TEXT);
        area.setAccessibleRole(AccessibleRole.TEXT_AREA);
        area.setAccessibleText(Texts.text("editor.accessible"));
        area.setParagraphGraphicFactory(this::number);
        area.plainTextChanges().subscribe(this::changed);
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        root.getStyleClass().add("code-pane");
    }

    Region view() {
        return root;
    }

    CodeArea area() {
        return area;
    }

    String text() {
        return area.getText();
    }

    /** Shows another text; caret and scroll position stay where that is possible. */
    void setText(String text) {
        if (text.equals(area.getText())) {
            return;
        }
        setting = true;
        int caret = Math.min(area.getCaretPosition(), text.length());
        // Only what differs, so that undo and the caret stay useful.
        String old = area.getText();
        int start = 0;
        int most = Math.min(old.length(), text.length());
        while (start < most && old.charAt(start) == text.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < most - start
                && old.charAt(old.length() - 1 - end) == text.charAt(text.length() - 1 - end)) {
            end++;
        }
        area.replaceText(start, old.length() - end, text.substring(start, text.length() - end));
        area.moveTo(Math.min(caret, area.getLength()));
        setting = false;
    }

    /** Begins with a text: there is nothing to undo. */
    void start(String text) {
        setting = true;
        area.replaceText(text);
        area.getUndoManager().forgetHistory();
        area.moveTo(0);
        area.requestFollowCaret();
        setting = false;
    }

    /** Marks what is wrong. */
    void show(List<Problem> now) {
        Set<Integer> lines = new HashSet<>();
        problems.forEach(problem -> lines.add(problem.line() - 1));
        problems = now;
        problems.forEach(problem -> lines.add(problem.line() - 1));
        for (int line : lines) {
            if (line >= 0 && line < area.getParagraphs().size()) {
                style(line, line == 0 ? State.NONE : state(line - 1));
                area.recreateParagraphGraphic(line);
            }
        }
    }

    /** Selects a place and scrolls to its beginning. */
    void select(int start, int end) {
        int length = area.getLength();
        area.selectRange(Math.min(end, length), Math.min(start, length));
        area.requestFollowCaret();
    }

    void focus() {
        area.requestFocus();
    }

    private State state(int line) {
        return line < states.size() ? states.get(line) : State.NONE;
    }

    private void changed(PlainTextChange change) {
        int first = area.offsetToPosition(change.getPosition(), Bias.Forward).getMajor();
        int before = lines(change.getRemoved());
        int after = lines(change.getInserted());
        // States of lines that are gone go, new lines get some.
        for (int i = 0; i < before && first + 1 < states.size(); i++) {
            states.remove(first + 1);
        }
        for (int i = 0; i < after; i++) {
            states.add(Math.min(first + 1, states.size()), State.NONE);
        }
        colour(first, first + after);
        if (!setting) {
            typed.accept(area.getText());
        }
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** Colours lines, and those after them until the state at their end is what it was. */
    private void colour(int from, int to) {
        int count = area.getParagraphs().size();
        while (states.size() < count) {
            states.add(State.NONE);
        }
        if (count > MOST_COLOURED) {
            return;
        }
        // All at once: each change of the area costs about the same, however large it is.
        var spans = new StyleSpansBuilder<Collection<String>>();
        spans.add(List.of(), 0);
        int first = area.getAbsolutePosition(from, 0);
        int start = first;
        State state = from == 0 ? State.NONE : state(from - 1);
        for (int line = from; line < count; line++) {
            State old = states.get(line);
            String text = area.getParagraph(line).getText();
            State end = spans(text, start, state, spans);
            states.set(line, end);
            start += text.length();
            if (line == count - 1 || (line >= to && end.equals(old))) {
                break;
            }
            // The line break.
            spans.add(List.of(), 1);
            start++;
            state = end;
        }
        if (start > first) {
            area.setStyleSpans(first, spans.create());
        }
    }

    private void style(int line, State before) {
        String text = area.getParagraph(line).getText();
        if (!text.isEmpty()) {
            var spans = new StyleSpansBuilder<Collection<String>>();
            spans(text, area.getAbsolutePosition(line, 0), before, spans);
            area.setStyleSpans(line, 0, spans.create());
        }
    }

    private State spans(
            String text, int start, State before, StyleSpansBuilder<Collection<String>> spans) {
        Highlighter.Line coloured = Highlighter.line(text, before);
        int at = 0;
        for (Highlighter.Stretch stretch : coloured.stretches()) {
            add(spans, start, at, stretch.start(), "");
            String name = "yaml-" + stretch.token().name().toLowerCase(Locale.ROOT);
            add(spans, start, stretch.start(), stretch.end(), name);
            at = stretch.end();
        }
        add(spans, start, at, text.length(), "");
        return coloured.end();
    }

    /** A stretch of one colour, cut where problems begin and end. */
    private void add(
            StyleSpansBuilder<Collection<String>> spans,
            int lineStart,
            int from,
            int to,
            String name) {
        int at = from;
        while (at < to) {
            int offset = lineStart + at;
            boolean wrong = isWrong(offset);
            int end = at + 1;
            while (end < to && isWrong(lineStart + end) == wrong) {
                end++;
            }
            List<String> names = new ArrayList<>();
            if (!name.isEmpty()) {
                names.add(name);
            }
            if (wrong) {
                names.add("problem");
            }
            spans.add(names, end - at);
            at = end;
        }
    }

    private boolean isWrong(int offset) {
        for (Problem problem : problems) {
            if (problem.span().start() <= offset && offset < problem.span().end()) {
                return true;
            }
        }
        return false;
    }

    private Node number(int line) {
        Label label = new Label(String.valueOf(line + 1));
        label.getStyleClass().add("line-number");
        label.setAlignment(Pos.CENTER_RIGHT);
        List<String> wrong =
                problems.stream()
                        .filter(problem -> problem.line() == line + 1)
                        .map(Problem::message)
                        .toList();
        if (!wrong.isEmpty()) {
            label.pseudoClassStateChanged(BAD, true);
            label.setTooltip(new Tooltip(String.join("\n", wrong)));
        }
        return label;
    }

    /** Tells of a text on the clipboard with lines that are too long to be edited. */
    void onTooLong(Runnable told) {
        tooLong = told;
    }

    private void pasted() {
        String text = Clipboard.getSystemClipboard().getString();
        String tamed = text == null ? "" : LongValues.tamed(text);
        if (tamed == null) {
            tooLong.run();
        } else if (area.isEditable() && !tamed.isEmpty()) {
            area.replaceSelection(tamed.replace("\r\n", "\n"));
            area.requestFollowCaret();
        }
    }

    /** Gives keys to somebody else first, who says whether they are used up. */
    void keysFirstTo(Predicate<KeyEvent> other) {
        first = other;
    }

    private void pressed(KeyEvent event) {
        if (first.test(event)) {
            event.consume();
            return;
        }
        if (!area.isEditable()) {
            return;
        }
        if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown() && !event.isAltDown()) {
            area.replaceSelection("\n" + " ".repeat(nextIndent()));
            area.requestFollowCaret();
            event.consume();
        } else if (event.getCode() == KeyCode.TAB
                && !event.isShiftDown()
                && !event.isShortcutDown()) {
            area.replaceSelection("  ");
            event.consume();
        } else if (event.getCode() == KeyCode.TAB && event.isShiftDown()) {
            outdent();
            event.consume();
        } else if (event.getCode() == KeyCode.SLASH && event.isShortcutDown()) {
            toggleComment();
            event.consume();
        }
    }

    /** As the line before, further in after a colon. */
    private int nextIndent() {
        String line =
                area.getParagraph(area.getCurrentParagraph())
                        .getText()
                        .substring(0, area.getCaretColumn());
        int indent = 0;
        while (indent < line.length() && " -".indexOf(line.charAt(indent)) >= 0) {
            if (line.charAt(indent) == '-' && !line.startsWith("- ", indent)) {
                break;
            }
            indent++;
        }
        String content = line.strip();
        boolean opens = content.endsWith(":") || content.matches(".*: *[|>][-+0-9]*");
        return opens ? indent + 2 : indent;
    }

    private void outdent() {
        int line = area.getCurrentParagraph();
        String text = area.getParagraph(line).getText();
        int spaces = 0;
        while (spaces < Math.min(2, text.length()) && text.charAt(spaces) == ' ') {
            spaces++;
        }
        area.deleteText(line, 0, line, spaces);
    }

    private void toggleComment() {
        int first = area.offsetToPosition(area.getSelection().getStart(), Bias.Forward).getMajor();
        int last = area.offsetToPosition(area.getSelection().getEnd(), Bias.Forward).getMajor();
        boolean all = true;
        for (int line = first; line <= last; line++) {
            all &= area.getParagraph(line).getText().strip().startsWith("#");
        }
        for (int line = first; line <= last; line++) {
            String text = area.getParagraph(line).getText();
            int at = text.length() - text.stripLeading().length();
            if (all) {
                area.deleteText(line, at, line, at + (text.startsWith("# ", at) ? 2 : 1));
            } else {
                area.insertText(line, at, "# ");
            }
        }
    }
}
