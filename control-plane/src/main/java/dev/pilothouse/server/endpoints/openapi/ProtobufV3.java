package dev.pilothouse.server.endpoints.openapi;

import tools.jackson.databind.JsonNode;

/** Encodes an OpenAPI 3.0 document as gnostic's openapi.v3.Document. Source: OpenAPIv3.proto. */
final class ProtobufV3 {

    private ProtobufV3() {}

    static byte[] encode(JsonNode document) {
        return new ProtoMessage()
                .text(1, document.get("openapi"))
                .message(
                        2,
                        document.get("info"),
                        (m, info) -> m.text(1, info.get("title")).text(6, info.get("version")))
                .message(
                        4, document.get("paths"), (m, paths) -> m.named(1, paths, ProtobufV3::path))
                .message(5, document.get("components"), ProtobufV3::components)
                .toByteArray();
    }

    private static void components(ProtoMessage m, JsonNode components) {
        m.message(
                        1,
                        components.get("schemas"),
                        (all, schemas) -> all.named(1, schemas, ProtobufV3::schemaOrReference))
                .message(
                        7,
                        components.get("securitySchemes"),
                        (all, schemes) -> all.named(1, schemes, ProtobufV3::securityScheme));
    }

    private static void securityScheme(ProtoMessage m, JsonNode scheme) {
        m.message(
                1,
                key ->
                        key.text(1, scheme.get("type"))
                                .text(2, scheme.get("description"))
                                .text(3, scheme.get("name"))
                                .text(4, scheme.get("in")));
    }

    private static void path(ProtoMessage m, JsonNode path) {
        m.message(4, path.get("get"), ProtobufV3::operation)
                .message(5, path.get("put"), ProtobufV3::operation)
                .message(6, path.get("post"), ProtobufV3::operation)
                .message(7, path.get("delete"), ProtobufV3::operation)
                .message(8, path.get("options"), ProtobufV3::operation)
                .message(9, path.get("head"), ProtobufV3::operation)
                .message(10, path.get("patch"), ProtobufV3::operation)
                .messages(13, path.get("parameters"), ProtobufV3::parameter)
                .extensions(14, path);
    }

    private static void operation(ProtoMessage m, JsonNode operation) {
        m.texts(1, operation.get("tags"))
                .text(3, operation.get("description"))
                .text(5, operation.get("operationId"))
                .messages(6, operation.get("parameters"), ProtobufV3::parameter)
                .message(
                        7,
                        operation.get("requestBody"),
                        (choice, body) -> choice.message(1, body, ProtobufV3::requestBody))
                .message(
                        8,
                        operation.get("responses"),
                        (all, responses) -> all.named(2, responses, ProtobufV3::response))
                .extensions(13, operation);
    }

    private static void parameter(ProtoMessage m, JsonNode parameter) {
        m.message(
                1,
                p ->
                        p.text(1, parameter.get("name"))
                                .text(2, parameter.get("in"))
                                .text(3, parameter.get("description"))
                                .flag(4, parameter.get("required"))
                                .message(
                                        10,
                                        parameter.get("schema"),
                                        ProtobufV3::schemaOrReference));
    }

    private static void requestBody(ProtoMessage m, JsonNode body) {
        m.message(2, body.get("content"), ProtobufV3::content).flag(3, body.get("required"));
    }

    private static void response(ProtoMessage m, JsonNode response) {
        m.message(
                1,
                r ->
                        r.text(1, response.get("description"))
                                .message(3, response.get("content"), ProtobufV3::content));
    }

    private static void content(ProtoMessage m, JsonNode content) {
        m.named(
                1,
                content,
                (media, type) ->
                        media.message(1, type.get("schema"), ProtobufV3::schemaOrReference));
    }

    private static void schemaOrReference(ProtoMessage m, JsonNode schema) {
        JsonNode ref = schema.get("$ref");
        if (ref != null) {
            m.message(2, reference -> reference.text(1, ref));
        } else {
            m.message(1, schema, ProtobufV3::schema);
        }
    }

    private static void schema(ProtoMessage m, JsonNode schema) {
        m.flag(1, schema.get("nullable"))
                .flag(20, schema.get("uniqueItems"))
                .texts(23, schema.get("required"))
                .messages(24, schema.get("enum"), ProtoMessage::any)
                .text(25, schema.get("type"))
                .messages(26, schema.get("allOf"), ProtobufV3::schemaOrReference)
                .messages(27, schema.get("oneOf"), ProtobufV3::schemaOrReference)
                .messages(28, schema.get("anyOf"), ProtobufV3::schemaOrReference)
                .message(
                        30,
                        schema.get("items"),
                        (items, item) -> items.message(1, item, ProtobufV3::schemaOrReference))
                .message(
                        31,
                        schema.get("properties"),
                        (all, properties) ->
                                all.named(1, properties, ProtobufV3::schemaOrReference))
                .message(32, schema.get("additionalProperties"), ProtobufV3::additional);
        JsonNode value = schema.get("default");
        if (value != null && !value.isContainer()) {
            m.message(33, value, ProtobufV3::defaultValue);
        }
        m.text(34, schema.get("description")).text(35, schema.get("format")).extensions(36, schema);
    }

    /** DefaultType knows numbers, truth values and text only; other defaults are left out. */
    private static void defaultValue(ProtoMessage m, JsonNode value) {
        if (value.isNumber()) {
            m.decimal(1, value.asDouble());
        } else if (value.isBoolean()) {
            m.choice(2, value.booleanValue());
        } else {
            m.text(3, value);
        }
    }

    private static void additional(ProtoMessage m, JsonNode value) {
        if (value.isBoolean()) {
            m.choice(2, value.booleanValue());
        } else {
            m.message(1, value, ProtobufV3::schemaOrReference);
        }
    }
}
