package dev.pilothouse.server.kubelet.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The logs that are being written. Readers that follow a log are woken by its writer, so nobody has
 * to look again and again. Thread-safe.
 */
public final class ContainerLogs {

    private final InstantSource clock;
    private final Rotation rotation;
    private final Map<Path, LogWriter> writers = new ConcurrentHashMap<>();

    /**
     * When a log file is put aside and how many are kept. Source: the kubelet's containerLogMaxSize
     * and containerLogMaxFiles.
     *
     * @param maxBytes size at which a new file is begun
     * @param maxFiles how many files are kept, the present one included
     */
    public record Rotation(long maxBytes, int maxFiles) {

        /** Kubernetes' own. */
        public static final Rotation DEFAULT = new Rotation(10L << 20, 5);
    }

    /** No log yet. */
    public ContainerLogs(InstantSource clock, Rotation rotation) {
        this.clock = clock;
        this.rotation = rotation;
    }

    /**
     * Begins or goes on to write a log, which the caller closes; there is one writer for a path.
     */
    public LogWriter open(Path path) throws IOException {
        LogWriter writer = LogWriter.open(path, clock, rotation, writers::remove);
        writers.put(path, writer);
        return writer;
    }

    /** The writer of a log, or null when nobody writes it. */
    @Nullable LogWriter writer(Path path) {
        return writers.get(path);
    }
}
