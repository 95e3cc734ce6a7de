package dev.pilothouse.server.registry.strategies;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Runs strategies as the store does, and writes errors as one line each. */
final class StrategyRun {

    private StrategyRun() {}

    static ObjectNode yamlish(String json) {
        return Json.parseObject(json.replace('\'', '"'));
    }

    static ResourceStrategy of(String group, String resource) {
        ResourceStrategy strategy =
                WorkloadStrategies.all().get(new GroupResource(group, resource));
        if (strategy == null) {
            throw new AssertionError("no rules for " + resource);
        }
        return strategy;
    }

    static List<String> create(ResourceStrategy strategy, ObjectNode object) {
        strategy.setDefaults(object);
        var errors = new FieldErrors();
        strategy.validate(object, errors);
        return lines(errors);
    }

    static List<String> update(ResourceStrategy strategy, ObjectNode object, ObjectNode old) {
        strategy.setDefaults(object);
        strategy.setDefaults(old);
        var errors = new FieldErrors();
        strategy.validateUpdate(object, old, errors);
        return lines(errors);
    }

    static List<String> lines(FieldErrors errors) {
        return errors.all().stream()
                .map(error -> error.reason() + " " + error.field() + ": " + error.body())
                .toList();
    }
}
