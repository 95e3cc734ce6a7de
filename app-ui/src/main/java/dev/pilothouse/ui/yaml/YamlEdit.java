package dev.pilothouse.ui.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes the values in a text and leaves the rest as it is: comments, order and style of what does
 * not change stay. What cannot be changed in place is written anew as a whole.
 */
public final class YamlEdit {

    private final String text;
    private final List<Change> changes = new ArrayList<>();

    private record Change(int start, int end, String replacement) {}

    /** What stands in the text cannot be changed in place at this level. */
    private static final class NotInPlace extends Exception {
        private static final long serialVersionUID = 1L;

        NotInPlace() {
            super(null, null, false, false);
        }
    }

    private YamlEdit(String text) {
        this.text = text;
    }

    /**
     * The text with one of its documents changed.
     *
     * @param index which document
     * @param wanted its new value
     */
    public static String rewrite(String text, int index, ObjectNode wanted) {
        // As it reads back: a number in the tree may be of a wider type than the one in the text.
        ObjectNode same = YamlDocument.parse(YamlValues.block(wanted) + "\n").getFirst().object();
        return change(text, index, same == null ? wanted : same);
    }

    private static String change(String text, int index, ObjectNode wanted) {
        List<YamlDocument> documents = YamlDocument.parse(text);
        if (index >= documents.size()) {
            String before = text.isBlank() ? "" : ended(text) + "---\n";
            return before + YamlValues.block(wanted) + "\n";
        }
        String whole = ended(text);
        YamlDocument document = YamlDocument.parse(whole).get(index);
        String changed = null;
        if (document.root() != null && document.problems().isEmpty()) {
            if (document.root().json().equals(wanted)) {
                return text;
            }
            changed = new YamlEdit(whole).changed(document.root(), wanted);
        }
        if (changed == null || !isRight(changed, index, documents.size(), wanted)) {
            return replaced(whole, document, wanted);
        }
        return changed;
    }

    private static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    private static boolean isRight(String changed, int index, int count, ObjectNode wanted) {
        List<YamlDocument> documents = YamlDocument.parse(changed);
        return documents.size() == count
                && documents.get(index).problems().isEmpty()
                && wanted.equals(documents.get(index).object());
    }

    private static String replaced(String text, YamlDocument document, ObjectNode wanted) {
        Span span = document.span();
        String before = text.substring(0, span.start());
        String line = before.endsWith("---") ? "\n" : "";
        return before + line + YamlValues.block(wanted) + "\n" + text.substring(span.end());
    }

    private @Nullable String changed(YamlNode root, JsonNode wanted) {
        try {
            change(root, wanted);
        } catch (NotInPlace e) {
            return null;
        }
        // Stable: at one place, what belongs further inside comes first.
        changes.sort(Comparator.comparingInt(Change::start));
        StringBuilder result = new StringBuilder(text.length() + 64);
        int reached = 0;
        for (Change change : changes) {
            if (change.start() < reached) {
                return null;
            }
            result.append(text, reached, change.start()).append(change.replacement());
            reached = change.end();
        }
        return result.append(text, reached, text.length()).toString();
    }

    private void change(YamlNode node, JsonNode wanted) throws NotInPlace {
        if (node.json().equals(wanted)) {
            return;
        }
        switch (node) {
            case YamlNode.Mapping mapping when !mapping.flow() && wanted instanceof ObjectNode to ->
                    fields(mapping, to);
            case YamlNode.Sequence list when !list.flow() && wanted instanceof ArrayNode to ->
                    items(list, to);
            default -> throw new NotInPlace();
        }
    }

    private void fields(YamlNode.Mapping mapping, ObjectNode wanted) throws NotInPlace {
        if (mapping.entries().stream().noneMatch(entry -> wanted.has(entry.key()))) {
            throw new NotInPlace();
        }
        int column = column(mapping.entries().getFirst().keySpan().start());
        for (YamlNode.Entry entry : mapping.entries()) {
            JsonNode value = wanted.get(entry.key());
            if (value == null) {
                removeField(mapping, entry);
            } else {
                changeField(entry, value, column);
            }
        }
        StringBuilder added = new StringBuilder();
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            if (mapping.entry(field.getKey()) == null) {
                added.append(YamlValues.entry(field.getKey(), field.getValue(), column))
                        .append('\n');
            }
        }
        insertAfter(mapping.entries().getLast().value(), mapping, added);
    }

    private void changeField(YamlNode.Entry entry, JsonNode value, int column) throws NotInPlace {
        int mark = changes.size();
        try {
            change(entry.value(), value);
        } catch (NotInPlace e) {
            // Whatever was noted further inside is void.
            changes.subList(mark, changes.size()).clear();
            int colon = text.indexOf(':', entry.keySpan().end());
            if (colon < 0) {
                throw e;
            }
            replace(colon + 1, entry.value(), value, YamlValues.behindKey(value, column));
        }
    }

    private void removeField(YamlNode.Mapping mapping, YamlNode.Entry entry) throws NotInPlace {
        int start = entry.keySpan().start();
        if (Lines.isFirst(text, start)) {
            remove(Lines.start(text, start), Lines.next(text, contentEnd(entry)));
            return;
        }
        // Behind a dash: the next field moves up, if it stays.
        int next = mapping.entries().indexOf(entry) + 1;
        if (next >= mapping.entries().size()) {
            throw new NotInPlace();
        }
        remove(start, mapping.entries().get(next).keySpan().start());
    }

    private void remove(int start, int end) throws NotInPlace {
        if (!changes.isEmpty() && changes.getLast().end() > start) {
            throw new NotInPlace();
        }
        changes.add(new Change(start, end, ""));
    }

    private void items(YamlNode.Sequence list, ArrayNode wanted) throws NotInPlace {
        List<String> before = list.items().stream().map(item -> identity(item.json())).toList();
        List<String> after = wanted.valueStream().map(YamlEdit::identity).toList();
        List<int[]> pairs = pairs(before, after);
        if (pairs.isEmpty()) {
            throw new NotInPlace();
        }
        int column = column(dash(list.items().getFirst()));
        int old = 0;
        int now = 0;
        for (int i = 0; i <= pairs.size(); i++) {
            boolean last = i == pairs.size();
            int oldEnd = last ? before.size() : pairs.get(i)[0];
            int nowEnd = last ? after.size() : pairs.get(i)[1];
            StringBuilder added = new StringBuilder();
            for (; now < nowEnd; now++) {
                added.append(" ".repeat(column))
                        .append('-')
                        .append(YamlValues.behindDash(wanted.get(now), column))
                        .append('\n');
            }
            if (old == 0 && !added.isEmpty()) {
                int dash = dash(list.items().getFirst());
                if (!Lines.isFirst(text, dash)) {
                    throw new NotInPlace();
                }
                changes.add(
                        new Change(
                                Lines.start(text, dash),
                                Lines.start(text, dash),
                                added.toString()));
            } else if (old > 0) {
                insertAfter(list.items().get(old - 1), list, added);
            }
            for (; old < oldEnd; old++) {
                removeItem(list.items().get(old));
            }
            if (!last) {
                changeItem(list.items().get(old), wanted.get(now), column);
                old++;
                now++;
            }
        }
    }

    /** Items that are the same, and between them those that took each other's place. */
    private static List<int[]> pairs(List<String> before, List<String> after) {
        List<int[]> pairs = new ArrayList<>();
        for (LineDiff.Hunk hunk : LineDiff.hunks(before, after)) {
            int length =
                    Math.min(
                            hunk.leftEnd() - hunk.leftStart(), hunk.rightEnd() - hunk.rightStart());
            for (int i = 0; i < length; i++) {
                pairs.add(new int[] {hunk.leftStart() + i, hunk.rightStart() + i});
            }
        }
        return pairs;
    }

    /** What tells an item from the others: its name, or all of it. */
    private static String identity(JsonNode item) {
        for (String key : List.of("name", "key", "mountPath", "containerPort", "port")) {
            JsonNode value = item.get(key);
            if (value != null && value.isValueNode()) {
                return key + "=" + value;
            }
        }
        return item.toString();
    }

    private void changeItem(YamlNode item, JsonNode value, int column) throws NotInPlace {
        int mark = changes.size();
        try {
            change(item, value);
        } catch (NotInPlace e) {
            changes.subList(mark, changes.size()).clear();
            replace(dash(item) + 1, item, value, YamlValues.behindDash(value, column));
        }
    }

    private void removeItem(YamlNode item) throws NotInPlace {
        int dash = dash(item);
        if (!Lines.isFirst(text, dash)) {
            throw new NotInPlace();
        }
        remove(Lines.start(text, dash), Lines.next(text, contentEnd(item)));
    }

    /** Replaces a value, and a comment behind it when the new one goes on in further lines. */
    private void replace(int from, YamlNode old, JsonNode value, String replacement)
            throws NotInPlace {
        int end = Math.max(from, contentEnd(old));
        String rest = text.substring(end, Lines.end(text, end));
        if (!rest.isBlank() && !rest.strip().startsWith("#")) {
            throw new NotInPlace();
        }
        boolean severalLines = !YamlValues.isInline(value);
        String kept = severalLines ? "" : rest;
        changes.add(new Change(from, Lines.end(text, end), replacement + kept));
    }

    /** Adds lines after the last line of a value. */
    private void insertAfter(YamlNode last, YamlNode around, CharSequence lines) throws NotInPlace {
        if (lines.isEmpty()) {
            return;
        }
        int place = Lines.next(text, Math.max(contentEnd(last), around.span().start()));
        if (place < text.length() && place == 0) {
            throw new NotInPlace();
        }
        changes.add(new Change(place, place, lines.toString()));
    }

    private int contentEnd(YamlNode.Entry entry) {
        return Math.max(entry.keySpan().end(), contentEnd(entry.value()));
    }

    /** Where the text of a value ends; blocks of text end before their last line break. */
    private int contentEnd(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping when !mapping.flow() && !mapping.entries().isEmpty() ->
                    contentEnd(mapping.entries().getLast());
            case YamlNode.Sequence list when !list.flow() && !list.items().isEmpty() ->
                    Math.max(list.span().start() + 1, contentEnd(list.items().getLast()));
            case YamlNode.Scalar scalar when scalar.block() -> {
                int end = Math.min(scalar.span().end(), text.length());
                while (end > scalar.span().start()
                        && Character.isWhitespace(text.charAt(end - 1))) {
                    end--;
                }
                yield end;
            }
            default -> node.span().end();
        };
    }

    private int column(int offset) {
        return offset - Lines.start(text, offset);
    }

    /** The dash before an item of a list. */
    private int dash(YamlNode item) throws NotInPlace {
        int at = item.span().start() - 1;
        while (at >= 0 && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at--;
        }
        if (at < 0 || text.charAt(at) != '-') {
            throw new NotInPlace();
        }
        return at;
    }
}
