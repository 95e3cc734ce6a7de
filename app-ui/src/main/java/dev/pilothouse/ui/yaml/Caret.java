package dev.pilothouse.ui.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in the structure of a document a caret stands, found by indentation, so that it is known
 * also while the text is not YAML.
 *
 * @param path the keys above, with {@code -} for elements of lists
 * @param key the key of the line when the caret is behind its colon; empty in a key
 * @param typed what has been typed of the key or value
 * @param column the column of the key or value
 * @param siblings the other keys beside it
 */
public record Caret(List<String> path, String key, String typed, int column, Set<String> siblings) {

    /** Copies the collections. */
    public Caret {
        path = List.copyOf(path);
        siblings = Set.copyOf(siblings);
    }

    /** Whether the caret is in a value. */
    public boolean inValue() {
        return !key.isEmpty();
    }

    /** The keys above, and the own key when the caret is in its value. */
    public List<String> fullPath() {
        if (key.isEmpty()) {
            return path;
        }
        List<String> all = new ArrayList<>(path);
        all.add(key);
        return all;
    }

    /** A line taken apart: its dashes, the column behind them, its key. */
    private record Parts(List<Integer> dashes, int column, String key, boolean block) {

        static Parts of(String line) {
            List<Integer> dashes = new ArrayList<>();
            int at = Lines.indent(line);
            while (at < line.length()
                    && line.charAt(at) == '-'
                    && (at + 1 == line.length() || line.charAt(at + 1) == ' ')) {
                dashes.add(at);
                at++;
                while (at < line.length() && line.charAt(at) == ' ') {
                    at++;
                }
            }
            int colon = colon(line, at);
            String key = colon < 0 ? "" : unquoted(line.substring(at, colon).strip());
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            return new Parts(dashes, at, key, value.matches("[|>][-+0-9]*(\\s+#.*)?"));
        }

        private static int colon(String line, int from) {
            for (int i = from; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == ':' && (i + 1 == line.length() || line.charAt(i + 1) == ' ')) {
                    return i;
                }
                if (c == ' ' && i + 1 < line.length() && line.charAt(i + 1) == '#') {
                    return -1;
                }
            }
            return -1;
        }

        private static String unquoted(String key) {
            boolean quoted =
                    key.length() > 1
                            && (key.startsWith("\"") && key.endsWith("\"")
                                    || key.startsWith("'") && key.endsWith("'"));
            return quoted ? key.substring(1, key.length() - 1) : key;
        }
    }

    /** Finds out where an offset is; null in comments and in text of several lines. */
    public static @Nullable Caret of(String text, int offset) {
        int lineStart = Lines.start(text, offset);
        String before = text.substring(lineStart, offset);
        if (before.strip().startsWith("#") || before.contains(" #")) {
            return null;
        }
        Parts own = Parts.of(before);
        boolean inValue = !own.key().isEmpty();
        String typed =
                inValue
                        ? before.substring(before.indexOf(':', own.column()) + 1).strip()
                        : before.substring(Math.min(own.column(), before.length()));
        List<String> path = new ArrayList<>();
        Set<String> siblings = new LinkedHashSet<>();
        int keyLimit = own.column();
        int dashLimit = own.column();
        boolean level = true;
        for (int i = own.dashes().size() - 1; i >= 0; i--) {
            path.add("-");
            keyLimit = own.dashes().get(i) + 1;
            dashLimit = own.dashes().get(i);
            level = false;
        }
        for (int at = lineStart; at > 0; ) {
            at = Lines.start(text, at - 1);
            String line = text.substring(at, Lines.end(text, at));
            if (line.startsWith("---")) {
                break;
            }
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            Parts parts = Parts.of(line);
            if (level && parts.column() == own.column()) {
                siblings.add(parts.key());
            }
            if (parts.column() < keyLimit && !parts.key().isEmpty()) {
                if (parts.block()) {
                    return null;
                }
                path.add(parts.key());
                keyLimit = parts.column();
                dashLimit = parts.column();
                level = false;
            }
            for (int i = parts.dashes().size() - 1; i >= 0; i--) {
                int dash = parts.dashes().get(i);
                if (dash < dashLimit && parts.column() <= Math.max(keyLimit, dashLimit)) {
                    path.add("-");
                    keyLimit = dash + 1;
                    dashLimit = dash;
                    level = false;
                }
            }
            if (keyLimit <= 0) {
                break;
            }
        }
        below(text, offset, own.column(), siblings);
        Collections.reverse(path);
        return new Caret(path, own.key(), typed, own.column(), siblings);
    }

    /** The keys of the same mapping in the lines below. */
    private static void below(String text, int offset, int column, Set<String> siblings) {
        int at = Lines.next(text, offset);
        while (at < text.length()) {
            String line = text.substring(at, Lines.end(text, at));
            Parts parts = Parts.of(line);
            boolean empty = line.isBlank() || line.strip().startsWith("#");
            boolean dashed = !parts.dashes().isEmpty() && parts.dashes().getFirst() < column;
            if (!empty && (parts.column() < column || dashed || line.startsWith("---"))) {
                return;
            }
            if (!empty && parts.column() == column && parts.dashes().isEmpty()) {
                siblings.add(parts.key());
            }
            at = Lines.next(text, at);
            if (Lines.end(text, at) == text.length() && at == text.length()) {
                return;
            }
        }
    }
}
