package dev.pilothouse.server.streaming;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies streams that are to arrive as they come. */
public final class Copying {

    private static final int BUFFER_BYTES = 32 * 1024;

    private Copying() {}

    /** Copies to the end, flushing after each piece; closes neither. */
    public static void live(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int count = from.read(buffer);
        while (count >= 0) {
            to.write(buffer, 0, count);
            to.flush();
            count = from.read(buffer);
        }
    }
}
