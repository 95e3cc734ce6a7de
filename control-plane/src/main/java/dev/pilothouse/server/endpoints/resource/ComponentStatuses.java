package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.request.ApiResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The health of the server's parts as the deprecated ComponentStatus objects. */
final class ComponentStatuses implements VerbHandler {

    private final Map<String, Supplier<@Nullable String>> checks;
    private final ObjectEncoder encoder;

    /** Shows these checks by name; each gives what is wrong, or null. */
    ComponentStatuses(Map<String, Supplier<@Nullable String>> checks, ObjectEncoder encoder) {
        this.checks = new TreeMap<>(checks);
        this.encoder = encoder;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        return switch (call.info().verb()) {
            case "get" -> encoder.object(200, call, output, one(call));
            case "list" -> list(call, output);
            default -> throw call.methodNotAllowed();
        };
    }

    private ObjectNode one(ResourceCall call) {
        Supplier<@Nullable String> check = checks.get(call.name());
        if (check == null) {
            throw ApiException.notFound(call.kind().groupResource(), call.name());
        }
        return status(call.name(), check.get());
    }

    private ApiResponse list(ResourceCall call, Output output) {
        List<ObjectNode> statuses = new ArrayList<>();
        checks.forEach((name, check) -> statuses.add(status(name, check.get())));
        if (output.transform() == Output.Transform.TABLE) {
            return encoder.node(200, output, encoder.table(call, output, statuses, Json.object()));
        }
        ObjectNode list = Json.object();
        list.put("kind", "ComponentStatusList");
        list.put("apiVersion", "v1");
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        statuses.forEach(items::add);
        return encoder.node(200, output, list);
    }

    private static ObjectNode status(String name, @Nullable String failure) {
        ObjectNode status = Json.object();
        status.put("kind", "ComponentStatus");
        status.put("apiVersion", "v1");
        status.putObject("metadata").put("name", name);
        ObjectNode condition = status.putArray("conditions").addObject();
        condition.put("type", "Healthy");
        condition.put("status", failure == null ? "True" : "False");
        condition.put(failure == null ? "message" : "error", failure == null ? "ok" : failure);
        return status;
    }
}
