package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Seeds;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a simulated node says of itself. Source of the conditions:
 * pkg/kubelet/nodestatus/setters.go.
 */
final class NodeObjects {

    static final String VERSION = "v1.36.0-simulated";

    private static final int ZONES = 3;
    private static final String REGION = "simulated";

    private NodeObjects() {}

    /** A node as it is first made. */
    static ObjectNode create(
            String name, int index, Map<String, String> capacity, String address, Instant now) {
        ObjectNode node = Json.object();
        node.put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = node.putObject("metadata").put("name", name);
        describe(metadata, name, index);
        ObjectNode spec = node.putObject("spec");
        spec.put("providerID", "simulated://" + name);
        ObjectNode status = node.putObject("status");
        capacity(status, capacity);
        status(status, name, address);
        NodeView fresh =
                new NodeView(name, "", true, address, true, false, Map.of(), Knobs.NONE, null);
        NodeConditions.write(status, fresh, now);
        return node;
    }

    /** A merge patch that makes a node of the user's a complete simulated one. */
    static ObjectNode describe(String name, int index) {
        ObjectNode patch = Json.object();
        describe(patch.putObject("metadata"), name, index);
        return patch;
    }

    private static void describe(ObjectNode metadata, String name, int index) {
        ObjectNode labels = metadata.putObject("labels");
        labels.put(Names.RUNTIME_LABEL, Names.SIMULATED);
        labels.put("kubernetes.io/hostname", name);
        labels.put("kubernetes.io/os", "linux").put("beta.kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", "amd64").put("beta.kubernetes.io/arch", "amd64");
        labels.put("node-role.kubernetes.io/simulated", "");
        labels.put("topology.kubernetes.io/region", REGION);
        labels.put("topology.kubernetes.io/zone", REGION + "-" + (char) ('a' + index % ZONES));
        metadata.putObject("annotations")
                .put(
                        "pilothouse.dev/note",
                        "Simulated: pods on this node do not run, they only look as if they did.");
    }

    /** What the node has, as far as it is given: cpu, memory, pods and others. */
    static void capacity(ObjectNode status, Map<String, String> given) {
        Map<String, String> all = new TreeMap<>(FleetOptions.CAPACITY);
        all.putAll(given);
        ObjectNode capacity = status.putObject("capacity");
        all.forEach(capacity::put);
        status.set("allocatable", capacity.deepCopy());
    }

    /** Addresses, port and description. */
    static void status(ObjectNode status, String name, String address) {
        var addresses = status.putArray("addresses");
        addresses.addObject().put("type", "InternalIP").put("address", address);
        addresses.addObject().put("type", "Hostname").put("address", name);
        ObjectNode info = status.putObject("nodeInfo");
        long seed = Seeds.of(name);
        info.put("machineID", HexFormat.of().toHexDigits(seed));
        info.put("systemUUID", "simulated-" + HexFormat.of().toHexDigits(Seeds.mix(seed, 1)));
        info.put("bootID", "simulated-" + HexFormat.of().toHexDigits(Seeds.mix(seed, 2)));
        info.put("kernelVersion", "simulated");
        info.put("osImage", "Simulated node (Pilothouse)");
        info.put("containerRuntimeVersion", "simulated://1");
        info.put("kubeletVersion", VERSION);
        info.put("kubeProxyVersion", "");
        info.put("operatingSystem", "linux").put("architecture", "amd64");
    }
}
