package dev.pilothouse.model.codec;

import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Standard base64 as Go's encoding/base64 accepts it: padded, line breaks ignored. */
final class Base64Text {

    private Base64Text() {}

    /** The value without line breaks. */
    static JsonNode conform(JsonNode value, Supplier<BodySyntaxException> mismatch) {
        if (!value.isString()) {
            throw mismatch.get();
        }
        String text = value.stringValue();
        boolean broken = text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
        String bare = broken ? text.replace("\n", "").replace("\r", "") : text;
        int bad = firstBadCharacter(bare);
        if (bad >= 0) {
            throw new BodySyntaxException("illegal base64 data at input byte " + bad);
        }
        return broken ? JsonNodeFactory.instance.stringNode(bare) : value;
    }

    private static int firstBadCharacter(String text) {
        int length = text.length();
        int data = length;
        while (data > 0 && length - data < 2 && text.charAt(data - 1) == '=') {
            data--;
        }
        for (int i = 0; i < data; i++) {
            if (!inAlphabet(text.charAt(i))) {
                return i;
            }
        }
        if (length % 4 != 0) {
            return data < length ? data : length - length % 4;
        }
        return -1;
    }

    private static boolean inAlphabet(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/';
    }
}
