package dev.pilothouse.model.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A new object owns what the comparison of two objects says, whatever it is made of. */
class AddedFieldsTest {

    private static final int OBJECTS = 300;
    private static final int DEPTH = 7;

    private static TypeSchema type(String name) {
        return Objects.requireNonNull(Schema.builtIn().type(name));
    }

    private static void agrees(ObjectNode object, TypeSchema type) {
        assertEquals(
                FieldComparer.compareWithNothing(object, type),
                FieldComparer.compare(null, object, type),
                object::toString);
    }

    @Test
    void listsWithEqualKeysAreOwnedAsAWhole() {
        ObjectNode pod =
                Json.parseObject(
                        """
                        {"spec":{"containers":[{"name":"a","image":"x"},{"name":"b"},{"name":"a"}],
                          "volumes":[],"securityContext":{},"tolerations":[{"key":"a"}]},"status":{}}
                        """);
        agrees(pod, type("core.v1.Pod"));
        FieldSet added = FieldComparer.compare(null, pod, type("core.v1.Pod")).changed();
        assertFalse(added.paths().contains(".status"));
    }

    @Test
    void levelsOfManyFieldsAreSorted() {
        ObjectNode map = Json.object();
        ObjectNode data = map.putObject("data");
        for (int i = 0; i < 5_000; i++) {
            data.put("key-" + (i * 7919) % 5_000, "v");
        }
        agrees(map, type("core.v1.ConfigMap"));
        FieldSet added = FieldComparer.compare(null, map, type("core.v1.ConfigMap")).changed();
        assertEquals(added.paths().stream().sorted().toList(), added.paths());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core.v1.Pod",
                "core.v1.Service",
                "core.v1.ConfigMap",
                "core.v1.Node",
                "apps.v1.Deployment",
                "apps.v1.StatefulSet",
                "batch.v1.CronJob"
            })
    void anyObjectOwnsWhatTheComparisonSays(String name) {
        Random random = new Random(name.hashCode());
        for (int i = 0; i < OBJECTS; i++) {
            agrees((ObjectNode) structure(type(name), random, 0), type(name));
        }
    }

    private static JsonNode structure(TypeSchema type, Random random, int depth) {
        if (type.alias() != null) {
            return value(type.alias(), random, depth);
        }
        ObjectNode object = Json.object();
        for (FieldSchema field : type.fields().values()) {
            if (random.nextInt(depth < 2 ? 2 : 6) == 0) {
                object.set(field.name(), value(field.type(), random, depth + 1));
            }
        }
        return object;
    }

    private static JsonNode value(FieldType type, Random random, int depth) {
        if (random.nextInt(25) == 0) {
            return NullNode.getInstance();
        }
        int size = depth > DEPTH ? 0 : random.nextInt(4);
        return switch (type) {
            case FieldType.Ref ref ->
                    depth > DEPTH ? Json.object() : structure(ref.target(), random, depth);
            case FieldType.ListOf list -> {
                var array = Json.array();
                for (int i = 0; i < size; i++) {
                    array.add(value(list.element(), random, depth + 1));
                }
                yield array;
            }
            case FieldType.MapOf map -> {
                ObjectNode object = Json.object();
                for (int i = 0; i < size; i++) {
                    object.set(text(random), value(map.value(), random, depth + 1));
                }
                yield object;
            }
            case FieldType.Scalar scalar ->
                    scalar == FieldType.Scalar.OBJECT
                            ? Json.object().put(text(random), text(random))
                            : JsonNodeFactory.instance.stringNode(text(random));
        };
    }

    private static String text(Random random) {
        return Character.toString('a' + random.nextInt(4));
    }
}
