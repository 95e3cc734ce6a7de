package dev.pilothouse.server.registry.coordination;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Leases. Source: ValidateLeaseSpec. */
public final class LeaseStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode lease, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(lease, errors).child("spec");
        if (spec.present("holderIdentity") && !spec.has("holderIdentity")) {
            spec.invalid("holderIdentity", "must not be empty");
        }
        spec.range("leaseDurationSeconds", 1, Long.MAX_VALUE, "must be greater than 0");
        spec.range("leaseTransitions", 0, Long.MAX_VALUE, "must be greater than or equal to 0");
        spec.syntax("strategy", Names::qualifiedName);
        if (spec.has("preferredHolder") && !spec.has("strategy")) {
            spec.forbidden("preferredHolder", "may only be specified when `strategy` is defined");
        }
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
