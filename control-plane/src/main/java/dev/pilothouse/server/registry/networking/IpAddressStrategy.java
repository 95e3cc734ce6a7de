package dev.pilothouse.server.registry.networking;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.NameRule;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of IPAddresses: the name is the address. Source: ValidateIPAddress. */
public final class IpAddressStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode address, FieldErrors errors) {
        String name = Json.text(address, "metadata", "name");
        for (String complaint : Addresses.ip(name)) {
            errors.invalid(FieldPath.of("metadata").child("name"), name, complaint);
        }
        ObjectCheck spec = ObjectCheck.of(address, errors).child("spec");
        if (!spec.present("parentRef")) {
            errors.required(spec.path("parentRef"), "");
            return;
        }
        ObjectCheck parent = spec.child("parentRef");
        parent.syntax("group", Names::dnsSubdomain);
        parent.requireSyntax("resource", Names::pathSegment);
        parent.requireSyntax("name", Names::pathSegment);
        parent.syntax("namespace", Names::pathSegment);
    }

    @Override
    public void validateUpdate(ObjectNode address, ObjectNode old, FieldErrors errors) {
        validate(address, errors);
        ObjectCheck.of(address, errors)
                .child("spec")
                .immutable("parentRef", Json.child(old, "spec"));
    }

    /** IPv6 addresses are not DNS names. */
    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }
}
