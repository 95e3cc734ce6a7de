package dev.pilothouse.server.fuzz;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.MapOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;
import dev.pilothouse.model.schema.TypeSchema;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random JSON: values that fit a schema, odd texts and numbers, and plain nonsense. */
final class RandomValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "x",
                    "default",
                    "kube-system",
                    "A",
                    "a.b",
                    "a/b",
                    "a.example/b",
                    "-a",
                    "a-",
                    "..",
                    ".",
                    "*",
                    "%2e",
                    "a b",
                    "1",
                    "0",
                    "-1",
                    "1Gi",
                    "100m",
                    "1e3",
                    "50%",
                    "101%",
                    "NaN",
                    "Inf",
                    "1e999999999",
                    "9223372036854775808",
                    "10.0.0.1",
                    "10.0.0.0/8",
                    "::1",
                    "fe80::1%eth0",
                    "2026-01-01T00:00:00Z",
                    "0000-00-00",
                    "9999999-01-01T00:00:00Z",
                    "dg==",
                    "!",
                    "\u0000",
                    "\u0007",
                    "\u2028",
                    "\ud800",
                    "\udc00x",
                    "\ud83d\ude80",
                    "\u202eabc",
                    "\ufeff",
                    "é",
                    "e\u0301",
                    "\\",
                    "\"",
                    "$(x)",
                    "${x}",
                    "{{x}}",
                    "Never",
                    "Always",
                    "ClusterIP",
                    "None",
                    "TCP",
                    "http",
                    "*/5 * * * *",
                    "@every 1ns",
                    "0 0 31 2 *",
                    "TZ=X * * * * *",
                    "true",
                    "null",
                    "https://[",
                    "https://x",
                    "a,b",
                    "a=b",
                    "a in (b",
                    "!a",
                    "metadata.name=x");

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /** One in n times. */
    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Some text, often an interesting one. */
    String text() {
        return switch (random.nextInt(40)) {
            case 0 -> "x".repeat(random.nextInt(300));
            case 1 -> "é".repeat(random.nextInt(200));
            case 2 -> "a.".repeat(random.nextInt(150)) + "a";
            case 3 -> "[".repeat(random.nextInt(500));
            case 4 -> characters(random.nextInt(20));
            default -> pick(TEXTS);
        };
    }

    /** A name that objects may have. */
    String name() {
        return "f" + random.nextInt(40);
    }

    private String characters(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(0x10000));
        }
        return text.toString();
    }

    /** Any JSON at all. */
    JsonNode anything(int depth) {
        return switch (random.nextInt(depth <= 0 ? 6 : 9)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> number();
            case 3, 4, 5 -> NODES.stringNode(text());
            case 6 -> NODES.objectNode();
            case 7 -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(), anything(depth - 1));
                }
                yield object;
            }
            default -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(anything(depth - 1));
                }
                yield array;
            }
        };
    }

    private JsonNode number() {
        return switch (random.nextInt(9)) {
            case 0 -> NODES.numberNode(0);
            case 1 -> NODES.numberNode(-1);
            case 2 -> NODES.numberNode(Integer.MAX_VALUE + 1L);
            case 3 -> NODES.numberNode(Long.MIN_VALUE);
            case 4 -> NODES.numberNode(new BigInteger("9".repeat(1 + random.nextInt(60))));
            case 5 -> NODES.numberNode(0.5);
            case 6 -> NODES.numberNode(1e308);
            case 7 -> NODES.numberNode(Long.MAX_VALUE);
            default -> NODES.numberNode(random.nextInt(100000));
        };
    }

    /** A value that fits a type, with now and then one that does not. */
    JsonNode of(FieldType type, int depth) {
        if (oneIn(60)) {
            return anything(2);
        }
        return switch (type) {
            case Scalar scalar -> scalar(scalar);
            case ListOf list -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = depth <= 0 ? 0 : random.nextInt(3); i > 0; i--) {
                    array.add(of(list.element(), depth - 1));
                }
                yield array;
            }
            case MapOf map -> {
                ObjectNode object = NODES.objectNode();
                for (int i = depth <= 0 ? 0 : random.nextInt(3); i > 0; i--) {
                    object.set(text(), of(map.value(), depth - 1));
                }
                yield object;
            }
            case Ref ref -> {
                FieldType alias = ref.target().alias();
                yield alias == null ? object(ref.target(), depth) : of(alias, depth);
            }
        };
    }

    /** An object of a type: what it requires, and some of the rest. */
    ObjectNode object(TypeSchema type, int depth) {
        ObjectNode object = Json.object();
        for (FieldSchema field : type.fields().values()) {
            boolean wanted =
                    type.required().contains(field.name()) ? !oneIn(20) : depth > 0 && oneIn(4);
            if (wanted) {
                boolean fits = !field.enumValues().isEmpty() && !oneIn(10);
                object.set(
                        field.name(),
                        fits
                                ? NODES.stringNode(pick(List.copyOf(field.enumValues())))
                                : of(field.type(), depth - 1));
            }
        }
        return object;
    }

    private JsonNode scalar(Scalar scalar) {
        return switch (scalar) {
            case STRING -> NODES.stringNode(text());
            case INT32, INT64, INTEGER, DOUBLE, NUMBER ->
                    oneIn(3) ? number() : NODES.numberNode(random.nextInt(100));
            case BOOLEAN -> NODES.booleanNode(random.nextBoolean());
            case BYTES -> NODES.stringNode(oneIn(4) ? text() : "dg==");
            case TIME -> NODES.stringNode(oneIn(3) ? text() : "2026-01-01T00:00:00Z");
            case INT_OR_STRING -> random.nextBoolean() ? number() : NODES.stringNode(text());
            case OBJECT, ANY -> anything(2);
        };
    }
}
