package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.MetricsApi;
import dev.pilothouse.ui.cluster.RefusedException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what pods use from metrics.k8s.io, as often as nodes are measured: there is no watch of it.
 */
final class UsagePoll implements AutoCloseable {

    /** Each pod is a request; what a usual node may hold. */
    private static final int MOST = 250;

    private final Cluster cluster;
    private final Consumer<Map<String, ObjectNode>> found;
    private final Thread thread;
    private volatile Map<String, ObjectNode> pods;

    /**
     * Begins.
     *
     * @param pods by uid
     * @param found is told the PodMetrics by the uid of the pod, on a thread of its own
     */
    UsagePoll(
            Cluster cluster,
            Map<String, ObjectNode> pods,
            Consumer<Map<String, ObjectNode>> found) {
        this.cluster = cluster;
        this.pods = pods;
        this.found = found;
        thread = Thread.ofVirtual().name("usage").start(this::run);
    }

    /** These pods from now on. */
    void pods(Map<String, ObjectNode> now) {
        pods = now;
    }

    private void run() {
        try {
            while (isServed()) {
                found.accept(read(pods.values()));
                Thread.sleep(MetricsApi.MEASURED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where nobody measures, there is no such group; asking on would be in vain. */
    private boolean isServed() throws InterruptedException {
        try {
            cluster.call(new ApiCall("GET", MetricsApi.PATH, "", null));
            return true;
        } catch (RefusedException e) {
            return false;
        } catch (IOException e) {
            // Not reachable just now.
            return true;
        }
    }

    private Map<String, ObjectNode> read(Collection<ObjectNode> of) throws InterruptedException {
        Map<String, ObjectNode> usage = new LinkedHashMap<>();
        try {
            for (ObjectNode pod : of) {
                if (usage.size() >= MOST) {
                    break;
                }
                if (PodRequests.takesRoom(pod)) {
                    read(pod, usage);
                }
            }
        } catch (IOException e) {
            // What was read so far is shown; the next turn tries again.
        }
        return usage;
    }

    private void read(ObjectNode pod, Map<String, ObjectNode> usage)
            throws IOException, InterruptedException {
        String path =
                MetricsApi.PATH
                        + "/namespaces/"
                        + Json.text(pod, "metadata", "namespace")
                        + "/pods/"
                        + Json.text(pod, "metadata", "name");
        try {
            usage.put(
                    Json.text(pod, "metadata", "uid"),
                    cluster.call(new ApiCall("GET", path, "", null)));
        } catch (RefusedException e) {
            // Not measured yet.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
