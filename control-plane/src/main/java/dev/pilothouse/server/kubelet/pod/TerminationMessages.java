package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.log.LogReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What containers leave as their last words: a file, or the end of their log. Read once for each.
 * Thread-safe. Source: the kubelet's getTerminationMessage.
 */
final class TerminationMessages {

    /** The label under which a container's file of last words is kept. */
    static final String FILE = "pilothouse.dev/termination-file";

    private static final int LONGEST = 4096;
    private static final int LONGEST_LOG = 2048;
    private static final int LOG_LINES = 80;

    private final LogReader logs;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    TerminationMessages(LogReader logs) {
        this.logs = logs;
    }

    String of(ContainerStatus ended, ObjectNode container) {
        return known.computeIfAbsent(ended.id(), _ -> read(ended, container));
    }

    private String read(ContainerStatus ended, ObjectNode container) {
        if (!ended.message().isEmpty()) {
            return ended.message();
        }
        try {
            String file = ended.labels().getOrDefault(FILE, "");
            String message = file.isEmpty() ? "" : head(Path.of(file));
            boolean fallback =
                    Json.text(container, "terminationMessagePolicy")
                            .equals("FallbackToLogsOnError");
            return message.isEmpty() && fallback && ended.exitCode() != 0
                    ? logs.tail(ended.logPath(), LOG_LINES, LONGEST_LOG)
                    : message;
        } catch (IOException e) {
            return "Error on reading termination message from logs: " + e.getMessage();
        }
    }

    private static String head(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        }
    }
}
