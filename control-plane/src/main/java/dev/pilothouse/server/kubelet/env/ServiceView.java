package dev.pilothouse.server.kubelet.env;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.env.ServiceAddresses.Address;
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
    void addTo(Map<String, String> variables, ServiceAddresses addresses) {
        if (clusterIp.isEmpty() || clusterIp.equals("None") || ports.isEmpty()) {
            return;
        }
        String prefix = variable(name);
        Address first = addresses.of(this, ports.getFirst());
        variables.put(prefix + "_SERVICE_HOST", first.host());
        variables.put(prefix + "_SERVICE_PORT", Integer.toString(first.port()));
        for (Port port : ports) {
            if (!port.name().isEmpty()) {
                variables.put(
                        prefix + "_SERVICE_PORT_" + variable(port.name()),
                        Integer.toString(addresses.of(this, port).port()));
            }
        }
        for (int i = 0; i < ports.size(); i++) {
            Port port = ports.get(i);
            Address address = addresses.of(this, port);
            String protocol = port.protocol().toLowerCase(Locale.ROOT);
            String url = protocol + "://" + address.authority();
            if (i == 0) {
                variables.put(prefix + "_PORT", url);
            }
            String own = prefix + "_PORT_" + port.port() + "_" + port.protocol();
            variables.put(own, url);
            variables.put(own + "_PROTO", protocol);
            variables.put(own + "_PORT", Integer.toString(address.port()));
            variables.put(own + "_ADDR", address.host());
        }
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
