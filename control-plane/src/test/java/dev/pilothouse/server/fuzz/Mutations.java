package dev.pilothouse.server.fuzz;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Breaks valid objects and the bytes that they are written in. */
final class Mutations {

    private final RandomValues values;

    Mutations(RandomValues values) {
        this.values = values;
    }

    /** Changes an object in a few places; fields come from its type, and now and then do not. */
    void mutate(ObjectNode object, TypeSchema type) {
        for (int i = values.below(3); i >= 0; i--) {
            place(object, type);
        }
    }

    private void place(ObjectNode object, TypeSchema type) {
        List<FieldSchema> known = new ArrayList<>(type.fields().values());
        if (known.isEmpty() || values.oneIn(12)) {
            object.set(values.text(), values.anything(3));
            return;
        }
        FieldSchema field = values.pick(known);
        JsonNode value = object.get(field.name());
        if (value != null && !values.oneIn(4) && descend(value, field.type())) {
            return;
        }
        switch (values.below(8)) {
            case 0 -> object.remove(field.name());
            case 1 -> object.set(field.name(), values.anything(3));
            case 2 -> object.putNull(field.name());
            default -> object.set(field.name(), values.of(field.type(), 4));
        }
    }

    private boolean descend(JsonNode value, FieldType type) {
        if (value instanceof ObjectNode child) {
            TypeSchema target = structure(type);
            if (target != null) {
                place(child, target);
                return true;
            }
        }
        if (value instanceof ArrayNode array && !array.isEmpty() && type instanceof ListOf list) {
            int at = values.below(array.size());
            if (values.oneIn(6)) {
                array.add(array.get(at).deepCopy());
                return true;
            }
            return descend(array.get(at), list.element());
        }
        return false;
    }

    private static @Nullable TypeSchema structure(FieldType type) {
        return type instanceof Ref ref && ref.target().alias() == null ? ref.target() : null;
    }

    /** The text of an object with something wrong in it. */
    byte[] broken(ObjectNode object) {
        String json = Json.string(object);
        return switch (values.below(12)) {
            case 0 -> utf8(json.substring(0, values.below(json.length() + 1)));
            case 1 -> utf8(json.replaceFirst("\\{", "{\"metadata\":{},\"metadata\":null,"));
            case 2 -> utf8(json.replaceFirst(":", ":NaN,\"x\":-Infinity,\"y\":"));
            case 3 -> utf8(json.replaceFirst("\\{", "{\"spec\":" + "[".repeat(20_000)));
            case 4 -> utf8("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000));
            case 5 -> utf8(json + json);
            case 6 -> utf8(json.replace("\"", "'"));
            case 7 -> utf8(json.replaceFirst(":\"", ":1e" + "9".repeat(30) + ",\"z\":\""));
            case 8 -> utf8("\ufeff" + json);
            case 9 -> utf8(values.anything(4).toString());
            case 10 -> json.getBytes(StandardCharsets.UTF_16);
            default -> flipped(utf8(json));
        };
    }

    /** Bytes with a few of them changed, cut off or repeated. */
    byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        if (changed.length == 0) {
            return changed;
        }
        for (int i = values.below(4); i >= 0; i--) {
            changed[values.below(changed.length)] = (byte) values.below(256);
        }
        return values.oneIn(3) ? Arrays.copyOf(changed, values.below(changed.length + 1)) : changed;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
