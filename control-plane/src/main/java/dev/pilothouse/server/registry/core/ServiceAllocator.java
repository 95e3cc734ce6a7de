package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chooses and checks cluster IPs and node ports. Pure: what is in use comes by parameter, and the
 * caller makes sure that nothing else allocates meanwhile. As in Kubernetes the lower part of each
 * range is left to those who ask for a certain value as long as the upper part has room (KEP-3070,
 * KEP-3668). IPv4 only.
 *
 * @param network first address of the service network
 * @param prefix bits of the service network's prefix
 * @param firstPort lowest node port
 * @param lastPort highest node port
 */
public record ServiceAllocator(String network, int prefix, int firstPort, int lastPort) {

    /** The ranges of a cluster that was not told otherwise. */
    public static final ServiceAllocator STANDARD =
            new ServiceAllocator("10.96.0.0", 16, 30000, 32767);

    private static final FieldPath SPEC = FieldPath.of("spec");

    /**
     * Fills in the cluster IP, node ports and health check port that a Service needs and lacks, and
     * checks those that it asks for. Call it after defaulting and prepareForUpdate.
     *
     * @param old the Service before the update, null on create
     * @param ipUsed whether an address belongs to another Service
     * @param portUsed whether a port belongs to another Service
     */
    public void allocate(
            ObjectNode service,
            @Nullable ObjectNode old,
            Predicate<String> ipUsed,
            IntPredicate portUsed,
            RandomGenerator random,
            FieldErrors errors) {
        if (ServiceType.needsClusterIp(service) && !ServiceType.isHeadless(service)) {
            clusterIp(service, old, ipUsed, random, errors);
        }
        if (ServiceType.mayHaveNodePort(service)) {
            nodePorts(service, old, portUsed, random, errors);
        }
        if (ServiceType.needsHealthCheckPort(service)) {
            healthCheckPort(service, old, portUsed, random, errors);
        }
    }

    /** The node ports a Service holds, its health check port included. */
    public static Set<Integer> portsOf(ObjectNode service) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (ObjectNode port : Json.objects(service, "spec", "ports")) {
            ports.add((int) Json.number(port, 0, "nodePort"));
        }
        ports.add((int) Json.number(service, 0, "spec", "healthCheckNodePort"));
        ports.remove(0);
        return ports;
    }

    /** The cluster IPs a Service holds; none for a headless one. */
    public static List<String> addressesOf(ObjectNode service) {
        ArrayNode ips = Json.arrayAt(service, "spec", "clusterIPs");
        return ips == null
                ? List.of()
                : ips.valueStream()
                        .map(JsonNode::asString)
                        .filter(ip -> !ip.equals("None"))
                        .toList();
    }

    /** The service network in CIDR notation. */
    public String cidr() {
        return network + "/" + prefix;
    }

    private void clusterIp(
            ObjectNode service,
            @Nullable ObjectNode old,
            Predicate<String> used,
            RandomGenerator random,
            FieldErrors errors) {
        String wanted = Json.text(service, "spec", "clusterIP");
        if (wanted.isEmpty()) {
            String chosen = chooseIp(used, random);
            if (chosen == null) {
                errors.invalid(
                        SPEC.child("clusterIPs"),
                        Json.array(),
                        "failed to allocate IP: range is full");
                return;
            }
            ObjectNode spec = Json.child(service, "spec");
            spec.put("clusterIP", chosen);
            spec.putArray("clusterIPs").add(chosen);
            return;
        }
        boolean kept = old != null && addressesOf(old).contains(wanted);
        String complaint = kept || Addresses.parse(wanted) == null ? "" : ipComplaint(wanted, used);
        if (!complaint.isEmpty()) {
            errors.invalid(
                    SPEC.child("clusterIPs"),
                    Json.array().add(wanted),
                    "failed to allocate IP " + wanted + ": " + complaint);
        }
    }

    private String ipComplaint(String ip, Predicate<String> used) {
        long offset = Addresses.isV4(ip) ? number(ip) - number(network) : -1;
        if (offset <= 0 || offset >= lastOffset() + 1) {
            return "provided IP is not in the valid range. The range of valid IPs is " + cidr();
        }
        return used.test(ip) ? "provided IP is already allocated" : "";
    }

    private @Nullable String chooseIp(Predicate<String> used, RandomGenerator random) {
        int last = lastOffset();
        int reserved = Math.min(reserve(last, 16, 256), last - 1);
        int offset = choose(reserved + 1, last, candidate -> used.test(address(candidate)), random);
        if (offset < 0) {
            offset = choose(1, reserved, candidate -> used.test(address(candidate)), random);
        }
        return offset < 0 ? null : address(offset);
    }

    /** The broadcast address is never given out. */
    private int lastOffset() {
        return (1 << (32 - prefix)) - 2;
    }

    private void nodePorts(
            ObjectNode service,
            @Nullable ObjectNode old,
            IntPredicate used,
            RandomGenerator random,
            FieldErrors errors) {
        Set<Integer> held = old == null ? Set.of() : portsOf(old);
        Set<Integer> taken = new HashSet<>(portsOf(service));
        Map<Long, Integer> byPort = new HashMap<>();
        List<ObjectNode> ports = Json.objects(service, "spec", "ports");
        for (int i = 0; i < ports.size(); i++) {
            int wanted = (int) Json.number(ports.get(i), 0, "nodePort");
            if (wanted != 0) {
                byPort.put(Json.number(ports.get(i), 0, "port"), wanted);
                check(wanted, held, used, SPEC.child("ports").index(i).child("nodePort"), errors);
            }
        }
        if (!ServiceType.needsNodePort(service)) {
            return;
        }
        for (int i = 0; i < ports.size(); i++) {
            ObjectNode port = ports.get(i);
            if (Json.number(port, 0, "nodePort") != 0) {
                continue;
            }
            // The same port in another protocol shares the node port.
            Integer shared = byPort.get(Json.number(port, 0, "port"));
            int chosen =
                    shared != null
                            ? shared
                            : choosePort(
                                    candidate -> taken.contains(candidate) || used.test(candidate),
                                    random);
            if (chosen < 0) {
                full(SPEC.child("ports").index(i).child("nodePort"), errors);
                return;
            }
            port.put("nodePort", chosen);
            taken.add(chosen);
            byPort.put(Json.number(port, 0, "port"), chosen);
        }
    }

    private void healthCheckPort(
            ObjectNode service,
            @Nullable ObjectNode old,
            IntPredicate used,
            RandomGenerator random,
            FieldErrors errors) {
        FieldPath path = SPEC.child("healthCheckNodePort");
        int wanted = (int) Json.number(service, 0, "spec", "healthCheckNodePort");
        if (wanted != 0) {
            check(wanted, old == null ? Set.of() : portsOf(old), used, path, errors);
            return;
        }
        Set<Integer> taken = portsOf(service);
        int chosen =
                choosePort(candidate -> taken.contains(candidate) || used.test(candidate), random);
        if (chosen < 0) {
            full(path, errors);
            return;
        }
        Json.child(service, "spec").put("healthCheckNodePort", chosen);
    }

    private void check(
            int wanted, Set<Integer> held, IntPredicate used, FieldPath path, FieldErrors errors) {
        if (held.contains(wanted)) {
            return;
        }
        if (wanted < firstPort || wanted > lastPort) {
            errors.invalid(
                    path,
                    wanted,
                    "provided port is not in the valid range. The range of valid ports is "
                            + firstPort
                            + "-"
                            + lastPort);
        } else if (used.test(wanted)) {
            errors.invalid(path, wanted, "provided port is already allocated");
        }
    }

    private static void full(FieldPath path, FieldErrors errors) {
        errors.invalid(path, 0, "failed to allocate a nodePort: range is full");
    }

    private int choosePort(IntPredicate used, RandomGenerator random) {
        int size = lastPort - firstPort + 1;
        int firstDynamic = firstPort + Math.min(reserve(size, 32, 128), size - 1);
        int port = choose(firstDynamic, lastPort, used, random);
        return port >= 0 ? port : choose(firstPort, firstDynamic - 1, used, random);
    }

    private static int reserve(int size, int divisor, int max) {
        return Math.min(Math.max(16, size / divisor), max);
    }

    /** A free number in a closed range, searched from a random one on, or -1. */
    private static int choose(int first, int last, IntPredicate used, RandomGenerator random) {
        int size = last - first + 1;
        if (size <= 0) {
            return -1;
        }
        int start = random.nextInt(size);
        for (int i = 0; i < size; i++) {
            int candidate = first + (start + i) % size;
            if (!used.test(candidate)) {
                return candidate;
            }
        }
        return -1;
    }

    private String address(int offset) {
        long value = number(network) + offset;
        return (value >> 24 & 255)
                + "."
                + (value >> 16 & 255)
                + "."
                + (value >> 8 & 255)
                + "."
                + (value & 255);
    }

    private static long number(String ip) {
        long value = 0;
        for (String part : ip.split("\\.", -1)) {
            value = value << 8 | Integer.parseInt(part);
        }
        return value;
    }
}
