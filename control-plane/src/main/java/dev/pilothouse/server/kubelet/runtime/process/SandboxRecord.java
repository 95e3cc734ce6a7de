package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.PodSandboxConfig;
import dev.pilothouse.server.kubelet.cri.PodSandboxConfig.Port;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sandbox: the ports that were allotted to a pod.
 *
 * @param id its id
 * @param config what it was made with, as far as it is needed later
 * @param ports the declared ports in their order, each with the host's port
 * @param createdAt when it was made
 */
record SandboxRecord(String id, Meta config, List<Allotted> ports, Instant createdAt) {

    private static final String LOOPBACK = "127.0.0.1";

    /** Which pod it is of. */
    record Meta(String namespace, String name, String uid, int attempt, String hostname) {

        static Meta of(PodSandboxConfig config) {
            return new Meta(
                    config.namespace(),
                    config.name(),
                    config.uid(),
                    config.attempt(),
                    config.hostname());
        }
    }

    /** A declared port and where it is. */
    record Allotted(Port port, int host) {}

    PodSandboxStatus status() {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (Allotted each : ports) {
            if (each.host() != each.port().port()) {
                map.put(each.port().protocol() + "/" + each.port().port(), each.host());
            }
        }
        return new PodSandboxStatus(
                id,
                config.namespace(),
                config.name(),
                config.uid(),
                config.attempt(),
                true,
                createdAt,
                List.of(LOOPBACK),
                map);
    }

    /**
     * The variables that tell a container its ports: {@code PORT} is its own first one, or the
     * pod's when it declares none; {@code PORT_name} and {@code PORT_number} all of the pod.
     */
    Map<String, String> environment(String container) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Allotted each : ports) {
            if (each.port().container().equals(container)) {
                variables.putIfAbsent("PORT", Integer.toString(each.host()));
            }
        }
        for (Allotted each : ports) {
            String host = Integer.toString(each.host());
            variables.putIfAbsent("PORT", host);
            if (!each.port().name().isEmpty()) {
                variables.putIfAbsent("PORT_" + variable(each.port().name()), host);
            }
            variables.putIfAbsent("PORT_" + each.port().port(), host);
        }
        return variables;
    }

    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    byte[] toJson() {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("namespace", config.namespace());
        json.put("name", config.name());
        json.put("uid", config.uid());
        json.put("attempt", config.attempt());
        json.put("hostname", config.hostname());
        json.put("createdAt", createdAt.toString());
        ArrayNode list = json.putArray("ports");
        for (Allotted each : ports) {
            list.addObject()
                    .put("container", each.port().container())
                    .put("name", each.port().name())
                    .put("port", each.port().port())
                    .put("protocol", each.port().protocol())
                    .put("hostPort", each.port().hostPort())
                    .put("host", each.host());
        }
        return Json.bytes(json);
    }

    static SandboxRecord fromJson(byte[] bytes) {
        ObjectNode json = Json.parseObject(bytes);
        List<Allotted> ports = new ArrayList<>();
        for (ObjectNode each : Json.objects(json, "ports")) {
            Port port =
                    new Port(
                            Json.text(each, "container"),
                            Json.text(each, "name"),
                            (int) Json.number(each, 0, "port"),
                            Json.text(each, "protocol"),
                            (int) Json.number(each, 0, "hostPort"));
            ports.add(new Allotted(port, (int) Json.number(each, 0, "host")));
        }
        return new SandboxRecord(
                Json.text(json, "id"),
                new Meta(
                        Json.text(json, "namespace"),
                        Json.text(json, "name"),
                        Json.text(json, "uid"),
                        (int) Json.number(json, 0, "attempt"),
                        Json.text(json, "hostname")),
                List.copyOf(ports),
                Instant.parse(Json.text(json, "createdAt")));
    }
}
