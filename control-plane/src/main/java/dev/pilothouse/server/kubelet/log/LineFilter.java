package dev.pilothouse.server.kubelet.log;

import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.PodRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes the bytes of log files and passes on what a request asks for. Not thread-safe. */
final class LineFilter {

    static final LogRequest EVERYTHING =
            new LogRequest(
                    new PodRef("", "", ""), "", false, false, null, false, null, null, "All");

    private final OutputStream out;
    private final @Nullable String since;
    private final boolean timestamps;
    private final boolean stdout;
    private final boolean stderr;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long left;
    private boolean continued;

    LineFilter(LogRequest request, OutputStream out) {
        this.out = out;
        Instant from = request.since();
        this.since = from == null ? null : LogTime.format(from);
        this.timestamps = request.timestamps();
        this.stdout = !request.stream().equals("Stderr");
        this.stderr = !request.stream().equals("Stdout");
        Long limit = request.limitBytes();
        this.left = limit == null ? Long.MAX_VALUE : limit;
    }

    /** Whether as many bytes were passed on as were asked for. */
    boolean isFull() {
        return left <= 0;
    }

    void accept(byte[] bytes, int length) throws IOException {
        int from = 0;
        for (int i = 0; i < length && left > 0; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, from, i - from);
                from = i + 1;
                pass(line.toByteArray());
                line.reset();
            }
        }
        if (left > 0) {
            line.write(bytes, from, length - from);
        }
    }

    void flush() throws IOException {
        out.flush();
    }

    /** A line is: time, blank, stream, blank, tag, blank, text. */
    private void pass(byte[] entry) throws IOException {
        int first = indexOf(entry, 0);
        int second = indexOf(entry, first + 1);
        int third = indexOf(entry, second + 1);
        if (first < 0 || second < 0 || third < 0) {
            return;
        }
        boolean error = second - first > 4 && entry[first + 4] == 'e';
        boolean whole = entry[second + 1] == 'F';
        if (error ? !stderr : !stdout) {
            return;
        }
        String time = new String(entry, 0, first, StandardCharsets.US_ASCII);
        if (since != null && time.compareTo(since) < 0) {
            return;
        }
        if (timestamps && !continued) {
            emit(entry, 0, first + 1);
        }
        emit(entry, third + 1, entry.length - third - 1);
        if (whole) {
            emit(new byte[] {'\n'}, 0, 1);
        }
        continued = !whole;
    }

    private void emit(byte[] bytes, int from, int length) throws IOException {
        int taken = (int) Math.min(length, left);
        out.write(bytes, from, taken);
        left -= taken;
    }

    private static int indexOf(byte[] bytes, int from) {
        for (int i = Math.max(0, from); i < bytes.length; i++) {
            if (bytes[i] == ' ') {
                return i;
            }
        }
        return -1;
    }
}
