package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.registry.WriteHook;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Has a definition looked at after every write of it, before the client gets its answer. */
final class DefinitionHook implements WriteHook {

    private final CustomResourceDefinitions definitions;

    DefinitionHook(CustomResourceDefinitions definitions) {
        this.definitions = definitions;
    }

    @Override
    public <T> T create(ObjectNode object, WriteContext context, Supplier<T> proceed) {
        return then(object, context, proceed);
    }

    @Override
    public <T> T update(
            ObjectNode object, ObjectNode old, WriteContext context, Supplier<T> proceed) {
        return then(old, context, proceed);
    }

    @Override
    public <T> T delete(ObjectNode old, WriteContext context, Supplier<T> proceed) {
        return then(old, context, proceed);
    }

    private <T> T then(ObjectNode definition, WriteContext context, Supplier<T> proceed) {
        T result = proceed.get();
        if (!context.dryRun()) {
            definitions.follow(Json.text(definition, "metadata", "name"));
        }
        return result;
    }
}
