package dev.pilothouse.server.testing;

import dev.pilothouse.model.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads watch events line by line from an open answer. For one thread. */
public final class WatchReader implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    /** Opens a watch path. */
    public WatchReader(ApiClient client, String path, String... headers) {
        this.response = client.open(path, headers);
        this.lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The answer below. */
    public HttpResponse<InputStream> response() {
        return response;
    }

    /** The next event; null when the stream has ended in good order. */
    public @Nullable ObjectNode next() {
        try {
            String line = lines.readLine();
            return line == null ? null : Json.parseObject(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event as {@code TYPE name}, {@code end} at the end of the stream. */
    public String nextName() {
        ObjectNode event = next();
        return event == null
                ? "end"
                : (Json.text(event, "type") + " " + Json.text(event, "object", "metadata", "name"))
                        .strip();
    }

    /** The next events as {@code TYPE name}. */
    public List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(nextName());
        }
        return names;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
