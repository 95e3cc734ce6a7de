package dev.pilothouse.model.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a field out of JSON text before it is parsed. Reading only the structure of the bytes
 * takes a small part of the time that it takes to parse what is left out. Text that is no JSON is
 * given back as it is, for the parser to refuse.
 */
public final class FieldCut {

    private final byte[] json;
    private int at;

    private FieldCut(byte[] json) {
        this.json = json;
    }

    /**
     * The text without a field of an object.
     *
     * @param json UTF-8
     * @param path names of fields from the outermost object on, of plain ASCII
     * @return the same array when there is no such field
     */
    public static byte[] without(byte[] json, String... path) {
        FieldCut cut = new FieldCut(json);
        Member member = null;
        for (String name : path) {
            member = cut.find(name.getBytes(StandardCharsets.US_ASCII));
            if (member == null) {
                return json;
            }
        }
        return member == null ? json : cut.cut(member);
    }

    /**
     * A field and its value.
     *
     * @param comma where the comma before it is, or -1
     * @param start where the quote of its name is
     */
    private record Member(int comma, int start) {}

    private byte[] cut(Member member) {
        if (!skipValue()) {
            return json;
        }
        int from = member.comma() >= 0 ? member.comma() : member.start();
        int to = at;
        if (member.comma() < 0) {
            skipSpace();
            to = is(',') ? at + 1 : to;
        }
        byte[] left = new byte[json.length - (to - from)];
        System.arraycopy(json, 0, left, 0, from);
        System.arraycopy(json, to, left, from, json.length - to);
        return left;
    }

    /** Goes to the value of a field of the object that begins here; null when it has none. */
    private @Nullable Member find(byte[] name) {
        skipSpace();
        if (!is('{')) {
            return null;
        }
        int comma = -1;
        do {
            at++;
            skipSpace();
            int start = at;
            if (!is('"') || !skipString()) {
                return null;
            }
            boolean found = isName(name, start + 1, at - 1);
            skipSpace();
            if (!is(':')) {
                return null;
            }
            at++;
            skipSpace();
            if (found) {
                return new Member(comma, start);
            }
            if (!skipValue()) {
                return null;
            }
            skipSpace();
            comma = at;
        } while (is(','));
        return null;
    }

    private boolean isName(byte[] name, int from, int to) {
        return to - from == name.length
                && java.util.Arrays.equals(json, from, to, name, 0, name.length);
    }

    /** Goes behind the value that begins here; false when it does not end. */
    private boolean skipValue() {
        int depth = 0;
        while (at < json.length) {
            byte next = json[at];
            if (next == '"') {
                if (!skipString()) {
                    return false;
                }
            } else if (next == '{' || next == '[') {
                depth++;
                at++;
            } else if (next == '}' || next == ']') {
                if (depth == 0) {
                    return true;
                }
                depth--;
                at++;
            } else if (next == ',' && depth == 0) {
                return true;
            } else {
                at++;
                continue;
            }
            if (depth == 0) {
                return true;
            }
        }
        return false;
    }

    /** Goes behind the text that begins here; false when it does not end. */
    private boolean skipString() {
        at++;
        while (at < json.length) {
            byte next = json[at++];
            if (next == '"') {
                return true;
            }
            if (next == '\\') {
                at++;
            }
        }
        return false;
    }

    private void skipSpace() {
        while (at < json.length
                && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    private boolean is(char wanted) {
        return at < json.length && json[at] == wanted;
    }
}
