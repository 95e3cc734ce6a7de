package dev.pilothouse.model.codec;

import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The protobuf layout of one message: what each field number holds. A structure that is inlined in
 * JSON is a message of its own here, with the fields of the same JSON object.
 */
final class MessagePlan {

    /** What a field number holds. */
    sealed interface Slot {
        /** The field number. */
        int number();
    }

    /**
     * A JSON field.
     *
     * @param number its number
     * @param name JSON name
     * @param type its type
     * @param keepZero whether a zero value is kept when read
     */
    record Field(int number, String name, FieldType type, boolean keepZero) implements Slot {}

    /**
     * A message whose fields belong to the same JSON object.
     *
     * @param number its number
     * @param plan its layout
     */
    record Inline(int number, MessagePlan plan) implements Slot {}

    private final @Nullable Slot[] byNumber;
    private final List<Slot> descending;

    private MessagePlan(Map<Integer, Slot> slots) {
        int highest = slots.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        this.byNumber = new Slot[highest + 1];
        slots.forEach((number, slot) -> byNumber[number] = slot);
        this.descending = List.copyOf(new ArrayList<>(slots.values()).reversed());
    }

    /** The layout of a structure. */
    static MessagePlan of(TypeSchema type) {
        List<FieldSchema> fields =
                type.fields().values().stream()
                        .filter(field -> !field.protobufPath().isEmpty())
                        .toList();
        return level(type, fields, 0);
    }

    private static MessagePlan level(TypeSchema type, List<FieldSchema> fields, int depth) {
        Map<Integer, Slot> slots = new TreeMap<>();
        Map<Integer, List<FieldSchema>> inlined = new TreeMap<>();
        for (FieldSchema field : fields) {
            int number = field.protobufPath().get(depth);
            if (field.protobufPath().size() > depth + 1) {
                inlined.computeIfAbsent(number, _ -> new ArrayList<>()).add(field);
            } else {
                slots.put(
                        number,
                        new Field(
                                number, field.name(), field.type(), ZeroValues.keep(type, field)));
            }
        }
        inlined.forEach((number, members) ->
                slots.put(number, new Inline(number, level(type, members, depth + 1))));
        return new MessagePlan(slots);
    }

    /** What that number holds, or null when nothing known. */
    @Nullable Slot slot(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    /** All slots, highest number first. */
    List<Slot> descending() {
        return descending;
    }
}
