package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a container ended.
 *
 * @param exitCode its exit code, 128 + n after signal n
 * @param reason one word, or empty for what the exit code says
 * @param message more about it, or empty
 * @param finishedAt when
 */
record Outcome(int exitCode, String reason, String message, Instant finishedAt) {

    static final String OOM_KILLED = "OOMKilled";

    /** Notes down an end, or the reason of an end to come. */
    void write(Path file) throws IOException {
        ObjectNode json = Json.object();
        json.put("exitCode", exitCode);
        json.put("reason", reason);
        json.put("message", message);
        json.put("finishedAt", finishedAt.toString());
        ContainerFiles.replace(file, Json.bytes(json));
    }

    static @Nullable Outcome read(Path file) {
        try {
            ObjectNode json = Json.parseObject(Files.readAllBytes(file));
            return new Outcome(
                    (int) Json.number(json, 0, "exitCode"),
                    Json.text(json, "reason"),
                    Json.text(json, "message"),
                    Instant.parse(Json.text(json, "finishedAt")));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
