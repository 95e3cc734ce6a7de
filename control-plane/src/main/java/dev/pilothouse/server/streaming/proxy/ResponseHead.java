package dev.pilothouse.server.streaming.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Status and headers of an HTTP/1.x answer.
 *
 * @param status the status code
 * @param headers names as the server wrote them, and values
 */
record ResponseHead(int status, List<Map.Entry<String, String>> headers) {

    private static final int MAX_BYTES = 256 * 1024;

    /** Reads the head of the answer proper; interim ones other than 101 are passed over. */
    static ResponseHead read(InputStream in) throws IOException {
        while (true) {
            int[] left = {MAX_BYTES};
            int status = status(line(in, left));
            List<Map.Entry<String, String>> headers = new ArrayList<>();
            for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
                int colon = line.indexOf(':');
                if (colon <= 0) {
                    throw new IOException("malformed HTTP response header");
                }
                headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
            }
            if (status >= 200 || status == 101) {
                return new ResponseHead(status, List.copyOf(headers));
            }
        }
    }

    private static int status(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("\\d{3}")) {
            throw new IOException("malformed HTTP response");
        }
        return Integer.parseInt(parts[1]);
    }

    private static String line(InputStream in, int[] left) throws IOException {
        StringBuilder line = new StringBuilder();
        int read = in.read();
        while (read != '\n') {
            if (read < 0) {
                throw new EOFException("EOF");
            }
            if (--left[0] < 0) {
                throw new IOException("HTTP response headers are too long");
            }
            line.append((char) read);
            read = in.read();
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r'
                ? line.substring(0, end - 1)
                : line.toString();
    }

    /** The first value of a header, or null; case does not matter. */
    @Nullable String header(String name) {
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    /** A line of a head as bytes. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
