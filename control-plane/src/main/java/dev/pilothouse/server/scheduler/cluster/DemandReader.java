package dev.pilothouse.server.scheduler.cluster;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds up what the containers of a pod request. Init containers run one after the other, before the
 * others, except those that restart always, which stay. Source: component-helpers
 * resource/helpers.go.
 */
final class DemandReader {

    private static final long DEFAULT_MILLI_CPU = 100;
    private static final long DEFAULT_MEMORY = 200L * 1024 * 1024;

    private final JsonNode spec;
    private final Map<String, Resources> allocated;
    private final List<HostPort> ports = new ArrayList<>();
    private final List<String> images = new ArrayList<>();
    private final boolean podCpu;
    private final boolean podMemory;
    private int containers;

    /** What some containers take up. */
    private record Sum(Resources exact, long cpu, long memory) {

        static final Sum ZERO = new Sum(Resources.ZERO, 0, 0);

        Sum plus(Sum other) {
            return new Sum(exact.plus(other.exact), cpu + other.cpu, memory + other.memory);
        }

        Sum max(Sum other) {
            return new Sum(
                    exact.max(other.exact),
                    Math.max(cpu, other.cpu),
                    Math.max(memory, other.memory));
        }
    }

    private DemandReader(JsonNode spec, @Nullable JsonNode status) {
        this.spec = spec;
        this.allocated = allocated(status);
        ObjectNode podRequests = Json.objectAt(spec, "resources", "requests");
        this.podCpu = podRequests != null && podRequests.has(Resources.CPU);
        this.podMemory = podRequests != null && podRequests.has(Resources.MEMORY);
    }

    /** Reads the demand of a pod from its spec and status. */
    static PodDemand read(JsonNode spec, @Nullable JsonNode status) {
        return new DemandReader(spec, status).read();
    }

    private PodDemand read() {
        Sum running = Sum.ZERO;
        for (JsonNode container : array("containers")) {
            running = running.plus(container(container));
        }
        Sum sidecars = Sum.ZERO;
        Sum starting = Sum.ZERO;
        for (JsonNode container : array("initContainers")) {
            Sum sum = container(container);
            if (Json.text(container, "restartPolicy").equals("Always")) {
                running = running.plus(sum);
                sidecars = sidecars.plus(sum);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sidecars.plus(sum));
            }
        }
        Sum total = withPodLevel(running.max(starting));
        Resources overhead = Resources.of(Json.objectAt(spec, "overhead"));
        return new PodDemand(
                total.exact().plus(overhead),
                total.cpu() + overhead.milliCpu(),
                total.memory() + overhead.memory(),
                ports,
                images,
                containers);
    }

    /** What is requested for the pod as a whole counts instead of the sum. */
    private Sum withPodLevel(Sum sum) {
        ObjectNode requests = Json.objectAt(spec, "resources", "requests");
        if (requests == null) {
            return sum;
        }
        Resources whole = Resources.of(requests);
        Resources exact = sum.exact();
        for (String name : requests.propertyNames()) {
            exact = exact.with(name, whole.get(name));
        }
        return new Sum(
                exact,
                podCpu ? whole.milliCpu() : sum.cpu(),
                podMemory ? whole.memory() : sum.memory());
    }

    private Sum container(JsonNode container) {
        containers++;
        String image = Json.text(container, "image");
        if (!image.isEmpty()) {
            images.add(image);
        }
        boolean hostNetwork = Json.bool(spec, "hostNetwork");
        for (JsonNode port : array(container, "ports")) {
            int number = (int) Json.number(port, 0, "hostPort");
            if (number == 0 && hostNetwork) {
                number = (int) Json.number(port, 0, "containerPort");
            }
            if (number > 0) {
                ports.add(hostPort(port, number));
            }
        }
        ObjectNode requests = Json.objectAt(container, "resources", "requests");
        Resources exact = Resources.of(requests);
        Resources held = allocated.get(Json.text(container, "name"));
        if (held != null) {
            exact = exact.max(held);
        }
        boolean cpu = podCpu || (requests != null && requests.has(Resources.CPU));
        boolean memory = podMemory || (requests != null && requests.has(Resources.MEMORY));
        return new Sum(
                exact,
                cpu ? exact.milliCpu() : DEFAULT_MILLI_CPU,
                memory ? exact.memory() : DEFAULT_MEMORY);
    }

    private static HostPort hostPort(JsonNode port, int number) {
        String protocol = Json.text(port, "protocol");
        String address = Json.text(port, "hostIP");
        return new HostPort(
                protocol.isEmpty() ? "TCP" : protocol,
                address.isEmpty() ? "0.0.0.0" : address,
                number);
    }

    /** While a running container is being resized, the larger of both sizes counts. */
    private static Map<String, Resources> allocated(@Nullable JsonNode status) {
        ArrayNode statuses = Json.arrayAt(status, "containerStatuses");
        if (statuses == null) {
            return Map.of();
        }
        Map<String, Resources> allocated = new HashMap<>();
        for (JsonNode container : statuses) {
            ObjectNode held = Json.objectAt(container, "allocatedResources");
            if (held != null) {
                allocated.put(Json.text(container, "name"), Resources.of(held));
            }
        }
        return allocated;
    }

    private Iterable<JsonNode> array(String field) {
        return array(spec, field);
    }

    private static Iterable<JsonNode> array(JsonNode owner, String field) {
        ArrayNode array = Json.arrayAt(owner, field);
        return array == null ? List.of() : array;
    }
}
