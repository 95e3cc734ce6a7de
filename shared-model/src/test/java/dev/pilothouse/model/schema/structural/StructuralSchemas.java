package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Reads schemas and objects written with single quotes. */
final class StructuralSchemas {

    private StructuralSchemas() {}

    static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"'));
    }

    static StructuralSchema schema(String text) {
        return StructuralSchema.of(json(text));
    }

    /** A schema of objects whose spec has these properties. */
    static StructuralSchema spec(String properties) {
        return schema(
                "{'type':'object','properties':{'spec':{'type':'object','properties':{"
                        + properties
                        + "}}}}");
    }
}
