package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Endpoints. Source: ValidateEndpoints. */
public final class EndpointsStrategy implements ResourceStrategy {

    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    @Override
    public void setDefaults(ObjectNode endpoints) {
        for (ObjectNode subset : Json.objects(endpoints, "subsets")) {
            for (ObjectNode port : Json.objects(subset, "ports")) {
                Defaults.text(port, "protocol", "TCP");
            }
        }
    }

    @Override
    public void validate(ObjectNode endpoints, FieldErrors errors) {
        ObjectCheck.of(endpoints, errors).each("subsets", EndpointsStrategy::subset);
    }

    private static void subset(ObjectCheck subset) {
        if (!subset.has("addresses") && !subset.has("notReadyAddresses")) {
            subset.errors()
                    .required(subset.path(), "must specify `addresses` or `notReadyAddresses`");
        }
        subset.each("addresses", EndpointsStrategy::address);
        subset.each("notReadyAddresses", EndpointsStrategy::address);
        boolean several = subset.size("ports") > 1;
        subset.each("ports", port -> port(port, several));
    }

    private static void address(ObjectCheck address) {
        String ip = address.text("ip");
        List<String> complaints = Addresses.ip(ip);
        for (String complaint :
                complaints.isEmpty() ? Addresses.ofEndpoint(ip, address.node()) : complaints) {
            address.errors().invalid(address.path("ip"), ip, complaint);
        }
        address.syntax("hostname", Names::dnsLabel);
        address.syntax("nodeName", Names::dnsSubdomain);
    }

    private static void port(ObjectCheck port, boolean requireName) {
        if (requireName) {
            port.require("name");
        }
        port.syntax("name", Names::dnsLabel);
        long number = Json.number(port.node(), 0, "port");
        for (String complaint : Names.portNumber(number)) {
            port.errors().invalid(port.path("port"), number, complaint);
        }
        port.requireOneOf("protocol", PROTOCOLS);
        port.syntax("appProtocol", Names::qualifiedName);
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }
}
