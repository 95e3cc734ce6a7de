package dev.pilothouse.model.patch;

import dev.pilothouse.model.meta.ApiException;
import java.util.ArrayList;
import java.util.List;

/**
 * A parsed JSON pointer (RFC 6901).
 *
 * @param tokens reference tokens with the escapes undone; empty for the whole document
 */
record JsonPointer(List<String> tokens) {

    static JsonPointer parse(String text) {
        if (text.isEmpty()) {
            return new JsonPointer(List.of());
        }
        if (text.charAt(0) != '/') {
            throw ApiException.badRequest("JSON pointer must start with \"/\": " + text);
        }
        List<String> tokens = new ArrayList<>();
        int start = 1;
        while (start <= text.length()) {
            int end = text.indexOf('/', start);
            if (end < 0) {
                end = text.length();
            }
            tokens.add(unescape(text.substring(start, end)));
            start = end + 1;
        }
        return new JsonPointer(List.copyOf(tokens));
    }

    boolean isRoot() {
        return tokens.isEmpty();
    }

    String last() {
        return tokens.getLast();
    }

    JsonPointer parent() {
        return new JsonPointer(tokens.subList(0, tokens.size() - 1));
    }

    /** Whether this pointer leads to something inside what the other one leads to. */
    boolean isBelow(JsonPointer other) {
        return tokens.size() > other.tokens.size()
                && tokens.subList(0, other.tokens.size()).equals(other.tokens);
    }

    // "~1" first: "~01" must become "~1" and not "/".
    private static String unescape(String token) {
        return token.indexOf('~') < 0 ? token : token.replace("~1", "/").replace("~0", "~");
    }
}
