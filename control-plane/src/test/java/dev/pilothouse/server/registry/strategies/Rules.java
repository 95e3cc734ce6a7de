package dev.pilothouse.server.registry.strategies;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.request.UserInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Runs the rules of a resource on objects written as JSON with single quotes. */
final class Rules {

    static final StrategyContext CONTEXT =
            new StrategyContext(
                    new UserInfo(
                            "jane",
                            "u1",
                            List.of("dev", "system:authenticated"),
                            Map.of("k", List.of("a", "b"))),
                    Instant.parse("2026-01-02T03:04:05Z"));

    private Rules() {}

    static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"'));
    }

    static ResourceStrategy of(String resource) {
        int dot = resource.indexOf('.');
        GroupResource key =
                dot < 0
                        ? new GroupResource("", resource)
                        : new GroupResource(
                                resource.substring(dot + 1), resource.substring(0, dot));
        ResourceStrategy strategy = GeneralStrategies.all().get(key);
        if (strategy == null) {
            throw new IllegalArgumentException(resource);
        }
        return strategy;
    }

    static ObjectNode defaulted(String resource, String text) {
        ObjectNode object = json(text);
        of(resource).setDefaults(object);
        return object;
    }

    /** Errors of a create as {@code reason field: message}. */
    static List<String> create(String resource, String text) {
        FieldErrors errors = new FieldErrors();
        of(resource).validate(defaulted(resource, text), errors);
        return shown(errors);
    }

    /** Errors of an update, after what the server restores. */
    static List<String> update(String resource, String text, String old) {
        FieldErrors errors = new FieldErrors();
        ObjectNode object = defaulted(resource, text);
        ObjectNode before = defaulted(resource, old);
        of(resource).prepareForUpdate(object, before, CONTEXT);
        of(resource).validateUpdate(object, before, errors);
        return shown(errors);
    }

    static List<String> status(String resource, String text, String old) {
        FieldErrors errors = new FieldErrors();
        of(resource).validateStatusUpdate(json(text), json(old), errors);
        return shown(errors);
    }

    static List<String> shown(FieldErrors errors) {
        return errors.all().stream()
                .map(error ->
                        error.reason().replace("FieldValue", "")
                                + " "
                                + error.field()
                                + ": "
                                + error.body())
                .toList();
    }
}
