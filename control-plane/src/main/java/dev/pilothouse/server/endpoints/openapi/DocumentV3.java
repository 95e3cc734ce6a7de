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

/** Renders endpoints as an OpenAPI 3.0 document. */
final class DocumentV3 {

    private static final Dialect DIALECT = Dialect.V3;

    private DocumentV3() {}

    static ObjectNode render(
            Collection<Endpoint> endpoints, Definitions definitions, String version) {
        ObjectNode document = Json.object();
        document.put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", version);
        TreeMap<String, ObjectNode> paths = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            paths.put(endpoint.path(), path(endpoint));
        }
        document.putObject("paths").setAll(paths);
        ObjectNode components = document.putObject("components");
        if (!definitions.all().isEmpty()) {
            components.putObject("schemas").setAll(definitions.all());
        }
        components
                .putObject("securitySchemes")
                .putObject("BearerToken")
                .put("type", "apiKey")
                .put("description", "A bearer token in the Authorization header.")
                .put("name", "authorization")
                .put("in", "header");
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
        json.putArray("tags").add(operation.tag());
        json.put("operationId", operation.id());
        if (!operation.parameters().isEmpty()) {
            json.set("parameters", parameters(operation.parameters()));
        }
        Body body = operation.body();
        if (body != null) {
            ObjectNode request = json.putObject("requestBody");
            content(request, body.definition(), body.mediaTypes());
            if (body.required()) {
                request.put("required", true);
            }
        }
        ObjectNode responses = json.putObject("responses");
        for (Response response : operation.responses()) {
            ObjectNode answer = responses.putObject(Integer.toString(response.code()));
            answer.put("description", response.description());
            content(answer, response.definition(), operation.produces());
        }
        responses.putObject("401").put("description", "Unauthorized");
        if (!operation.action().isEmpty()) {
            json.put("x-kubernetes-action", operation.action());
        }
        if (operation.kind() != null) {
            json.set("x-kubernetes-group-version-kind", SchemaWriter.kind(operation.kind()));
        }
        return json;
    }

    private static void content(ObjectNode parent, String definition, List<String> mediaTypes) {
        ObjectNode content = parent.putObject("content");
        for (String mediaType : mediaTypes) {
            ObjectNode schema = content.putObject(mediaType).putObject("schema");
            if (definition.isEmpty()) {
                schema.put("type", "string");
            } else {
                schema.put("$ref", DIALECT.ref(definition));
            }
        }
    }

    private static ArrayNode parameters(List<Parameter> parameters) {
        ArrayNode array = Json.array();
        for (Parameter parameter : parameters) {
            ObjectNode json = array.addObject();
            json.put("name", parameter.name()).put("in", parameter.in());
            if (parameter.required()) {
                json.put("required", true);
            }
            json.putObject("schema").put("type", parameter.type()).put("uniqueItems", true);
        }
        return array;
    }
}
