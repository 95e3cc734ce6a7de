package dev.pilothouse.server.controller.endpointslice;

import dev.pilothouse.model.json.Json;
import java.util.Comparator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A port that all endpoints of a slice serve.
 *
 * @param name may be empty
 * @param port the number
 * @param protocol TCP, UDP or SCTP
 * @param appProtocol may be empty
 */
public record SlicePort(String name, int port, String protocol, String appProtocol)
        implements Comparable<SlicePort> {

    private static final Comparator<SlicePort> ORDER =
            Comparator.comparing(SlicePort::name)
                    .thenComparingInt(SlicePort::port)
                    .thenComparing(SlicePort::protocol)
                    .thenComparing(SlicePort::appProtocol);

    /** Reads a port of a slice or of a subset of Endpoints. */
    public static SlicePort of(ObjectNode json) {
        String protocol = Json.text(json, "protocol");
        return new SlicePort(
                Json.text(json, "name"),
                (int) Json.number(json, 0, "port"),
                protocol.isEmpty() ? "TCP" : protocol,
                Json.text(json, "appProtocol"));
    }

    @Override
    public int compareTo(SlicePort other) {
        return ORDER.compare(this, other);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("name", name);
        json.put("port", port);
        json.put("protocol", protocol);
        if (!appProtocol.isEmpty()) {
            json.put("appProtocol", appProtocol);
        }
        return json;
    }
}
