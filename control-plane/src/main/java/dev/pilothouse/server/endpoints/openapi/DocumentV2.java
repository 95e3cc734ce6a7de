package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.endpoints.openapi.Endpoint.Body;
import dev.pilothouse.server.endpoints.openapi.Endpoint.Operation;
import dev.pilothouse.server.endpoints.openapi.Endpoint.Response;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders endpoints as a Swagger 2.0 document. Parameters stay inline: clients up to kubectl 1.26
 * do not follow references when they look for {@code dryRun} and {@code fieldValidation}.
 */
final class DocumentV2 {

    private static final Dialect DIALECT = Dialect.V2;

    private DocumentV2() {}

    static ObjectNode render(
            Collection<Endpoint> endpoints, Definitions definitions, String version) {
        ObjectNode document = Json.object();
        document.put("swagger", "2.0");
        document.putObject("info").put("title", "Kubernetes").put("version", version);
        TreeMap<String, ObjectNode> paths = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            paths.put(endpoint.path(), path(endpoint));
        }
        document.putObject("paths").setAll(paths);
        document.putObject("definitions").setAll(definitions.all());
        document.putObject("securityDefinitions")
                .putObject("BearerToken")
                .put("description", "A bearer token in the Authorization header.")
                .put("type", "apiKey")
                .put("name", "authorization")
                .put("in", "header");
        document.putArray("security").addObject().putArray("BearerToken");
        return document;
    }

    private static ObjectNode path(Endpoint endpoint) {
        ObjectNode path = Json.object();
        for (Operation operation : endpoint.operations()) {
            path.set(operation.method(), operation(operation));
        }
        if (!endpoint.parameters().isEmpty()) {
            path.set("parameters", parameters(endpoint.parameters()));
        }
        return path;
    }

    private static ObjectNode operation(Operation operation) {
        ObjectNode json = Json.object();
        Body body = operation.body();
        List<String> consumes = body == null ? MediaTypes.ANY : body.mediaTypes();
        consumes.forEach(json.putArray("consumes")::add);
        operation.produces().forEach(json.putArray("produces")::add);
        json.putArray("schemes").add("https");
        json.putArray("tags").add(operation.tag());
        json.put("operationId", operation.id());
        ArrayNode parameters = parameters(operation.parameters());
        if (body != null) {
            ObjectNode parameter = parameters.addObject();
            parameter.put("name", "body").put("in", "body");
            if (body.required()) {
                parameter.put("required", true);
            }
            parameter.putObject("schema").put("$ref", DIALECT.ref(body.definition()));
        }
        if (!parameters.isEmpty()) {
            json.set("parameters", parameters);
        }
        responses(operation, json.putObject("responses"));
        if (!operation.action().isEmpty()) {
            json.put("x-kubernetes-action", operation.action());
        }
        if (operation.kind() != null) {
            json.set("x-kubernetes-group-version-kind", SchemaWriter.kind(operation.kind()));
        }
        return json;
    }

    private static void responses(Operation operation, ObjectNode responses) {
        for (Response response : operation.responses()) {
            ObjectNode answer = responses.putObject(Integer.toString(response.code()));
            answer.put("description", response.description());
            ObjectNode schema = answer.putObject("schema");
            if (response.definition().isEmpty()) {
                schema.put("type", "string");
            } else {
                schema.put("$ref", DIALECT.ref(response.definition()));
            }
        }
        responses.putObject("401").put("description", "Unauthorized");
    }

    private static ArrayNode parameters(List<Parameter> parameters) {
        ArrayNode array = Json.array();
        for (Parameter parameter : parameters) {
            ObjectNode json = array.addObject();
            json.put("uniqueItems", true)
                    .put("type", parameter.type())
                    .put("name", parameter.name())
                    .put("in", parameter.in());
            if (parameter.required()) {
                json.put("required", true);
            }
        }
        return array;
    }
}
