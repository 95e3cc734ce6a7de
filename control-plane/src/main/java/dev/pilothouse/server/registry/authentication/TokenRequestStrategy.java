package dev.pilothouse.server.registry.authentication;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of TokenRequests. Source: pkg/apis/authentication/validation and v1/defaults.go. */
public final class TokenRequestStrategy implements ResourceStrategy {

    private static final int SECONDS = 3600;
    private static final int MIN_SECONDS = 600;

    @Override
    public void setDefaults(ObjectNode request) {
        Defaults.number(Json.child(request, "spec"), "expirationSeconds", SECONDS);
    }

    @Override
    public void validate(ObjectNode request, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(request, errors).child("spec");
        spec.range(
                "expirationSeconds",
                MIN_SECONDS,
                Long.MAX_VALUE,
                "may not specify a duration less than 10 minutes");
        spec.range(
                "expirationSeconds",
                Long.MIN_VALUE,
                1L << 32,
                "may not specify a duration larger than 2^32 seconds");
    }
}
