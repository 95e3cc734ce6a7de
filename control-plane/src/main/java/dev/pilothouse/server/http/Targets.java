package dev.pilothouse.server.http;

import dev.pilothouse.server.request.Parameters;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes request targets. Source: RFC 3986, and Go's net/url where it leaves a choice. */
final class Targets {

    private Targets() {}

    /** The path of a request target, decoded, or null when its escapes are wrong. */
    static @Nullable String path(String target) {
        String path = target;
        int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
        if (scheme >= 0) {
            int slash = target.indexOf('/', scheme + 3);
            path = slash < 0 ? "/" : target.substring(slash);
        }
        return decode(path, false);
    }

    /** Parameters of a query; pairs with wrong escapes are left out, as Go does. */
    static Parameters query(String query) {
        if (query.isEmpty()) {
            return Parameters.EMPTY;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty() || pair.indexOf(';') >= 0) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
            if (name != null && value != null) {
                values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
        }
        return Parameters.query(values);
    }

    private static @Nullable String decode(String text, boolean plusIsSpace) {
        boolean plain = text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0);
        if (plain && text.chars().allMatch(c -> c >= ' ' && c < 127)) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(raw[i] == '+' && plusIsSpace ? ' ' : raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
