package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The ports of a Service. Source: validateServicePort in pkg/apis/core/validation. */
final class ServicePortValidation {

    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final int KUBELET_PORT = 10250;

    private ServicePortValidation() {}

    static void validate(ObjectCheck spec, String type) {
        boolean several = spec.size("ports") > 1;
        Set<String> names = new HashSet<>();
        Set<String> ports = new HashSet<>();
        Set<String> nodePorts = new HashSet<>();
        spec.each(
                "ports",
                port -> {
                    port(port, several, names);
                    kubelet(port, type);
                    String protocol = port.text("protocol");
                    if (several && !ports.add(protocol + Json.number(port.node(), 0, "port"))) {
                        port.errors().duplicate(port.path(), identity(port));
                    }
                    nodePort(port, type, protocol, nodePorts);
                });
    }

    private static void port(ObjectCheck port, boolean requireName, Set<String> names) {
        if (requireName && !port.has("name")) {
            port.require("name");
        } else if (port.has("name")) {
            port.syntax("name", Names::dnsLabel);
            if (!names.add(port.text("name"))) {
                port.errors().duplicate(port.path("name"), port.text("name"));
            }
        }
        number(port, "port");
        port.requireOneOf("protocol", PROTOCOLS);
        JsonNode target = Json.at(port.node(), "targetPort");
        if (target != null && target.isString()) {
            port.syntax("targetPort", Names::portName);
        } else {
            number(port, "targetPort");
        }
        port.syntax("appProtocol", Names::qualifiedName);
    }

    private static void number(ObjectCheck port, String field) {
        long value = Json.number(port.node(), 0, field);
        for (String complaint : Names.portNumber(value)) {
            port.errors().invalid(port.path(field), value, complaint);
        }
    }

    private static void kubelet(ObjectCheck port, String type) {
        if (type.equals("LoadBalancer") && Json.number(port.node(), 0, "port") == KUBELET_PORT) {
            port.invalid(
                    "port", "may not expose port 10250 externally since it is used by kubelet");
        }
    }

    private static void nodePort(ObjectCheck port, String type, String protocol, Set<String> seen) {
        long value = Json.number(port.node(), 0, "nodePort");
        if (value == 0) {
            return;
        }
        if (type.equals("ClusterIP") || type.equals("ExternalName")) {
            port.forbidden("nodePort", "may not be used when `type` is '" + type + "'");
        }
        if (!seen.add(protocol + value)) {
            port.errors().duplicate(port.path("nodePort"), value);
        }
    }

    /** The key by which kube-apiserver compares ports, as it prints it. */
    private static ObjectNode identity(ObjectCheck port) {
        ObjectNode key = Json.object();
        key.put("Name", "");
        key.put("Protocol", port.text("protocol"));
        key.putNull("AppProtocol");
        key.put("Port", Json.number(port.node(), 0, "port"));
        key.put("TargetPort", 0);
        key.put("NodePort", 0);
        return key;
    }
}
