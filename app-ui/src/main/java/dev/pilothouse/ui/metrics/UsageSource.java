package dev.pilothouse.ui.metrics;

import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.MetricsApi;
import dev.pilothouse.ui.cluster.RefusedException;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a pod or node has used: from the history that the embedded server keeps, or else from
 * metrics.k8s.io, which knows only the present, as far as it was asked. Blocks; one thread.
 */
final class UsageSource {

    private static final String HISTORY = "/apis/metrics.pilothouse.dev/v1/";
    private static final int NOT_FOUND = 404;

    private final Cluster cluster;
    private final LiveSamples samples = new LiveSamples();
    private boolean history = true;

    UsageSource(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Whether the cluster keeps a history. */
    boolean hasHistory() {
        return history;
    }

    /**
     * Reads a span of time, in seconds since 1970; in the form of the history, wherever it is from.
     *
     * @param path such as {@code nodes/local} or {@code namespaces/default/pods/web}
     */
    ObjectNode read(String path, long from, long to) throws IOException, InterruptedException {
        if (history) {
            try {
                return get(HISTORY + path + "/history?from=" + from + "&to=" + to);
            } catch (RefusedException e) {
                if (e.code() != NOT_FOUND) {
                    throw e;
                }
            }
        }
        try {
            samples.add(path, get(MetricsApi.PATH + "/" + path));
            // An object that is gone has no history; but this one is there.
            history = false;
        } catch (RefusedException e) {
            if (e.code() != NOT_FOUND) {
                throw e;
            }
            // Not measured yet, or nobody measures.
        }
        return samples.history(path);
    }

    private ObjectNode get(String path) throws IOException, InterruptedException {
        return cluster.call(new ApiCall("GET", path, "", null));
    }
}
