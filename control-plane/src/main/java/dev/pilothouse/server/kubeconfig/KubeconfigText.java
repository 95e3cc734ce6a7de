package dev.pilothouse.server.kubeconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Edits the text of a kubeconfig in block style, line by line, so that comments, order and layout
 * of everything else stay. It knows only the layouts that kubectl and people write; the caller
 * checks that the result means what was wanted.
 */
final class KubeconfigText {

    private static final Pattern TOP_LEVEL_KEY =
            Pattern.compile("([A-Za-z][A-Za-z-]*):[ \\t]*(.*?)[ \\t]*");
    private static final Pattern EMPTY_VALUE =
            Pattern.compile("(\\[\\s*]|\\{\\s*}|null|~|\"\"|'')?\\s*(#.*)?");
    private static final Pattern ITEM = Pattern.compile("( *)-( .*|)");

    private final String lineEnd;
    private final List<String> lines;

    KubeconfigText(String text) {
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        this.lines = new ArrayList<>(text.lines().toList());
    }

    /** The text changed so that it says the same as the tree, if it can be done. */
    String become(ObjectNode wanted) {
        ObjectNode scalars = wanted.deepCopy();
        for (String list : List.of("clusters", "contexts", "users")) {
            becomeList(list, wanted.path(list));
            scalars.remove(list);
        }
        for (var entry : scalars.properties()) {
            if (entry.getValue().isString()) {
                becomeScalar(entry.getKey(), entry.getValue().stringValue());
            }
        }
        return String.join(lineEnd, lines) + lineEnd;
    }

    private void becomeScalar(String key, String value) {
        int header = header(key);
        if (header < 0) {
            lines.add(end(), key + ": " + value);
        } else if (EMPTY_VALUE.matcher(valueOf(header)).matches()) {
            lines.set(header, key + ": " + value);
        }
    }

    private void becomeList(String key, JsonNode wanted) {
        int header = header(key);
        if (header < 0) {
            header = end();
            lines.add(header, key + ":");
        } else if (isEmptyHeader(header)) {
            lines.set(header, key + ":");
        }
        List<int[]> items = items(header);
        // From the last to the first, so that line numbers before stay true.
        int insertAt = items.isEmpty() ? header + 1 : items.getLast()[1];
        int indent = items.isEmpty() ? 0 : indent(lines.get(items.getFirst()[0]));
        for (int i = wanted.size() - 1; i >= 0; i--) {
            List<String> text = text(wanted.get(i), indent);
            if (i >= items.size()) {
                lines.addAll(insertAt, text);
            } else if (!says(items.get(i), wanted.get(i))) {
                lines.subList(items.get(i)[0], items.get(i)[1]).clear();
                lines.addAll(items.get(i)[0], text);
            }
        }
    }

    /** Whether the lines of an item mean the given object already. */
    private boolean says(int[] item, JsonNode wanted) {
        String text = String.join("\n", lines.subList(item[0], item[1]));
        try {
            JsonNode parsed = KubeconfigYaml.parseAny(text);
            return parsed.size() == 1 && parsed.path(0).equals(wanted);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static List<String> text(JsonNode item, int indent) {
        List<String> text = new ArrayList<>();
        for (String line : KubeconfigYaml.write(item).lines().toList()) {
            text.add(" ".repeat(indent) + (text.isEmpty() ? "- " : "  ") + line);
        }
        return text;
    }

    /**
     * The items of a section: first line and the line after the last, without trailing comments.
     */
    private List<int[]> items(int header) {
        List<int[]> items = new ArrayList<>();
        int indent = -1;
        int i = header + 1;
        for (; i < lines.size() && !startsSection(lines.get(i)); i++) {
            Matcher item = ITEM.matcher(lines.get(i));
            if (!item.matches() || indent >= 0 && item.group(1).length() != indent) {
                continue;
            }
            indent = item.group(1).length();
            if (!items.isEmpty()) {
                items.getLast()[1] = lastContent(i);
            }
            items.add(new int[] {i, i + 1});
        }
        if (!items.isEmpty()) {
            items.getLast()[1] = lastContent(i);
        }
        return items;
    }

    private int lastContent(int end) {
        int last = end;
        while (last > 0 && (lines.get(last - 1).isBlank() || isComment(lines.get(last - 1)))) {
            last--;
        }
        return last;
    }

    private int header(String key) {
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = TOP_LEVEL_KEY.matcher(lines.get(i));
            if (matcher.matches() && matcher.group(1).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a list is written as empty on the line of its key. */
    private boolean isEmptyHeader(int header) {
        String value = valueOf(header);
        return !value.isEmpty() && !isComment(value) && EMPTY_VALUE.matcher(value).matches();
    }

    private String valueOf(int header) {
        Matcher matcher = TOP_LEVEL_KEY.matcher(lines.get(header));
        return matcher.matches() ? matcher.group(2) : "";
    }

    /** Where a new top-level key goes: after the last line, before an end-of-document marker. */
    private int end() {
        int end = lines.size();
        while (end > 0
                && (lines.get(end - 1).isBlank() || lines.get(end - 1).strip().equals("..."))) {
            end--;
        }
        return end;
    }

    private static boolean startsSection(String line) {
        return !line.isEmpty() && " \t#-".indexOf(line.charAt(0)) < 0
                || line.startsWith("---")
                || line.startsWith("...");
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
