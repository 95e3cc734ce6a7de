package dev.pilothouse.model.client;

import dev.pilothouse.model.client.Transport.LineStream;
import dev.pilothouse.model.meta.WatchEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An open watch. One thread reads; any thread may close it, which ends the reading. */
public final class Watch implements AutoCloseable {

    private final LineStream lines;

    Watch(LineStream lines) {
        this.lines = lines;
    }

    /**
     * Waits for the next event; null when the watch has ended.
     *
     * @throws TransportException when the connection broke
     */
    public @Nullable WatchEvent next() {
        try {
            byte[] line = lines.next();
            while (line != null && line.length == 0) {
                line = lines.next();
            }
            return line == null ? null : WatchEvent.parse(line);
        } catch (IOException e) {
            throw new TransportException("watch: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
