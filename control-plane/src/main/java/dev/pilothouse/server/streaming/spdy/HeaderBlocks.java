package dev.pilothouse.server.streaming.spdy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Packs and unpacks header blocks. Each direction is one long compressed text for the whole
 * session, so every block must go through, in order. Not thread-safe.
 */
final class HeaderBlocks implements AutoCloseable {

    private static final int MAX_PAIRS = 256;

    private final int maxBytes;
    private final Inflater inflater = new Inflater();
    private final Deflater deflater = new Deflater();

    /**
     * For one session.
     *
     * @param maxBytes longest block that is unpacked
     */
    HeaderBlocks(int maxBytes) {
        this.maxBytes = maxBytes;
        deflater.setDictionary(HeaderDictionary.bytes());
    }

    /**
     * Unpacks a block; names come in lower case, several values of a name are one text with NUL
     * between them.
     */
    Map<String, String> unpack(byte[] block) throws SpdyException {
        ByteBuffer plain = ByteBuffer.wrap(inflate(block));
        int pairs = number(plain);
        if (pairs > MAX_PAIRS) {
            throw new SpdyException("too many headers");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < pairs; i++) {
            String name = text(plain).toLowerCase(Locale.ROOT);
            headers.put(name, text(plain));
        }
        return headers;
    }

    private byte[] inflate(byte[] block) throws SpdyException {
        inflater.setInput(block);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        try {
            while (true) {
                int count = inflater.inflate(buffer);
                if (count > 0) {
                    plain.write(buffer, 0, count);
                    if (plain.size() > maxBytes) {
                        throw new SpdyException("headers are too long");
                    }
                } else if (inflater.needsDictionary()) {
                    inflater.setDictionary(HeaderDictionary.bytes());
                } else {
                    return plain.toByteArray();
                }
            }
        } catch (DataFormatException | IllegalArgumentException e) {
            throw new SpdyException("headers cannot be unpacked: " + e.getMessage());
        }
    }

    private static int number(ByteBuffer plain) throws SpdyException {
        int number = plain.remaining() < 4 ? -1 : plain.getInt();
        if (number < 0) {
            throw new SpdyException("headers are cut off");
        }
        return number;
    }

    private static String text(ByteBuffer plain) throws SpdyException {
        int length = number(plain);
        if (length > plain.remaining()) {
            throw new SpdyException("headers are cut off");
        }
        byte[] bytes = new byte[length];
        plain.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Packs headers; names must be in lower case. */
    byte[] pack(Map<String, String> headers) {
        byte[] plain = plain(headers);
        deflater.setInput(plain);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            packed.write(buffer, 0, count);
        } while (count == buffer.length);
        return packed.toByteArray();
    }

    private static byte[] plain(Map<String, String> headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(headers.size());
            for (Map.Entry<String, String> header : headers.entrySet()) {
                for (String text : new String[] {header.getKey(), header.getValue()}) {
                    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(utf8.length);
                    out.write(utf8);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        inflater.end();
        deflater.end();
    }
}
