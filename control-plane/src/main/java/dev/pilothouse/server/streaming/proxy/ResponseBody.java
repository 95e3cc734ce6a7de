package dev.pilothouse.server.streaming.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The body of an HTTP/1.x answer: so long, in chunks, or up to the end of the connection. */
final class ResponseBody extends InputStream {

    private static final int MAX_LINE = 4096;

    private final InputStream in;
    private final boolean chunked;

    /** What is left of the body or of the chunk; -1 for up to the end. */
    private long left;

    private boolean firstChunk = true;
    private boolean ended;

    private ResponseBody(InputStream in, boolean chunked, long left) {
        this.in = in;
        this.chunked = chunked;
        this.left = left;
    }

    /** The body that follows a head. */
    static ResponseBody of(InputStream in, ResponseHead head, boolean headRequest)
            throws IOException {
        String encoding = head.header("Transfer-Encoding");
        String length = head.header("Content-Length");
        if (headRequest || head.status() == 204 || head.status() == 304) {
            return new ResponseBody(in, false, 0);
        }
        if (encoding != null && encoding.equalsIgnoreCase("chunked")) {
            return new ResponseBody(in, true, 0);
        }
        if (length == null) {
            return new ResponseBody(in, false, -1);
        }
        try {
            return new ResponseBody(in, false, Long.parseUnsignedLong(length));
        } catch (NumberFormatException e) {
            throw new IOException("malformed Content-Length", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (chunked && left == 0 && !ended) {
            nextChunk();
        }
        if (ended || left == 0) {
            return -1;
        }
        int most = left < 0 ? length : (int) Math.min(length, left);
        int count = in.read(bytes, offset, most);
        if (count < 0 && left > 0) {
            throw new EOFException("unexpected EOF");
        }
        if (count > 0 && left > 0) {
            left -= count;
        }
        return count;
    }

    private void nextChunk() throws IOException {
        if (!firstChunk && !line().isEmpty()) {
            throw new IOException("malformed chunk");
        }
        firstChunk = false;
        String size = line().split(";", 2)[0].strip();
        try {
            left = Long.parseUnsignedLong(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("malformed chunk", e);
        }
        if (left == 0) {
            ended = true;
            while (!line().isEmpty()) {
                // Trailers are not passed on.
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0 || line.length() > MAX_LINE) {
                throw new IOException("malformed chunk");
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }
}
