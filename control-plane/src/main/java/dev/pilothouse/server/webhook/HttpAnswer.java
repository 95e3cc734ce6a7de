package dev.pilothouse.server.webhook;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP/1.1 answer, read whole.
 *
 * @param status its code
 * @param body its body
 */
record HttpAnswer(int status, byte[] body) {

    private static final int MAX_BODY = 64 << 20;
    private static final int MAX_LINE = 64 << 10;
    private static final int MAX_HEADERS = 256;

    static HttpAnswer read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.")) {
            throw new IOException("malformed HTTP response");
        }
        int status = number(first[1], 10);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0 || headers.size() == MAX_HEADERS) {
                throw new IOException("malformed HTTP response header");
            }
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (status >= 100 && status < 200) {
            return read(in);
        }
        return new HttpAnswer(status, body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks(in);
        }
        String length = headers.get("content-length");
        byte[] body = in.readNBytes(length == null ? MAX_BODY : checked(number(length, 10)));
        if (length != null && body.length < number(length, 10)) {
            throw new EOFException("unexpected EOF");
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = checked(number(line(in).split(";", 2)[0].strip(), 16));
            if (size == 0) {
                return body.toByteArray();
            }
            checked(body.size() + size);
            body.write(in.readNBytes(size));
            line(in);
        }
    }

    private static int checked(int size) throws IOException {
        if (size < 0 || size > MAX_BODY) {
            throw new IOException("the answer is too large");
        }
        return size;
    }

    private static int number(String text, int radix) throws IOException {
        try {
            return Integer.parseInt(text, radix);
        } catch (NumberFormatException _) {
            throw new IOException("malformed HTTP response");
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("EOF");
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("malformed HTTP response");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
