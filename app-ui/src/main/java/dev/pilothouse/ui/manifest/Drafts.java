package dev.pilothouse.ui.manifest;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Texts that have been typed and not yet applied, one file each, so that neither a crash nor a
 * restart loses them. Thread-safe.
 */
public final class Drafts {

    private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);

    private final @Nullable Path directory;

    /** Drafts in a directory, which is made when the first is kept; null to keep none. */
    public Drafts(@Nullable Path directory) {
        this.directory = directory;
    }

    /**
     * A text.
     *
     * @param key what is being edited; one draft each
     * @param base the text from which it was made, empty for a new object
     * @param text what has been typed
     * @param time when it was kept, as RFC 3339
     */
    public record Draft(String key, String base, String text, String time) {}

    /**
     * Keeps a text in place of an earlier one of the same key.
     *
     * @throws IOException when it cannot be written
     */
    public synchronized void keep(String key, String base, String text) throws IOException {
        Path file = file(key);
        if (file == null) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        byte[] bytes =
                Json.bytes(
                        Json.object()
                                .put("key", key)
                                .put("base", base)
                                .put("text", text)
                                .put("time", Instant.now().toString()));
        Files.write(fresh, bytes);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The draft of that key; null for none, also when it cannot be read. */
    public synchronized @Nullable Draft find(String key) {
        Path file = file(key);
        return file == null ? null : read(file);
    }

    /** Forgets the draft of that key: it has been applied or is not wanted. */
    public synchronized void discard(String key) {
        try {
            Path file = file(key);
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("A draft cannot be deleted: {}", e.toString());
        }
    }

    private static @Nullable Draft read(Path file) {
        try {
            JsonNode json = Json.parse(Files.readAllBytes(file));
            return new Draft(
                    Json.text(json, "key"),
                    Json.text(json, "base"),
                    Json.text(json, "text"),
                    Json.text(json, "time"));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | JacksonException e) {
            LOG.warn("A draft cannot be read: {}", e.toString());
            return null;
        }
    }

    private @Nullable Path file(String key) {
        if (directory == null) {
            return null;
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        String readable = key.replaceAll("[^A-Za-z0-9.-]+", "_");
        String start = readable.substring(0, Math.min(80, readable.length()));
        String hash = HexFormat.of().toHexDigits(Arrays.hashCode(bytes));
        return directory.resolve(start + "-" + hash + ".draft");
    }
}
