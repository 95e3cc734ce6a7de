package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.ApiPaths;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.MetricsApi;
import dev.pilothouse.ui.cluster.RefusedException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what the pods of a node use from metrics.k8s.io, as often as nodes are measured: there is
 * no watch of it.
 */
final class UsagePoll implements AutoCloseable {

    private final Cluster cluster;
    private final String node;
    private final Consumer<Map<String, ObjectNode>> found;
    private final Thread thread;
    private volatile Map<String, ObjectNode> pods;

    /** Whether the server may know which pods are on the node. */
    private boolean byNode = true;

    /**
     * Begins.
     *
     * @param node the name of the node
     * @param pods those on it, by uid
     * @param found is told the PodMetrics by the uid of the pod, on a thread of its own
     */
    UsagePoll(
            Cluster cluster,
            String node,
            Map<String, ObjectNode> pods,
            Consumer<Map<String, ObjectNode>> found) {
        this.cluster = cluster;
        this.node = node;
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
        Map<String, ObjectNode> uids = new HashMap<>();
        of.stream().filter(PodRequests::takesRoom).forEach(pod -> uids.put(name(pod), pod));
        Map<String, ObjectNode> usage = new LinkedHashMap<>();
        if (uids.isEmpty()) {
            return usage;
        }
        try {
            List<ObjectNode> measured = list();
            for (ObjectNode metrics : measured) {
                ObjectNode pod = uids.get(name(metrics));
                if (pod != null) {
                    usage.put(Json.text(pod, "metadata", "uid"), metrics);
                }
            }
        } catch (IOException e) {
            // The next turn tries again.
        }
        return usage;
    }

    /** One request for the pods of the node, whatever their number. */
    private List<ObjectNode> list() throws IOException, InterruptedException {
        if (byNode) {
            try {
                String query = "?fieldSelector=" + ApiPaths.parameter("spec.nodeName=" + node);
                List<ObjectNode> items = items(query);
                if (!items.isEmpty()) {
                    return items;
                }
            } catch (RefusedException e) {
                if (e.code() != RefusedException.BAD_REQUEST) {
                    throw e;
                }
            }
        }
        List<ObjectNode> all = items("");
        // metrics-server knows no nodes of pods, and finds none; then all have to be read.
        byNode &= all.isEmpty();
        return all;
    }

    private List<ObjectNode> items(String query) throws IOException, InterruptedException {
        String path = MetricsApi.PATH + "/pods" + query;
        return Json.objects(cluster.call(new ApiCall("GET", path, "", null)), "items");
    }

    private static String name(ObjectNode object) {
        return Json.text(object, "metadata", "namespace")
                + "/"
                + Json.text(object, "metadata", "name");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
