package dev.pilothouse.model.schema;

import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import tools.jackson.databind.JsonNode;

/**
 * Walks the members of a JSON object, telling where each value stands without reading it. For JSON
 * that is known to be right, such as the data shipped with the program; of other input it makes no
 * sense. Not thread-safe.
 */
final class JsonMembers {

    private final byte[] json;
    private int at;
    private String name = "";
    private int start;

    /**
     * The members of an object.
     *
     * @param start where its opening brace is
     */
    JsonMembers(byte[] json, int start) {
        this.json = json;
        this.at = start + 1;
        expect(start, '{');
    }

    /** Goes to the next member, if there is one. */
    boolean next() {
        at = pastBlanks(at);
        if (json[at] == '}') {
            return false;
        }
        if (json[at] == ',') {
            at = pastBlanks(at + 1);
        }
        expect(at, '"');
        int end = endOfString(at);
        name = new String(json, at + 1, end - at - 2, StandardCharsets.UTF_8);
        int colon = pastBlanks(end);
        expect(colon, ':');
        start = pastBlanks(colon + 1);
        at = endOfValue(start);
        return true;
    }

    /** The name of the member. */
    String name() {
        return name;
    }

    /** Where its value begins. */
    int start() {
        return start;
    }

    /** Where its value has ended; there may be blanks before. */
    int end() {
        return at;
    }

    /** Its value. */
    JsonNode value() {
        return Json.parse(json, start, at - start);
    }

    private int pastBlanks(int from) {
        int i = from;
        while (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t') {
            i++;
        }
        return i;
    }

    private int endOfValue(int from) {
        int depth = 0;
        int i = from;
        while (true) {
            switch (json[i]) {
                case '"' -> i = endOfString(i) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
            if (depth < 0) {
                return i;
            }
            i++;
        }
    }

    private int endOfString(int from) {
        int i = from + 1;
        while (json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private void expect(int position, char wanted) {
        if (json[position] != wanted) {
            throw new NoSuchElementException("no " + wanted + " at byte " + position);
        }
    }
}
