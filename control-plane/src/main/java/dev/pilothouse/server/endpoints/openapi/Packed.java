package dev.pilothouse.server.endpoints.openapi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Bytes kept compressed: documents shrink to a twentieth and are asked for seldom. */
final class Packed {

    private final byte[] gzip;
    private final int length;

    private Packed(byte[] gzip, int length) {
        this.gzip = gzip;
        this.length = length;
    }

    static Packed of(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 10 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 13)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Packed(out.toByteArray(), bytes.length);
    }

    byte[] unpack() {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), 1 << 13)) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
