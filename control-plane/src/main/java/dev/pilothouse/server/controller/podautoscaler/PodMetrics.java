package dev.pilothouse.server.controller.podautoscaler;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Asks the resource metrics API how much pods use. Source: podautoscaler/metrics. */
final class PodMetrics {

    private static final GroupVersionResource METRICS =
            new GroupVersionResource("metrics.k8s.io", "v1beta1", "pods");

    private final ApiClient client;

    PodMetrics(ApiClient client) {
        this.client = client;
    }

    /**
     * The use of a resource by pod.
     *
     * @param container only of this container, empty for the whole pod
     */
    Map<String, Sample> of(String namespace, String selector, String resource, String container)
            throws MetricException {
        List<ObjectNode> items;
        try {
            items =
                    client.resource(METRICS)
                            .list(ListOptions.in(namespace).withLabels(selector))
                            .items();
        } catch (ApiException e) {
            throw failed(
                    resource,
                    "unable to fetch metrics from resource metrics API: "
                            + e.status().message()
                            + " (get pods.metrics.k8s.io)");
        } catch (TransportException e) {
            throw failed(
                    resource,
                    "unable to fetch metrics from resource metrics API: " + e.getMessage());
        }
        if (items.isEmpty()) {
            throw failed(resource, "no metrics returned from resource metrics API");
        }
        Map<String, Sample> samples = new HashMap<>();
        for (ObjectNode item : items) {
            Long milli =
                    container.isEmpty()
                            ? whole(item, resource)
                            : one(item, namespace, resource, container);
            if (milli != null) {
                samples.put(Json.text(item, "metadata", "name"), sample(item, milli));
            }
        }
        return samples;
    }

    /** The use of all containers; null when one of them is not known. */
    private static @Nullable Long whole(ObjectNode item, String resource) {
        long sum = 0;
        List<ObjectNode> containers = Json.objects(item, "containers");
        for (ObjectNode container : containers) {
            Long milli = usage(container, resource);
            if (milli == null) {
                return null;
            }
            sum += milli;
        }
        return containers.isEmpty() ? null : (Long) sum;
    }

    private static @Nullable Long one(
            ObjectNode item, String namespace, String resource, String name)
            throws MetricException {
        for (ObjectNode container : Json.objects(item, "containers")) {
            if (Json.text(container, "name").equals(name)) {
                return usage(container, resource);
            }
        }
        throw failed(
                resource,
                "failed to get container metrics: container "
                        + name
                        + " not present in metrics for pod "
                        + namespace
                        + "/"
                        + Json.text(item, "metadata", "name"));
    }

    private static @Nullable Long usage(ObjectNode container, String resource) {
        String text = Json.text(container, "usage", resource);
        return text.isEmpty() ? null : (Long) Quantity.parse(text).milliValue();
    }

    private static Sample sample(ObjectNode item, long milli) {
        String at = Json.text(item, "timestamp");
        return new Sample(
                milli,
                at.isEmpty() ? Instant.EPOCH : Instant.parse(at),
                duration(Json.text(item, "window")));
    }

    /** Reads a duration as Go writes it, such as {@code 1m0.5s}; zero when it is none. */
    static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            if (!Character.isLetter(text.charAt(at))) {
                continue;
            }
            int end = at;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            try {
                BigDecimal number = new BigDecimal(text.substring(start, at));
                sum = sum.plusNanos(number.multiply(nanos(text.substring(at, end))).longValue());
            } catch (NumberFormatException _) {
                return Duration.ZERO;
            }
            start = end;
            at = end - 1;
        }
        return sum;
    }

    private static BigDecimal nanos(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "h" -> 3_600_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "ms" -> 1_000_000L;
                    default -> 0L;
                });
    }

    private static MetricException failed(String resource, String why) {
        return new MetricException("unable to get metrics for resource " + resource + ": " + why);
    }
}
