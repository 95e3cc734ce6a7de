package dev.pilothouse.server.registry.discovery;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Rules of EndpointSlices. Source: pkg/apis/discovery/validation. */
public final class EndpointSliceStrategy implements ResourceStrategy {

    private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final int MAX_ENDPOINTS = 1000;
    private static final int MAX_ADDRESSES = 100;
    private static final int MAX_PORTS = 20000;
    private static final int MAX_HINTS = 8;

    @Override
    public void setDefaults(ObjectNode slice) {
        for (ObjectNode port : Json.objects(slice, "ports")) {
            if (Json.at(port, "name") == null) {
                port.put("name", "");
            }
            Defaults.text(port, "protocol", "TCP");
        }
    }

    @Override
    public void validate(ObjectNode slice, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(slice, errors);
        if (whole.require("addressType")) {
            whole.oneOf("addressType", TYPES);
        }
        limit(whole, "endpoints", MAX_ENDPOINTS);
        whole.each("endpoints", endpoint -> endpoint(endpoint, whole.text("addressType")));
        limit(whole, "ports", MAX_PORTS);
        Set<String> names = new HashSet<>();
        whole.each("ports", port -> port(port, names));
    }

    private static void limit(ObjectCheck owner, String field, int max) {
        if (owner.size(field) > max) {
            owner.errors().tooMany(owner.path(field), owner.size(field), max);
        }
    }

    private static void endpoint(ObjectCheck endpoint, String type) {
        if (!endpoint.has("addresses")) {
            endpoint.errors()
                    .required(endpoint.path("addresses"), "must contain at least 1 address");
        }
        limit(endpoint, "addresses", MAX_ADDRESSES);
        endpoint.eachText(
                "addresses",
                (address, path) -> {
                    for (String complaint : address(address, type, endpoint.node())) {
                        endpoint.errors().invalid(path, address, complaint);
                    }
                });
        endpoint.syntax("nodeName", Names::dnsSubdomain);
        endpoint.syntax("hostname", Names::dnsLabel);
        ObjectCheck hints = endpoint.child("hints");
        limit(hints, "forZones", MAX_HINTS);
        Set<String> zones = new HashSet<>();
        hints.each(
                "forZones",
                zone -> {
                    if (!zones.add(zone.text("name"))) {
                        zone.errors().duplicate(zone.path(), zone.text("name"));
                    }
                    zone.syntax("name", Names::labelValue);
                });
    }

    private static List<String> address(String address, String type, ObjectNode endpoint) {
        if (type.equals("FQDN")) {
            return address.indexOf('.') < 0
                    ? List.of("should be a domain with at least two segments separated by dots")
                    : Names.dnsSubdomain(address);
        }
        if (type.equals("IPv4") && !Addresses.isV4(address)) {
            return List.of("must be a valid IPv4 address");
        }
        if (type.equals("IPv6") && (Addresses.isV4(address) || Addresses.parse(address) == null)) {
            return List.of("must be a valid IPv6 address");
        }
        return TYPES.contains(type) ? Addresses.ofEndpoint(address, endpoint) : List.of();
    }

    private static void port(ObjectCheck port, Set<String> names) {
        if (!names.add(port.text("name"))) {
            port.errors().duplicate(port.path("name"), port.text("name"));
        }
        port.syntax("name", Names::dnsLabel);
        port.requireOneOf("protocol", PROTOCOLS);
        port.range("port", 1, 65535, "must be between 1 and 65535, inclusive");
        port.syntax("appProtocol", Names::qualifiedName);
    }

    @Override
    public void validateUpdate(ObjectNode slice, ObjectNode old, FieldErrors errors) {
        validate(slice, errors);
        ObjectCheck.of(slice, errors).immutable("addressType", old);
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
