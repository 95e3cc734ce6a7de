package dev.pilothouse.server.registry.networking;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Rules of ServiceCIDRs. Source: ValidateServiceCIDR. */
public final class ServiceCidrStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode cidr, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(cidr, errors).child("spec");
        if (!spec.require("cidrs", "at least one CIDR required")) {
            return;
        }
        if (spec.size("cidrs") > 2) {
            spec.invalid("cidrs", "may only hold up to 2 values");
            return;
        }
        Set<Boolean> families = new HashSet<>();
        spec.eachText(
                "cidrs",
                (network, path) -> {
                    Addresses.cidr(network)
                            .forEach(complaint -> errors.invalid(path, network, complaint));
                    families.add(network.indexOf(':') >= 0);
                });
        if (families.size() < spec.size("cidrs")) {
            spec.invalid(
                    "cidrs",
                    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
                            + " 2001:db8::/96");
        }
    }

    @Override
    public void validateUpdate(ObjectNode cidr, ObjectNode old, FieldErrors errors) {
        ObjectCheck.of(cidr, errors).child("spec").immutable("cidrs", Json.child(old, "spec"));
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
