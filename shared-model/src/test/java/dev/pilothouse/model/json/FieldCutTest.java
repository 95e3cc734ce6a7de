package dev.pilothouse.model.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is cut out of bytes is what would be removed from the tree, and nothing else. */
class FieldCutTest {

    private static final String[] PATH = {"object", "metadata", "managedFields"};
    private static final List<String> NAMES =
            List.of("object", "metadata", "managedFields", "a", "", "managed\"Fields", "\\", "ü");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"b\":1}}|{\"a\":{}}",
                "{\"a\":{\"b\":[1,\"]}\"],\"c\":2}}|{\"a\":{\"c\":2}}",
                "{\"a\":{\"c\":2,\"b\":{\"b\":{}}}}|{\"a\":{\"c\":2}}",
                "{\"a\":{\"c\":2 , \"b\" : \"\\\"\" , \"d\":3}}|{\"a\":{\"c\":2  , \"d\":3}}",
                "{ \"a\" : { \"b\" : null } }|{ \"a\" : { } }",
                "{\"x\":{\"b\":1},\"a\":{\"x\":{\"b\":1}}}|{\"x\":{\"b\":1},\"a\":{\"x\":{\"b\":1}}}",
                "{\"a\":[{\"b\":1}]}|{\"a\":[{\"b\":1}]}",
                "[]|[]",
            })
    void cutsOneField(String json, String left) {
        byte[] cut = FieldCut.without(json.getBytes(StandardCharsets.UTF_8), "a", "b");
        assertEquals(left, new String(cut, StandardCharsets.UTF_8));
    }

    @Test
    void cutsAsFromTheTree() {
        Random random = new Random(20_260_504);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            ObjectNode tree = object(random, 4);
            boolean pretty = random.nextBoolean();
            byte[] json =
                    pretty
                            ? tree.toPrettyString().getBytes(StandardCharsets.UTF_8)
                            : Json.bytes(tree);
            byte[] cut = FieldCut.without(json, PATH);
            if (tree.path("object").path("metadata") instanceof ObjectNode metadata
                    && metadata.remove("managedFields") != null) {
                found++;
            } else {
                assertSame(json, cut);
            }
            assertEquals(tree, Json.parse(cut), () -> new String(json, StandardCharsets.UTF_8));
        }
        assertEquals(true, found > 500, () -> "the field was hardly ever there");
    }

    /** Whatever is not whole is left for the parser to refuse. */
    @Test
    void leavesWhatIsCutOff() {
        byte[] json =
                "{\"object\":{\"metadata\":{\"a\":\"\\\\\\\"\",\"managedFields\":[{\"x\":\"]\"}],\"b\":1}}}"
                        .getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "{\"object\":{\"metadata\":{\"a\":\"\\\\\\\"\",\"b\":1}}}",
                new String(FieldCut.without(json, PATH), StandardCharsets.UTF_8));
        for (int length = 0; length < json.length; length++) {
            byte[] part = Arrays.copyOf(json, length);
            assertNotNull(FieldCut.without(part, PATH));
        }
        byte[] none =
                "{\"object\":{\"metadata\":{\"managedFields\":[".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(none, FieldCut.without(none, PATH));
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = Json.object();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            boolean onPath = depth > 1 && random.nextInt(3) > 0;
            String name = onPath ? PATH[4 - depth] : NAMES.get(random.nextInt(NAMES.size()));
            object.set(
                    name, onPath && depth > 2 ? object(random, depth - 1) : value(random, depth));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Json.parse("\"" + "}]\\\"{[".repeat(random.nextInt(3)) + "\"");
            case 1 -> Json.parse("-1.5e3");
            case 2 -> Json.parse("null");
            case 3 -> Json.parse("\"\\\\\"");
            case 4 -> Json.parse(Integer.toString(random.nextInt()));
            case 5 -> object(random, Math.min(depth - 1, 1));
            default -> {
                ArrayNode array = Json.array();
                for (int i = 0; i < random.nextInt(3); i++) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
        };
    }
}
