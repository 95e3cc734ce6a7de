package dev.pilothouse.ui.overview;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.MetricsApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the cluster uses of what it has, from metrics.k8s.io, as kubectl top does.
 *
 * @param cpu cores used
 * @param cpuOf cores that can be had
 * @param memory bytes used
 * @param memoryOf bytes that can be had
 * @param pods those that use most
 */
record Usage(double cpu, double cpuOf, double memory, double memoryOf, List<Consumer> pods) {

    private static final int TOP = 8;

    /** With so many pods the list of their metrics is too long to be asked for. */
    private static final int MOST_PODS = 5_000;

    /** A pod and what it uses. */
    record Consumer(String namespace, String name, double cpu, double memory) {}

    /**
     * Asks the server; blocks.
     *
     * @param podCount how many pods there are
     * @throws IOException when the cluster has no metrics
     */
    static Usage read(Cluster cluster, Kind nodes, int podCount)
            throws IOException, InterruptedException {
        double cpuOf = 0;
        double memoryOf = 0;
        for (ObjectNode node : cluster.objects(nodes, "", "")) {
            cpuOf += amount(Json.text(node, "status", "allocatable", "cpu"));
            memoryOf += amount(Json.text(node, "status", "allocatable", "memory"));
        }
        double cpu = 0;
        double memory = 0;
        for (ObjectNode node : Json.objects(get(cluster, MetricsApi.PATH + "/nodes"), "items")) {
            cpu += amount(Json.text(node, "usage", "cpu"));
            memory += amount(Json.text(node, "usage", "memory"));
        }
        List<Consumer> pods = new ArrayList<>();
        if (podCount <= MOST_PODS) {
            for (ObjectNode pod : Json.objects(get(cluster, MetricsApi.PATH + "/pods"), "items")) {
                pods.add(consumer(pod));
            }
        }
        pods.sort(Comparator.comparingDouble(Consumer::cpu).reversed());
        return new Usage(
                cpu,
                cpuOf,
                memory,
                memoryOf,
                List.copyOf(pods.subList(0, Math.min(TOP, pods.size()))));
    }

    private static JsonNode get(Cluster cluster, String path)
            throws IOException, InterruptedException {
        return cluster.call(new ApiCall("GET", path, "", null));
    }

    private static Consumer consumer(ObjectNode pod) {
        double cpu = 0;
        double memory = 0;
        for (ObjectNode container : Json.objects(pod, "containers")) {
            cpu += amount(Json.text(container, "usage", "cpu"));
            memory += amount(Json.text(container, "usage", "memory"));
        }
        return new Consumer(
                Json.text(pod, "metadata", "namespace"),
                Json.text(pod, "metadata", "name"),
                cpu,
                memory);
    }

    private static double amount(String text) {
        return Quantity.isValid(text) ? Quantity.parse(text).amount().doubleValue() : 0;
    }
}
