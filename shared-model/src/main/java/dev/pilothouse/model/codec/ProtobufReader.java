package dev.pilothouse.model.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.pilothouse.model.codec.MessagePlan.Field;
import dev.pilothouse.model.codec.MessagePlan.Inline;
import dev.pilothouse.model.codec.MessagePlan.Slot;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.MapOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;
import dev.pilothouse.model.schema.TypeSchema;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads protobuf messages into trees. Fields the schema does not know are passed over, as Go does.
 */
final class ProtobufReader {

    /** Deepest nesting of messages; a level takes several times the stack of one of JSON. */
    private static final int MAX_DEPTH = 200;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final MessagePlans plans;
    private final WellKnownReader wellKnown;

    ProtobufReader(ProtobufCodec codec, MessagePlans plans) {
        this.plans = plans;
        this.wellKnown = new WellKnownReader(codec, this, plans);
    }

    /** Reads fields until the end of the input into {@code object}. */
    void message(CodedInputStream in, MessagePlan plan, ObjectNode object, int depth)
            throws IOException {
        if (depth > MAX_DEPTH) {
            throw new BodySyntaxException("exceeded max depth");
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Slot slot = plan.slot(WireFormat.getTagFieldNumber(tag));
            switch (slot) {
                case Field field -> field(in, tag, field, object, depth);
                case Inline inline -> message(nested(in, tag), inline.plan(), object, depth);
                case null -> in.skipField(tag);
            }
        }
    }

    private void field(CodedInputStream in, int tag, Field field, ObjectNode object, int depth)
            throws IOException {
        switch (field.type()) {
            case ListOf list -> {
                ArrayNode array =
                        object.get(field.name()) instanceof ArrayNode known
                                ? known
                                : object.putArray(field.name());
                elements(in, tag, list.element(), array, depth + 1);
            }
            case MapOf map ->
                    entry(
                            nested(in, tag),
                            map.value(),
                            Json.child(object, field.name()),
                            depth + 1);
            case Ref ref when ref.target().alias() == null ->
                    structure(in, tag, ref.target(), Json.child(object, field.name()), depth + 1);
            default -> {
                JsonNode value = single(in, tag, field.type(), depth + 1);
                if (value == null || (!field.keepZero() && isZero(value))) {
                    object.remove(field.name());
                } else {
                    object.set(field.name(), value);
                }
            }
        }
    }

    private static boolean isZero(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.stringValue().isEmpty();
            case NUMBER -> value.doubleValue() == 0;
            case BOOLEAN -> !value.booleanValue();
            default -> false;
        };
    }

    private void elements(CodedInputStream in, int tag, FieldType type, ArrayNode array, int depth)
            throws IOException {
        boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        if (!delimited || !(type instanceof Scalar scalar) || !isVarint(scalar)) {
            JsonNode element = single(in, tag, type, depth);
            array.add(element == null ? NODES.nullNode() : element);
            return;
        }
        CodedInputStream packed = nested(in, tag);
        while (!packed.isAtEnd()) {
            array.add(varint(packed.readRawVarint64(), scalar));
        }
    }

    private void entry(CodedInputStream in, FieldType type, ObjectNode map, int depth)
            throws IOException {
        String key = "";
        JsonNode value = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> {
                    require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                    key = in.readString();
                }
                case 2 -> value = entryValue(in, tag, type, depth);
                default -> in.skipField(tag);
            }
        }
        map.set(key, value == null ? missing(type) : value);
    }

    private @Nullable JsonNode entryValue(CodedInputStream in, int tag, FieldType type, int depth)
            throws IOException {
        if (!(type instanceof ListOf list)) {
            return single(in, tag, type, depth);
        }
        // A named list type is a message with its elements in field 1.
        ArrayNode array = Json.array();
        CodedInputStream items = nested(in, tag);
        for (int item = items.readTag(); item != 0; item = items.readTag()) {
            if (WireFormat.getTagFieldNumber(item) == 1) {
                elements(items, item, list.element(), array, depth + 1);
            } else {
                items.skipField(item);
            }
        }
        return array;
    }

    private static JsonNode missing(FieldType type) {
        return switch (type) {
            case Scalar scalar when isVarint(scalar) -> varint(0, scalar);
            case Scalar _ -> NODES.stringNode("");
            case ListOf _ -> Json.array();
            case MapOf _ -> Json.object();
            case Ref ref ->
                    switch (WellKnownType.of(ref.name())) {
                        case QUANTITY -> NODES.stringNode("0");
                        case NONE, EMPTY -> Json.object();
                        default -> NODES.nullNode();
                    };
        };
    }

    private void structure(
            CodedInputStream in, int tag, TypeSchema type, ObjectNode object, int depth)
            throws IOException {
        message(nested(in, tag), plans.of(type), object, depth);
    }

    /** One value; null when it stands for no value, such as an unset time. */
    private @Nullable JsonNode single(CodedInputStream in, int tag, FieldType type, int depth)
            throws IOException {
        return switch (type) {
            case Scalar scalar -> scalar(in, tag, scalar);
            case Ref ref -> {
                FieldType alias = ref.target().alias();
                if (alias != null) {
                    yield wellKnown.read(nested(in, tag), WellKnownType.of(ref.name()), depth);
                }
                ObjectNode object = Json.object();
                structure(in, tag, ref.target(), object, depth);
                yield object;
            }
            case ListOf _, MapOf _ ->
                    throw new BodySyntaxException("proto: list of lists has no protobuf form");
        };
    }

    private static JsonNode scalar(CodedInputStream in, int tag, Scalar type) throws IOException {
        if (isVarint(type)) {
            require(tag, WireFormat.WIRETYPE_VARINT);
            return varint(in.readRawVarint64(), type);
        }
        return switch (type) {
            case DOUBLE, NUMBER -> {
                require(tag, WireFormat.WIRETYPE_FIXED64);
                yield decimal(in.readDouble());
            }
            case BYTES -> {
                require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                yield NODES.stringNode(Base64.getEncoder().encodeToString(in.readByteArray()));
            }
            default -> {
                require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                yield NODES.stringNode(JsonReader.valid(in.readString()));
            }
        };
    }

    private static JsonNode decimal(double value) {
        if (!Double.isFinite(value)) {
            throw new BodySyntaxException("json: unsupported value: " + value);
        }
        return value == Math.rint(value) && Math.abs(value) < 9e15
                ? NODES.numberNode((long) value)
                : NODES.numberNode(value);
    }

    private static boolean isVarint(Scalar type) {
        return switch (type) {
            case INT32, INT64, INTEGER, BOOLEAN -> true;
            default -> false;
        };
    }

    private static JsonNode varint(long value, Scalar type) {
        return switch (type) {
            case BOOLEAN -> NODES.booleanNode(value != 0);
            case INT32 -> NODES.numberNode((int) value);
            default ->
                    value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
        };
    }

    /** The bytes of a nested message as an input of their own. */
    static CodedInputStream nested(CodedInputStream in, int tag) throws IOException {
        require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return in.readBytes().newCodedInput();
    }

    static void require(int tag, int wireType) {
        if (WireFormat.getTagWireType(tag) != wireType) {
            throw new BodySyntaxException(
                    "proto: wrong wireType = "
                            + WireFormat.getTagWireType(tag)
                            + " for field "
                            + WireFormat.getTagFieldNumber(tag));
        }
    }
}
