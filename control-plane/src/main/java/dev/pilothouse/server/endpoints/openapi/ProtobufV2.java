package dev.pilothouse.server.endpoints.openapi;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Encodes a Swagger 2.0 document as gnostic's openapi.v2.Document. Source: OpenAPIv2.proto. */
final class ProtobufV2 {

    private ProtobufV2() {}

    static byte[] encode(JsonNode document) {
        return new ProtoMessage()
                .text(1, document.get("swagger"))
                .message(2, document.get("info"), ProtobufV2::info)
                .message(
                        8, document.get("paths"), (m, paths) -> m.named(2, paths, ProtobufV2::path))
                .message(
                        9,
                        document.get("definitions"),
                        (m, all) -> m.named(1, all, ProtobufV2::schema))
                .messages(12, document.get("security"), ProtobufV2::requirement)
                .message(
                        13,
                        document.get("securityDefinitions"),
                        (m, all) -> m.named(1, all, ProtobufV2::securityDefinition))
                .toByteArray();
    }

    private static void info(ProtoMessage m, JsonNode info) {
        m.text(1, info.get("title")).text(2, info.get("version"));
    }

    private static void requirement(ProtoMessage m, JsonNode requirement) {
        m.named(1, requirement, (array, scopes) -> array.texts(1, scopes));
    }

    private static void securityDefinition(ProtoMessage m, JsonNode scheme) {
        m.message(
                2,
                key ->
                        key.text(1, scheme.get("type"))
                                .text(2, scheme.get("name"))
                                .text(3, scheme.get("in"))
                                .text(4, scheme.get("description")));
    }

    private static void path(ProtoMessage m, JsonNode path) {
        m.message(2, path.get("get"), ProtobufV2::operation)
                .message(3, path.get("put"), ProtobufV2::operation)
                .message(4, path.get("post"), ProtobufV2::operation)
                .message(5, path.get("delete"), ProtobufV2::operation)
                .message(6, path.get("options"), ProtobufV2::operation)
                .message(7, path.get("head"), ProtobufV2::operation)
                .message(8, path.get("patch"), ProtobufV2::operation)
                .messages(9, path.get("parameters"), ProtobufV2::parameter)
                .extensions(10, path);
    }

    private static void operation(ProtoMessage m, JsonNode operation) {
        m.texts(1, operation.get("tags"))
                .text(3, operation.get("description"))
                .text(5, operation.get("operationId"))
                .texts(6, operation.get("produces"))
                .texts(7, operation.get("consumes"))
                .messages(8, operation.get("parameters"), ProtobufV2::parameter)
                .message(
                        9,
                        operation.get("responses"),
                        (r, all) -> r.named(1, all, ProtobufV2::response))
                .texts(10, operation.get("schemes"))
                .extensions(13, operation);
    }

    /** ParametersItem.parameter holds either a body or one of the other kinds. */
    private static void parameter(ProtoMessage m, JsonNode parameter) {
        switch (parameter.path("in").asString("")) {
            case "body" -> m.message(1, p -> p.message(1, parameter, ProtobufV2::body));
            case "path" ->
                    m.message(
                            1,
                            p -> p.message(2, n -> n.message(4, parameter, ProtobufV2::pathPart)));
            default ->
                    m.message(
                            1, p -> p.message(2, n -> n.message(3, parameter, ProtobufV2::query)));
        }
    }

    private static void body(ProtoMessage m, JsonNode parameter) {
        m.text(2, parameter.get("name"))
                .text(3, parameter.get("in"))
                .flag(4, parameter.get("required"))
                .message(5, parameter.get("schema"), ProtobufV2::schema);
    }

    private static void query(ProtoMessage m, JsonNode parameter) {
        m.flag(1, parameter.get("required"))
                .text(2, parameter.get("in"))
                .text(4, parameter.get("name"))
                .text(6, parameter.get("type"))
                .flag(20, parameter.get("uniqueItems"));
    }

    private static void pathPart(ProtoMessage m, JsonNode parameter) {
        m.flag(1, parameter.get("required"))
                .text(2, parameter.get("in"))
                .text(4, parameter.get("name"))
                .text(5, parameter.get("type"))
                .flag(19, parameter.get("uniqueItems"));
    }

    private static void response(ProtoMessage m, JsonNode response) {
        m.message(
                1,
                r ->
                        r.text(1, response.get("description"))
                                .message(
                                        2,
                                        response.get("schema"),
                                        (item, schema) ->
                                                item.message(1, schema, ProtobufV2::schema)));
    }

    private static void schema(ProtoMessage m, JsonNode schema) {
        m.text(1, schema.get("$ref"))
                .text(2, schema.get("format"))
                .text(4, schema.get("description"))
                .message(5, schema.get("default"), ProtoMessage::any)
                .texts(19, schema.get("required"))
                .messages(20, schema.get("enum"), ProtoMessage::any)
                .message(21, schema.get("additionalProperties"), ProtobufV2::additional);
        JsonNode type = schema.get("type");
        if (type != null) {
            m.message(22, item -> item.text(1, type));
        }
        m.message(
                        23,
                        schema.get("items"),
                        (items, item) -> items.message(1, item, ProtobufV2::schema))
                .messages(24, schema.get("allOf"), ProtobufV2::schema)
                .message(25, schema.get("properties"), ProtobufV2::properties)
                .extensions(31, schema);
    }

    private static void properties(ProtoMessage m, JsonNode properties) {
        for (Map.Entry<String, JsonNode> entry : properties.properties()) {
            m.named(1, entry.getKey(), entry.getValue(), ProtobufV2::schema);
        }
    }

    private static void additional(ProtoMessage m, JsonNode value) {
        if (value.isBoolean()) {
            m.choice(2, value.booleanValue());
        } else {
            m.message(1, value, ProtobufV2::schema);
        }
    }
}
