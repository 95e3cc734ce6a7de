package dev.pilothouse.server.controller.services;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A port of a Service.
 *
 * @param name may be empty
 * @param protocol TCP, UDP or SCTP
 * @param appProtocol may be empty
 * @param targetName name of the container port it leads to, empty when it goes by number
 * @param targetPort number of the port it leads to
 */
public record ServicePort(
        String name, String protocol, String appProtocol, String targetName, int targetPort) {

    static ServicePort of(ObjectNode json) {
        int port = (int) Json.number(json, 0, "port");
        JsonNode target = json.path("targetPort");
        int number = target.isInt() || target.isLong() ? target.intValue() : 0;
        String protocol = Json.text(json, "protocol");
        return new ServicePort(
                Json.text(json, "name"),
                protocol.isEmpty() ? "TCP" : protocol,
                Json.text(json, "appProtocol"),
                Json.text(json, "targetPort"),
                number == 0 ? port : number);
    }
}
