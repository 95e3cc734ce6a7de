package dev.pilothouse.model.codec;

import dev.pilothouse.model.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON as Go's sigs.k8s.io/json does: the last of duplicate fields wins, whole numbers stay
 * whole, text that is not Unicode is repaired.
 */
final class JsonReader {

    /**
     * Deepest nesting. Go allows 10,000; this stays below the 500 that the shared mapper reads and
     * writes, with room for a list or an event around the object, and lets every walk over the tree
     * fit in a stack of one megabyte.
     */
    static final int MAX_DEPTH = 300;

    private final JsonParser parser;
    private final FieldTrail trail = new FieldTrail();
    private final StrictErrors strict = new StrictErrors();

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** What was read: any JSON value, and the duplicate fields in it. */
    record Result(JsonNode value, List<String> strictErrors) {}

    /**
     * Reads one JSON value.
     *
     * @throws BodySyntaxException when it is not JSON
     */
    static Result read(byte[] json) {
        return read(json, 0);
    }

    /** Reads one JSON value that will hang {@code depth} levels below another one. */
    static Result read(byte[] json, int depth) {
        try {
            return read(Json.parser(json), depth);
        } catch (JacksonException e) {
            return retryRepaired(json, depth, e);
        }
    }

    private static Result retryRepaired(byte[] json, int depth, JacksonException first) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException notUtf8) {
            try {
                String repaired = new String(json, StandardCharsets.UTF_8);
                return read(Json.parser(repaired), depth);
            } catch (JacksonException e) {
                throw new BodySyntaxException(describe(e));
            }
        }
        throw new BodySyntaxException(describe(first));
    }

    private static Result read(JsonParser parser, int depth) {
        try (parser) {
            JsonReader reader = new JsonReader(parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new BodySyntaxException("unexpected end of JSON input");
            }
            JsonNode value = reader.value(first, depth);
            if (parser.nextToken() != null) {
                throw new BodySyntaxException("invalid character after top-level value");
            }
            return new Result(value, reader.strict.list());
        }
    }

    private JsonNode value(JsonToken token, int depth) {
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> JsonNodeFactory.instance.stringNode(valid(parser.getString()));
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            default -> throw new BodySyntaxException("invalid JSON value");
        };
    }

    private ObjectNode object(int depth) {
        checkDepth(depth);
        ObjectNode object = Json.object();
        String name = parser.nextName();
        while (name != null) {
            String field = valid(name);
            trail.key(field);
            JsonNode value = value(next(), depth);
            trail.leave();
            if (object.replace(field, value) != null && !strict.full()) {
                strict.add("duplicate field \"" + trail.strictPath(field) + "\"");
            }
            name = parser.nextName();
        }
        return object;
    }

    private ArrayNode array(int depth) {
        checkDepth(depth);
        ArrayNode array = Json.array();
        JsonToken token = next();
        for (int i = 0; token != JsonToken.END_ARRAY; i++) {
            trail.index(i);
            array.add(value(token, depth));
            trail.leave();
            token = next();
        }
        return array;
    }

    private JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new BodySyntaxException("unexpected end of JSON input");
        }
        return token;
    }

    private JsonNode integer() {
        return switch (parser.getNumberType()) {
            case INT -> JsonNodeFactory.instance.numberNode(parser.getIntValue());
            case LONG -> JsonNodeFactory.instance.numberNode(parser.getLongValue());
            default -> decimal();
        };
    }

    private JsonNode decimal() {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw new BodySyntaxException(
                    "json: cannot unmarshal number "
                            + parser.getString()
                            + " into Go value of type"
                            + " float64");
        }
        return DoubleNode.valueOf(value);
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new BodySyntaxException("exceeded max depth");
        }
    }

    /** Text without unpaired surrogates, which no writer of UTF-8 accepts; Go replaces them too. */
    static String valid(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }

    private static String describe(JacksonException e) {
        if (e instanceof UnexpectedEndOfInputException) {
            return "unexpected end of JSON input";
        }
        String message = e.getOriginalMessage();
        if (e instanceof StreamConstraintsException) {
            return message;
        }
        int quote = message.indexOf("('");
        String where =
                " at line "
                        + e.getLocation().getLineNr()
                        + ", column "
                        + e.getLocation().getColumnNr();
        if (message.startsWith("Unexpected character") && quote >= 0) {
            int end = message.indexOf("' (code", quote);
            if (end > quote) {
                return "invalid character '" + message.substring(quote + 2, end) + "'" + where;
            }
        }
        if (message.startsWith("Unrecognized token '") && message.length() > 20) {
            return "invalid character '"
                    + message.charAt(20)
                    + "' looking for beginning of value"
                    + where;
        }
        return "invalid JSON" + where;
    }
}
