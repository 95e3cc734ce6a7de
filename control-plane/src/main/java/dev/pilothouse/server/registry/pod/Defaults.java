package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.meta.Quantity;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets members that are unset in Kubernetes' sense: absent, or zero where Go has no pointer. */
public final class Defaults {

    private Defaults() {}

    /** Sets a text that is absent or empty. */
    public static void text(ObjectNode object, String member, String value) {
        JsonNode present = object.get(member);
        if (present == null || present.isNull() || isEmptyText(present)) {
            object.put(member, value);
        }
    }

    /** Sets a number that is absent. */
    public static void number(ObjectNode object, String member, long value) {
        JsonNode present = object.get(member);
        if (present == null || present.isNull()) {
            put(object, member, value);
        }
    }

    /** Sets a number that is absent or zero. */
    public static void nonZero(ObjectNode object, String member, long value) {
        JsonNode present = object.get(member);
        if (present == null || present.isNull() || present.asLong(0) == 0) {
            put(object, member, value);
        }
    }

    /** Sets a truth value that is absent. */
    public static void bool(ObjectNode object, String member, boolean value) {
        if (!object.hasNonNull(member)) {
            object.put(member, value);
        }
    }

    /** The object of that name, made when it is absent. */
    public static ObjectNode object(ObjectNode parent, String member) {
        return parent.get(member) instanceof ObjectNode object ? object : parent.putObject(member);
    }

    /**
     * Brings the amounts of a map to their canonical form, rounded up to thousandths as
     * SetDefaults_ResourceList does. What is no quantity stays for the validator.
     */
    public static void quantities(@Nullable JsonNode amounts) {
        if (!(amounts instanceof ObjectNode map)) {
            return;
        }
        for (var entry : map.properties()) {
            JsonNode amount = entry.getValue();
            String text = amount.asString("");
            String canonical = roundedCanonical(text);
            if (!amount.isString() || !canonical.equals(text)) {
                entry.setValue(map.stringNode(canonical));
            }
        }
    }

    /** Brings one amount to its canonical form. */
    public static void quantity(ObjectNode parent, String member) {
        JsonNode amount = parent.get(member);
        if (amount == null || amount.isNull()) {
            return;
        }
        String text = amount.asString("");
        String canonical = Quantity.isValid(text) ? Quantity.canonical(text) : text;
        if (!amount.isString() || !canonical.equals(text)) {
            parent.put(member, canonical);
        }
    }

    private static String roundedCanonical(String text) {
        try {
            String canonical = Quantity.canonical(text);
            if (!canonical.endsWith("n") && !canonical.endsWith("u")) {
                return canonical;
            }
            Quantity exact = Quantity.parse(text);
            return new Quantity(exact.amount().setScale(3, RoundingMode.UP), exact.format())
                    .toString();
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static void put(ObjectNode object, String member, long value) {
        if (value == (int) value) {
            object.put(member, (int) value);
        } else {
            object.put(member, value);
        }
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isString() && value.stringValue().isEmpty();
    }
}
