package dev.pilothouse.model.client;

import dev.pilothouse.model.client.Transport.LineStream;
import dev.pilothouse.model.json.FieldCut;
import dev.pilothouse.model.meta.WatchEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An open watch. One thread reads; any thread may close it, which ends the reading. */
public final class Watch implements AutoCloseable {

    private static final String[] MANAGERS = {"object", "metadata", "managedFields"};

    private final LineStream lines;
    private final boolean withoutManagers;

    Watch(LineStream lines, boolean withoutManagers) {
        this.lines = lines;
        this.withoutManagers = withoutManagers;
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
            if (line == null) {
                return null;
            }
            return WatchEvent.parse(withoutManagers ? FieldCut.without(line, MANAGERS) : line);
        } catch (IOException e) {
            throw new TransportException("watch: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
