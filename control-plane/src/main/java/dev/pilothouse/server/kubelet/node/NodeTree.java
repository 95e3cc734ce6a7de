package dev.pilothouse.server.kubelet.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Node object of a host. Source: the kubelet's nodestatus setters. */
final class NodeTree {

    /** The label and taint that name the runtime of a node. */
    static final String RUNTIME = "pilothouse.dev/runtime";

    private static final String VERSION = "v1.36.0";

    private final NodeSettings settings;
    private final HostFacts host;
    private final String address;

    NodeTree(NodeSettings settings, HostFacts host, String address) {
        this.settings = settings;
        this.host = host;
        this.address = address;
    }

    ObjectNode node() {
        ObjectNode node = Json.object();
        node.put("kind", "Node").put("apiVersion", "v1");
        ObjectNode metadata = node.putObject("metadata").put("name", settings.name());
        ObjectNode labels = metadata.putObject("labels");
        labels().forEach(labels::put);
        metadata.putObject("annotations")
                .put("volumes.kubernetes.io/controller-managed-attach-detach", "true");
        ObjectNode spec = node.putObject("spec");
        if (settings.tainted()) {
            spec.putArray("taints")
                    .addObject()
                    .put("key", RUNTIME)
                    .put("value", settings.runtimeLabel())
                    .put("effect", "NoSchedule");
        }
        return node;
    }

    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("beta.kubernetes.io/arch", host.architecture());
        labels.put("beta.kubernetes.io/os", host.os());
        labels.put("kubernetes.io/arch", host.architecture());
        labels.put("kubernetes.io/hostname", settings.name());
        labels.put("kubernetes.io/os", host.os());
        labels.put(RUNTIME, settings.runtimeLabel());
        return labels;
    }

    /** What pods may have: the node's share of the host. */
    Map<String, String> allocatable() {
        Map<String, String> amounts = new LinkedHashMap<>();
        amounts.put("cpu", Quantity.ofMillis(host.cpus() * 1000L / settings.share()).toString());
        amounts.put("memory", kibi(host.memory() / settings.share()));
        amounts.put("ephemeral-storage", Long.toString(diskTotal() / settings.share()));
        amounts.put("pods", Integer.toString(settings.pods()));
        return amounts;
    }

    private Map<String, String> capacity() {
        Map<String, String> amounts = new LinkedHashMap<>();
        amounts.put("cpu", Integer.toString(host.cpus()));
        amounts.put("memory", kibi(host.memory()));
        amounts.put("ephemeral-storage", kibi(diskTotal()));
        amounts.put("pods", Integer.toString(settings.pods()));
        return amounts;
    }

    private long diskTotal() {
        try {
            return host.disk().total();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String kibi(long bytes) {
        return new Quantity(BigDecimal.valueOf(bytes / 1024 * 1024), Quantity.Format.BINARY_SI)
                .toString();
    }

    /** The status; conditions keep their times from the one before. */
    ObjectNode status(@Nullable ObjectNode before, Pressure pressure, Instant now) {
        ObjectNode status = Json.object();
        put(status.putObject("capacity"), capacity());
        put(status.putObject("allocatable"), allocatable());
        ArrayNode conditions = status.putArray("conditions");
        condition(
                conditions,
                before,
                now,
                "MemoryPressure",
                pressure.memory(),
                "KubeletHasInsufficientMemory",
                "kubelet has insufficient memory available",
                "KubeletHasSufficientMemory",
                "kubelet has sufficient memory available");
        condition(
                conditions,
                before,
                now,
                "DiskPressure",
                pressure.disk(),
                "KubeletHasDiskPressure",
                "kubelet has disk pressure",
                "KubeletHasNoDiskPressure",
                "kubelet has no disk pressure");
        condition(
                conditions,
                before,
                now,
                "PIDPressure",
                false,
                "KubeletHasInsufficientPID",
                "kubelet has insufficient PID available",
                "KubeletHasSufficientPID",
                "kubelet has sufficient PID available");
        condition(
                conditions,
                before,
                now,
                "Ready",
                true,
                "KubeletReady",
                "kubelet is posting ready status",
                "KubeletNotReady",
                "");
        ArrayNode addresses = status.putArray("addresses");
        addresses.addObject().put("type", "InternalIP").put("address", address);
        addresses.addObject().put("type", "Hostname").put("address", settings.name());
        status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", 10250);
        status.set("nodeInfo", info());
        status.putArray("images");
        ArrayNode handlers = status.putArray("runtimeHandlers");
        for (String handler : settings.runtime().handlers()) {
            handlers.addObject()
                    .put("name", handler)
                    .putObject("features")
                    .put("recursiveReadOnlyMounts", false)
                    .put("userNamespaces", false);
        }
        status.putObject("features").put("supplementalGroupsPolicy", false);
        return status;
    }

    private static void put(ObjectNode into, Map<String, String> amounts) {
        amounts.forEach(into::put);
    }

    private ObjectNode info() {
        ObjectNode info = Json.object();
        String machine = HostFacts.id("/etc/machine-id");
        info.put("machineID", machine);
        info.put("systemUUID", machine);
        info.put("bootID", HostFacts.id("/proc/sys/kernel/random/boot_id"));
        info.put("kernelVersion", HostFacts.kernel());
        info.put("osImage", host.osImage());
        info.put(
                "containerRuntimeVersion",
                settings.runtime().name() + "://" + settings.runtime().version());
        info.put("kubeletVersion", VERSION);
        info.put("kubeProxyVersion", "");
        info.put("operatingSystem", host.os());
        info.put("architecture", host.architecture());
        return info;
    }

    private static void condition(
            ArrayNode conditions,
            @Nullable ObjectNode before,
            Instant now,
            String type,
            boolean holds,
            String reasonYes,
            String messageYes,
            String reasonNo,
            String messageNo) {
        String status = holds ? "True" : "False";
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        String since = time;
        for (ObjectNode known : Json.objects(before, "status", "conditions")) {
            if (Json.text(known, "type").equals(type)
                    && Json.text(known, "status").equals(status)) {
                since = Json.text(known, "lastTransitionTime");
            }
        }
        conditions
                .addObject()
                .put("type", type)
                .put("status", status)
                .put("lastHeartbeatTime", time)
                .put("lastTransitionTime", since)
                .put("reason", holds ? reasonYes : reasonNo)
                .put("message", holds ? messageYes : messageNo);
    }
}
