package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of core/v1 Events. Source: legacyValidateEvent in pkg/apis/core/validation/events.go. */
public final class EventStrategy implements ResourceStrategy {

    private static final int MAX_NAME = 128;
    private static final int MAX_NOTE = 1024;

    @Override
    public void validate(ObjectNode event, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(event, errors);
        involvedObject(whole, "involvedObject");
        if (whole.has("eventTime")) {
            whole.requireSyntax("reportingComponent", Names::qualifiedName);
            limited(whole, "reportingInstance", "reportingInstance");
            limited(whole, "action", "action");
            limited(whole, "reason", "reason");
            if (whole.text("message").length() > MAX_NOTE) {
                whole.invalid("message", "can have at most 1024 characters");
            }
        }
    }

    /** The namespace of the object that an event is about must be the event's own. */
    private static void involvedObject(ObjectCheck event, String field) {
        String own = Json.text(event.node(), "metadata", "namespace");
        String other = Json.text(event.node(), field, "namespace");
        boolean clusterScoped = other.isEmpty() && (own.isEmpty() || own.equals("default"));
        if (!clusterScoped && !own.equals(other)) {
            event.errors()
                    .invalid(
                            event.path(field).child("namespace"),
                            other,
                            "does not match event.namespace");
        }
    }

    private static void limited(ObjectCheck event, String field, String shown) {
        if (!event.has(field)) {
            event.errors().required(event.path(shown), "");
        } else if (event.text(field).length() > MAX_NAME) {
            event.invalid(field, "can have at most 128 characters");
        }
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }
}
