package dev.pilothouse.server.registry.events;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of Events written by way of events.k8s.io/v1, which are stricter than the core ones. The
 * trees are in the stored, core form. Source: ValidateEventCreate and ValidateEventUpdate in
 * pkg/apis/core/validation/events.go.
 */
public final class EventsStrategy implements ResourceStrategy {

    private static final int MAX_NAME = 128;
    private static final int MAX_NOTE = 1024;
    private static final List<String> FIXED =
            List.of(
                    "involvedObject",
                    "reason",
                    "message",
                    "source",
                    "type",
                    "eventTime",
                    "action",
                    "related",
                    "reportingComponent",
                    "reportingInstance");

    @Override
    public void validate(ObjectNode event, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(event, errors);
        namespace(whole);
        whole.require("eventTime");
        whole.oneOf("type", List.of("Normal", "Warning"));
        if (!whole.present("type")) {
            errors.notSupported(whole.path("type"), "", List.of("Normal", "Warning"));
        }
        String controller = whole.text("reportingComponent");
        if (controller.isEmpty()) {
            errors.required(whole.path("reportingController"), "");
        }
        for (String complaint :
                controller.isEmpty() ? List.<String>of() : Names.qualifiedName(controller)) {
            errors.invalid(whole.path("reportingController"), controller, complaint);
        }
        for (String field : List.of("reportingInstance", "action", "reason")) {
            if (whole.require(field) && whole.text(field).length() > MAX_NAME) {
                whole.invalid(field, "can have at most 128 characters");
            }
        }
        if (whole.text("message").length() > MAX_NOTE) {
            whole.invalid("message", "can have at most 1024 characters");
        }
        series(whole);
        unset(whole, "firstTimestamp");
        unset(whole, "lastTimestamp");
        if (Json.number(event, 0, "count") != 0) {
            whole.invalid("count", "needs to be unset");
        }
        ObjectCheck source = whole.child("source");
        if (source.has("component") || source.has("host")) {
            errors.invalid(whole.path("source"), source.node(), "needs to be unset");
        }
    }

    private static void namespace(ObjectCheck event) {
        String own = Json.text(event.node(), "metadata", "namespace");
        String other = Json.text(event.node(), "involvedObject", "namespace");
        boolean clusterScoped = other.isEmpty() && (own.isEmpty() || own.equals("default"));
        if (!clusterScoped && !own.equals(other)) {
            event.errors()
                    .invalid(
                            event.path("involvedObject").child("namespace"),
                            other,
                            "does not match event.namespace");
        }
    }

    private static void series(ObjectCheck event) {
        event.ifPresent(
                "series",
                series -> {
                    if (Json.number(series.node(), 0, "count") < 2) {
                        series.invalid("count", "should be at least 2");
                    }
                    series.require("lastObservedTime");
                });
    }

    private static void unset(ObjectCheck event, String field) {
        if (event.has(field)) {
            event.invalid(field, "needs to be unset");
        }
    }

    /** Only the series of an event goes on. */
    @Override
    public void validateUpdate(ObjectNode event, ObjectNode old, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(event, errors);
        for (String field : FIXED) {
            whole.immutable(field, old);
        }
        series(whole);
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }
}
