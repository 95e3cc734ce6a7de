package dev.pilothouse.server.registry.networking;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of NetworkPolicies. Source: ValidateNetworkPolicySpec. */
public final class NetworkPolicyStrategy implements ResourceStrategy {

    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final List<String> TYPES = List.of("Egress", "Ingress");

    @Override
    public void setDefaults(ObjectNode policy) {
        ObjectNode spec = Json.child(policy, "spec");
        Defaults.object(spec, "podSelector");
        for (String direction : List.of("ingress", "egress")) {
            for (ObjectNode rule : Json.objects(spec, direction)) {
                Json.objects(rule, "ports").forEach(port -> Defaults.text(port, "protocol", "TCP"));
            }
        }
        ArrayNode egress = Json.arrayAt(spec, "egress");
        if (egress != null && !egress.isEmpty()) {
            Defaults.texts(spec, "policyTypes", "Ingress", "Egress");
        } else {
            Defaults.texts(spec, "policyTypes", "Ingress");
        }
    }

    @Override
    public void validate(ObjectNode policy, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(policy, errors).child("spec");
        selector(spec, "podSelector");
        spec.each("ingress", rule -> rule(rule, "from"));
        spec.each("egress", rule -> rule(rule, "to"));
        if (spec.size("policyTypes") > 2) {
            spec.invalid("policyTypes", "may not specify more than two policyTypes");
            return;
        }
        spec.eachText(
                "policyTypes",
                (type, path) -> {
                    if (!TYPES.contains(type)) {
                        errors.notSupported(path, type, TYPES);
                    }
                });
    }

    private static void selector(ObjectCheck owner, String field) {
        LabelSelectorValidator.validate(
                Json.objectAt(owner.node(), field), false, owner.path(field), owner.errors());
    }

    private static void rule(ObjectCheck rule, String peers) {
        rule.each("ports", NetworkPolicyStrategy::port);
        rule.each(peers, NetworkPolicyStrategy::peer);
    }

    private static void port(ObjectCheck port) {
        port.oneOf("protocol", PROTOCOLS);
        JsonNode number = Json.at(port.node(), "port");
        if (number == null) {
            if (port.present("endPort")) {
                port.invalid("endPort", "may not be specified when `port` is not specified");
            }
        } else if (number.isString()) {
            if (port.present("endPort")) {
                port.invalid("endPort", "may not be specified when `port` is non-numeric");
            }
            port.syntax("port", Names::portName);
        } else {
            Names.portNumber(number.asLong()).forEach(complaint -> port.invalid("port", complaint));
            port.range(
                    "endPort",
                    number.asLong(),
                    Long.MAX_VALUE,
                    "must be greater than or equal to `port`");
            port.range("endPort", Long.MIN_VALUE, 65535, "must be between 1 and 65535, inclusive");
        }
    }

    private static void peer(ObjectCheck peer) {
        boolean selects = peer.present("podSelector") || peer.present("namespaceSelector");
        selector(peer, "podSelector");
        selector(peer, "namespaceSelector");
        peer.ifPresent("ipBlock", NetworkPolicyStrategy::ipBlock);
        if (!selects && !peer.present("ipBlock")) {
            peer.errors().required(peer.path(), "must specify a peer");
        } else if (selects && peer.present("ipBlock")) {
            peer.errors().forbidden(peer.path(), "may not specify both ipBlock and another peer");
        }
    }

    private static void ipBlock(ObjectCheck block) {
        if (!block.require("cidr")) {
            return;
        }
        String cidr = block.text("cidr");
        block.syntax("cidr", Addresses::cidr);
        boolean valid = Addresses.cidr(cidr).isEmpty();
        block.eachText(
                "except",
                (except, path) -> {
                    List<String> complaints = Addresses.cidr(except);
                    complaints.forEach(
                            complaint -> block.errors().invalid(path, except, complaint));
                    boolean inside =
                            complaints.isEmpty()
                                    && valid
                                    && Addresses.contains(cidr, except)
                                    && !Addresses.contains(except, cidr);
                    if (complaints.isEmpty() && valid && !inside) {
                        block.errors().invalid(path, except, "must be a strict subset of `cidr`");
                    }
                });
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
