package dev.pilothouse.model.json;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jackson trees: parse, write, and walk them by path. Thread-safe; the trees themselves are not.
 */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** The mapper, made when something other than plain reading and writing first needs it. */
    private static final class Mapper {
        private static final JsonMapper INSTANCE =
                JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    }

    /** The mapper every module shares. */
    public static JsonMapper mapper() {
        return Mapper.INSTANCE;
    }

    /** A parser of UTF-8 JSON; the caller closes it. */
    public static JsonParser parser(byte[] json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /** A parser of JSON text; the caller closes it. */
    public static JsonParser parser(String json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /** A new empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A new empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /**
     * Parses UTF-8 JSON.
     *
     * @throws JacksonException when it is not JSON
     */
    public static JsonNode parse(byte[] json) {
        return TreeReader.readAll(parser(json));
    }

    /**
     * Parses UTF-8 JSON that is a part of an array.
     *
     * @throws JacksonException when it is not JSON
     */
    public static JsonNode parse(byte[] json, int offset, int length) {
        return TreeReader.readAll(
                FACTORY.createParser(ObjectReadContext.empty(), json, offset, length));
    }

    /**
     * Parses JSON text.
     *
     * @throws JacksonException when it is not JSON
     */
    public static JsonNode parse(String json) {
        return TreeReader.readAll(parser(json));
    }

    /** Parses JSON that must be an object, such as our own stored bytes. */
    public static ObjectNode parseObject(byte[] json) {
        return (ObjectNode) parse(json);
    }

    /** Parses JSON text that must be an object. */
    public static ObjectNode parseObject(String json) {
        return (ObjectNode) parse(json);
    }

    /** UTF-8 bytes of a tree, compact, fields in the tree's order. */
    public static byte[] bytes(JsonNode node) {
        BufferRecycler recycler = FACTORY._getBufferRecycler();
        try (var bytes = new ByteArrayBuilder(recycler)) {
            try (JsonGenerator out =
                    FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
                TreeWriter.write(out, node);
            }
            return bytes.getClearAndRelease();
        } finally {
            recycler.releaseToPool();
        }
    }

    /** Compact text of a tree. */
    public static String string(JsonNode node) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            TreeWriter.write(out, node);
        }
        return text.toString();
    }

    /** The node at a path of field names, or null when any step is missing or JSON null. */
    public static @Nullable JsonNode at(@Nullable JsonNode node, String... path) {
        JsonNode current = node;
        for (String field : path) {
            if (current == null) {
                return null;
            }
            current = current.get(field);
        }
        return current == null || current.isNull() ? null : current;
    }

    /** The text at a path, or "" when it is missing or not text. */
    public static String text(@Nullable JsonNode node, String... path) {
        JsonNode value = at(node, path);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    /** The whole number at a path, or the default when it is missing or not a number. */
    public static long number(@Nullable JsonNode node, long missing, String... path) {
        JsonNode value = at(node, path);
        return value != null && value.isNumber() ? value.asLong() : missing;
    }

    /** The truth value at a path, false when it is missing. */
    public static boolean bool(@Nullable JsonNode node, String... path) {
        JsonNode value = at(node, path);
        return value != null && value.isBoolean() && value.booleanValue();
    }

    /** The object at a path, or null. */
    public static @Nullable ObjectNode objectAt(@Nullable JsonNode node, String... path) {
        return at(node, path) instanceof ObjectNode object ? object : null;
    }

    /** The array at a path, or null. */
    public static @Nullable ArrayNode arrayAt(@Nullable JsonNode node, String... path) {
        return at(node, path) instanceof ArrayNode array ? array : null;
    }

    /** The objects in the array at a path; elements that are not objects are passed over. */
    public static List<ObjectNode> objects(@Nullable JsonNode node, String... path) {
        ArrayNode array = arrayAt(node, path);
        if (array == null) {
            return List.of();
        }
        return array.valueStream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** The map of text to text at a path, in order; entries that are not text are passed over. */
    public static Map<String, String> stringMap(@Nullable JsonNode node, String... path) {
        ObjectNode object = objectAt(node, path);
        if (object == null) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isString()) {
                map.put(entry.getKey(), entry.getValue().stringValue());
            }
        }
        return map;
    }

    /** The child object of that name, made when it is missing or null. */
    public static ObjectNode child(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode object ? object : parent.putObject(field);
    }
}
