package dev.pilothouse.server.registry.flowcontrol;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Rules of PriorityLevelConfigurations. Source: pkg/apis/flowcontrol/validation. */
public final class PriorityLevelStrategy implements ResourceStrategy {

    private static final int SHARES = 30;
    private static final int QUEUES = 64;
    private static final int HAND_SIZE = 8;
    private static final int QUEUE_LENGTH = 50;
    private static final int MAX_QUEUES = 10_000_000;

    @Override
    public void setDefaults(ObjectNode level) {
        ObjectNode spec = Json.child(level, "spec");
        ObjectNode limited = Json.objectAt(spec, "limited");
        if (limited != null) {
            Defaults.number(limited, "nominalConcurrencyShares", SHARES);
            Defaults.number(limited, "lendablePercent", 0);
            ObjectNode queuing = Json.objectAt(limited, "limitResponse", "queuing");
            if (queuing != null) {
                Defaults.number(queuing, "queues", QUEUES);
                Defaults.number(queuing, "handSize", HAND_SIZE);
                Defaults.number(queuing, "queueLengthLimit", QUEUE_LENGTH);
            }
        }
        if (Json.text(spec, "type").equals("Exempt")) {
            ObjectNode exempt = Json.child(spec, "exempt");
            Defaults.number(exempt, "nominalConcurrencyShares", 0);
            Defaults.number(exempt, "lendablePercent", 0);
        }
    }

    @Override
    public void validate(ObjectNode level, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(level, errors).child("spec");
        String name = Json.text(level, "metadata", "name");
        boolean exempt = spec.text("type").equals("Exempt");
        if (name.equals("exempt") != exempt) {
            spec.invalid("type", "type must be 'Exempt' if and only if name is 'exempt'");
        }
        switch (spec.text("type")) {
            case "Exempt" -> {
                if (spec.present("limited")) {
                    spec.forbidden("limited", "must be nil if the type is not Limited");
                }
                shares(spec.child("exempt"));
            }
            case "Limited" -> {
                if (spec.present("exempt")) {
                    spec.forbidden("exempt", "must be nil if the type is Limited");
                }
                if (!spec.present("limited")) {
                    errors.required(spec.path("limited"), "must not be empty when type is Limited");
                } else {
                    limited(spec.child("limited"));
                }
            }
            default ->
                    errors.notSupported(
                            spec.path("type"), spec.text("type"), List.of("Exempt", "Limited"));
        }
    }

    private static void shares(ObjectCheck owner) {
        owner.range(
                "nominalConcurrencyShares", 0, Long.MAX_VALUE, "must be a non-negative integer");
        owner.range("lendablePercent", 0, 100, "must be between 0 and 100, inclusive");
    }

    private static void limited(ObjectCheck limited) {
        shares(limited);
        limited.range(
                "borrowingLimitPercent",
                0,
                Long.MAX_VALUE,
                "if specified, must be a non-negative integer");
        ObjectCheck response = limited.child("limitResponse");
        switch (response.text("type")) {
            case "Reject" -> {
                if (response.present("queuing")) {
                    response.forbidden(
                            "queuing", "must be nil if limited.limitResponse.type is not Limited");
                }
            }
            case "Queue" -> {
                if (!response.present("queuing")) {
                    response.errors()
                            .required(
                                    response.path("queuing"),
                                    "must not be empty if limited.limitResponse.type is Limited");
                } else {
                    queuing(response.child("queuing"));
                }
            }
            default ->
                    response.errors()
                            .notSupported(
                                    response.path("type"),
                                    response.text("type"),
                                    List.of("Queue", "Reject"));
        }
    }

    private static void queuing(ObjectCheck queuing) {
        queuing.range("queueLengthLimit", 1, Long.MAX_VALUE, "must be positive");
        queuing.range("queues", 1, Long.MAX_VALUE, "must be positive");
        queuing.range(
                "queues", Long.MIN_VALUE, MAX_QUEUES, "must not be greater than " + MAX_QUEUES);
        queuing.range("handSize", 1, Long.MAX_VALUE, "must be positive");
        long queues = Json.number(queuing.node(), 0, "queues");
        if (Json.number(queuing.node(), 0, "handSize") > queues) {
            queuing.invalid("handSize", "should not be greater than queues (" + queues + ")");
        }
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
