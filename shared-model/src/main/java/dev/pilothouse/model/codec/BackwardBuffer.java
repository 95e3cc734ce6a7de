package dev.pilothouse.model.codec;

import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A buffer that is filled from its end to its start, as Go's generated marshallers do: a nested
 * message's length is known when its header is written, so nothing is measured or copied twice.
 */
final class BackwardBuffer {

    private byte[] buffer;
    private int start;

    BackwardBuffer(int capacity) {
        buffer = new byte[capacity];
        start = capacity;
    }

    /** Bytes written so far. */
    int length() {
        return buffer.length - start;
    }

    byte[] toByteArray() {
        return Arrays.copyOfRange(buffer, start, buffer.length);
    }

    /** Writes bytes as they are. */
    void raw(byte[] bytes) {
        room(bytes.length);
        start -= bytes.length;
        System.arraycopy(bytes, 0, buffer, start, bytes.length);
    }

    /** Writes a field of text. */
    void string(int number, String text) {
        bytes(number, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a field of bytes. */
    void bytes(int number, byte[] bytes) {
        raw(bytes);
        delimited(number, bytes.length);
    }

    /** Writes the header of a field whose {@code length} bytes have just been written. */
    void delimited(int number, int length) {
        varint(length);
        tag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    /** Writes a field of a whole number or truth value. */
    void number(int number, long value) {
        varint(value);
        tag(number, WireFormat.WIRETYPE_VARINT);
    }

    /** Writes a field of a floating-point number. */
    void decimal(int number, double value) {
        room(8);
        long bits = Double.doubleToRawLongBits(value);
        start -= 8;
        for (int i = 0; i < 8; i++) {
            buffer[start + i] = (byte) (bits >>> (8 * i));
        }
        tag(number, WireFormat.WIRETYPE_FIXED64);
    }

    private void tag(int number, int wireType) {
        varint(((long) number << 3) | wireType);
    }

    private void varint(long value) {
        int size = Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
        room(size);
        start -= size;
        long rest = value;
        for (int i = 0; i < size - 1; i++) {
            buffer[start + i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[start + size - 1] = (byte) rest;
    }

    private void room(int needed) {
        if (start < needed) {
            int length = length();
            byte[] larger = new byte[Math.max(buffer.length * 2, length + needed)];
            System.arraycopy(buffer, start, larger, larger.length - length, length);
            start = larger.length - length;
            buffer = larger;
        }
    }
}
