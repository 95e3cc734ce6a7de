package dev.pilothouse.server.streaming.spdy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;

/** A client that packs frames, right and wrong ones, and keeps what the bytes are meant to say. */
final class SpdyFrames implements AutoCloseable {

    private final Deflater deflater = new Deflater();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    SpdyFrames() {
        deflater.setDictionary(HeaderDictionary.bytes());
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** A frame of data. */
    void data(int id, boolean fin, byte[] content) {
        number(id);
        number((fin ? 1 << 24 : 0) | content.length);
        bytes.writeBytes(content);
    }

    /** A control frame of version 3. */
    void control(int type, int flags, byte[] body) {
        control(3, type, flags, body.length, body);
    }

    /** Any control frame, which may say a wrong length. */
    void control(int version, int type, int flags, int length, byte[] body) {
        number(0x8000_0000 | version << 16 | type);
        number(flags << 24 | length);
        bytes.writeBytes(body);
    }

    /** A frame that opens a stream. */
    void open(int id, boolean fin, byte[] block) {
        byte[] body = Arrays.copyOf(words(id, 0), 10);
        control(1, fin ? 1 : 0, join(body, block));
    }

    /** The packed form of headers. */
    byte[] block(Map<String, String> headers) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(plain)) {
            out.writeInt(headers.size());
            for (Map.Entry<String, String> header : headers.entrySet()) {
                for (String text : new String[] {header.getKey(), header.getValue()}) {
                    out.writeInt(text.length());
                    out.writeBytes(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pack(plain.toByteArray());
    }

    /** The packed form of any bytes, which need not be headers. */
    byte[] pack(byte[] plain) {
        deflater.setInput(plain);
        byte[] packed = new byte[plain.length + 256];
        int count = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(packed, count);
    }

    static byte[] words(int... numbers) {
        byte[] words = new byte[numbers.length * 4];
        for (int i = 0; i < words.length; i++) {
            words[i] = (byte) (numbers[i / 4] >> 24 - i % 4 * 8);
        }
        return words;
    }

    static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    static byte[] random(Random random, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    private void number(int number) {
        bytes.writeBytes(words(number));
    }

    @Override
    public void close() {
        deflater.end();
    }
}
