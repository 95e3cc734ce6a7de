package dev.pilothouse.server.kubelet.env;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the environment of pods says of a Service.
 *
 * @param namespace its namespace
 * @param name its name
 * @param clusterIp its address, {@code None} or empty when it has none
 * @param ports its ports
 */
public record ServiceView(String namespace, String name, String clusterIp, List<Port> ports) {

    /** A port. */
    public record Port(String name, long port, String protocol) {}

    /** Copies the list. */
    public ServiceView {
        ports = List.copyOf(ports);
    }

    /** What is kept of a Service. */
    public static ServiceView of(ObjectNode service) {
        List<Port> ports = new ArrayList<>();
        for (ObjectNode port : Json.objects(service, "spec", "ports")) {
            String protocol = Json.text(port, "protocol");
            ports.add(
                    new Port(
                            Json.text(port, "name"),
                            Json.number(port, 0, "port"),
                            protocol.isEmpty() ? "TCP" : protocol));
        }
        return new ServiceView(
                Json.text(service, "metadata", "namespace"),
                Json.text(service, "metadata", "name"),
                Json.text(service, "spec", "clusterIP"),
                ports);
    }

    /** Adds its variables. Source: pkg/kubelet/envvars. */
    void addTo(Map<String, String> variables) {
        if (clusterIp.isEmpty() || clusterIp.equals("None") || ports.isEmpty()) {
            return;
        }
        String prefix = name.toUpperCase(Locale.ROOT).replace('-', '_');
        variables.put(prefix + "_SERVICE_HOST", clusterIp);
        variables.put(prefix + "_SERVICE_PORT", Long.toString(ports.getFirst().port()));
        for (Port port : ports) {
            if (!port.name().isEmpty()) {
                variables.put(
                        prefix
                                + "_SERVICE_PORT_"
                                + port.name().toUpperCase(Locale.ROOT).replace('-', '_'),
                        Long.toString(port.port()));
            }
        }
        for (int i = 0; i < ports.size(); i++) {
            Port port = ports.get(i);
            String protocol = port.protocol().toLowerCase(Locale.ROOT);
            String host = clusterIp.contains(":") ? "[" + clusterIp + "]" : clusterIp;
            String url = protocol + "://" + host + ":" + port.port();
            if (i == 0) {
                variables.put(prefix + "_PORT", url);
            }
            String own = prefix + "_PORT_" + port.port() + "_" + port.protocol();
            variables.put(own, url);
            variables.put(own + "_PROTO", protocol);
            variables.put(own + "_PORT", Long.toString(port.port()));
            variables.put(own + "_ADDR", clusterIp);
        }
    }
}
