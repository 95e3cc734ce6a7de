package dev.pilothouse.model.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the protobuf messages whose JSON form is not an object of their fields. */
final class WellKnownReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ProtobufCodec codec;
    private final ProtobufReader reader;
    private final MessagePlans plans;

    WellKnownReader(ProtobufCodec codec, ProtobufReader reader, MessagePlans plans) {
        this.codec = codec;
        this.reader = reader;
        this.plans = plans;
    }

    /** The fields 1 to 3, which is as many as any of these messages has. */
    private static final class Parts {
        private final long[] numbers = new long[4];
        private final List<List<ByteString>> texts =
                List.of(List.of(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private boolean any;

        static Parts read(CodedInputStream in) throws IOException {
            Parts parts = new Parts();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                parts.any = true;
                int number = WireFormat.getTagFieldNumber(tag);
                int wireType = WireFormat.getTagWireType(tag);
                if (number <= 3 && wireType == WireFormat.WIRETYPE_VARINT) {
                    parts.numbers[number] = in.readRawVarint64();
                } else if (number <= 3 && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    parts.texts.get(number).add(in.readBytes());
                } else {
                    in.skipField(tag);
                }
            }
            return parts;
        }

        String text(int number) {
            List<ByteString> found = texts.get(number);
            return found.isEmpty() ? "" : found.getLast().toStringUtf8();
        }
    }

    /** The JSON form; null when the message stands for no value. */
    @Nullable JsonNode read(CodedInputStream in, WellKnownType type, int depth) throws IOException {
        Parts parts = Parts.read(in);
        return switch (type) {
            case TIME -> time(parts, false);
            case MICRO_TIME -> time(parts, true);
            case QUANTITY -> quantity(parts.text(1));
            case INT_OR_STRING ->
                    parts.numbers[1] == 0
                            ? NODES.numberNode((int) parts.numbers[2])
                            : NODES.stringNode(parts.text(3));
            case RAW_JSON -> rawJson(parts.texts.get(1), depth);
            case SCHEMA_OR_ARRAY -> schemaOrArray(parts, depth);
            case SCHEMA_OR_BOOL ->
                    parts.texts.get(2).isEmpty()
                            ? NODES.booleanNode(parts.numbers[1] != 0)
                            : schema(parts.texts.get(2).getLast(), depth);
            case SCHEMA_OR_STRINGS -> schemaOrStrings(parts, depth);
            case EMPTY -> Json.object();
            case NONE -> throw new BodySyntaxException("proto: field without protobuf form");
        };
    }

    /** Go writes an unset time as an empty message, but the epoch with its zero seconds. */
    private static @Nullable JsonNode time(Parts parts, boolean micro) {
        if (!parts.any) {
            return null;
        }
        int nanos = (int) parts.numbers[2];
        return NODES.stringNode(GoTime.format(GoTime.ofEpoch(parts.numbers[1], nanos), micro));
    }

    private static JsonNode quantity(String text) {
        return NODES.stringNode(text.isEmpty() ? "0" : QuantityText.canonical(text));
    }

    private @Nullable JsonNode rawJson(List<ByteString> raw, int depth) throws IOException {
        if (raw.isEmpty() || raw.getLast().isEmpty()) {
            return null;
        }
        if (depth > JsonReader.MAX_DEPTH) {
            throw new BodySyntaxException("exceeded max depth");
        }
        byte[] bytes = raw.getLast().toByteArray();
        return ProtobufCodec.isProtobuf(bytes)
                ? codec.decodeNested(raw.getLast(), depth)
                : JsonReader.read(bytes, depth).value();
    }

    private ObjectNode schema(ByteString message, int depth) throws IOException {
        ObjectNode schema = Json.object();
        reader.message(message.newCodedInput(), plans.schemaProps(), schema, depth);
        return schema;
    }

    private JsonNode schemaOrArray(Parts parts, int depth) throws IOException {
        if (!parts.texts.get(1).isEmpty()) {
            return schema(parts.texts.get(1).getLast(), depth);
        }
        ArrayNode array = Json.array();
        for (ByteString element : parts.texts.get(2)) {
            array.add(schema(element, depth + 1));
        }
        return array;
    }

    private JsonNode schemaOrStrings(Parts parts, int depth) throws IOException {
        if (!parts.texts.get(1).isEmpty()) {
            return schema(parts.texts.get(1).getLast(), depth);
        }
        ArrayNode array = Json.array();
        parts.texts.get(2).forEach(text -> array.add(text.toStringUtf8()));
        return array;
    }
}
