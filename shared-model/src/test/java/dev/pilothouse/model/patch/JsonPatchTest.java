package dev.pilothouse.model.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import io.fabric8.zjsonpatch.DiffFlags;
import io.fabric8.zjsonpatch.JsonDiff;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonPatchTest {

    // The oracle's search for moves and copies fails on some names.
    private static final EnumSet<DiffFlags> PLAIN =
            EnumSet.of(DiffFlags.OMIT_MOVE_OPERATION, DiffFlags.OMIT_COPY_OPERATION);

    private static JsonNode apply(String document, String operation) {
        return JsonPatch.apply(Json.parse(document), Json.parse("[" + operation + "]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"foo":"bar"}            | {"op":"add","path":"/baz","value":"qux"}          | {"baz":"qux","foo":"bar"}
                    {"foo":["bar","baz"]}    | {"op":"add","path":"/foo/1","value":"qux"}        | {"foo":["bar","qux","baz"]}
                    {"foo":["bar"]}          | {"op":"add","path":"/foo/-","value":["x"]}        | {"foo":["bar",["x"]]}
                    {"baz":"qux","foo":1}    | {"op":"remove","path":"/baz"}                     | {"foo":1}
                    {"foo":[1,2,3]}          | {"op":"remove","path":"/foo/1"}                   | {"foo":[1,3]}
                    {"baz":"qux"}            | {"op":"replace","path":"/baz","value":"boo"}      | {"baz":"boo"}
                    {"a":{"x":1},"b":{}}     | {"op":"move","from":"/a/x","path":"/b/y"}         | {"a":{},"b":{"y":1}}
                    {"foo":[1,2,3,4]}        | {"op":"move","from":"/foo/1","path":"/foo/3"}     | {"foo":[1,3,4,2]}
                    {"a":{"x":1}}            | {"op":"copy","from":"/a","path":"/b"}             | {"a":{"x":1},"b":{"x":1}}
                    {"/":9,"~1":10}          | {"op":"test","path":"/~01","value":10}            | {"/":9,"~1":10}
                    {"a/b":{"m~n":1}}        | {"op":"replace","path":"/a~1b/m~0n","value":2}    | {"a/b":{"m~n":2}}
                    {"":1}                   | {"op":"replace","path":"/","value":2}             | {"":2}
                    {"a":1}                  | {"op":"replace","path":"","value":[1]}            | [1]
                    {"a":1}                  | {"op":"test","path":"/b","value":null}            | {"a":1}
                    {"a":1}                  | {"op":"test","path":"/a","value":1.0}             | {"a":1}
                    {"a":null}               | {"op":"add","path":"/a","value":null}             | {"a":null}
                    """)
    void followsTheRfc(String document, String operation, String expected) {
        assertEquals(Json.parse(expected), apply(document, operation));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"op":"test","path":"/a","value":2}
                    {"op":"remove","path":"/b"}
                    {"op":"replace","path":"/b","value":1}
                    {"op":"add","path":"/b/c","value":1}
                    {"op":"add","path":"/l/3","value":1}
                    {"op":"add","path":"/l/01","value":1}
                    {"op":"add","path":"/l/x","value":1}
                    {"op":"remove","path":"/l/-"}
                    {"op":"move","from":"/o","path":"/o/x"}
                    {"op":"copy","from":"/none","path":"/x"}
                    """)
    void answersInvalidWhenAnOperationCannotBeDone(String operation) {
        ApiException error =
                assertThrows(
                        ApiException.class,
                        () -> apply("{\"a\":1,\"l\":[1,2],\"o\":{}}", operation));
        assertEquals(StatusReason.INVALID, error.reason());
        assertEquals(422, error.status().code());
        assertEquals(
                "the server rejected our request due to an error in our request",
                error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    7
                    {"op":"jump","path":"/a"}
                    {"path":"/a"}
                    {"op":"remove"}
                    {"op":"add","path":"/a"}
                    {"op":"add","path":"a","value":1}
                    {"op":"move","path":"/a"}
                    """)
    void answersBadRequestToMalformedOperations(String operation) {
        ApiException error = assertThrows(ApiException.class, () -> apply("{\"a\":1}", operation));
        assertEquals(StatusReason.BAD_REQUEST, error.reason());
    }

    @Test
    void boundsTheNumberOfOperationsAndWhatTheyCopy() {
        ArrayNode many = Json.array();
        for (int i = 0; i <= JsonPatch.MAX_OPERATIONS; i++) {
            many.addObject().put("op", "test").put("path", "/b");
        }
        ApiException error =
                assertThrows(ApiException.class, () -> JsonPatch.apply(Json.object(), many));
        assertEquals(413, error.status().code());
        assertEquals(
                "Request entity too large: The allowed maximum operations in a JSON patch is 10000,"
                        + " got 10001",
                error.getMessage());
        ArrayNode copies = Json.array();
        for (int i = 0; i < 64; i++) {
            copies.addObject().put("op", "copy").put("from", "/a").put("path", "/a/-");
        }
        assertEquals(
                413,
                assertThrows(
                                ApiException.class,
                                () -> JsonPatch.apply(Json.parse("{\"a\":[1]}"), copies))
                        .status()
                        .code());
    }

    @Test
    void agreesWithAnIndependentImplementation() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            JsonNode from = randomValue(random, 4);
            JsonNode to = randomValue(random, 4);
            JsonNode before = from.deepCopy();
            assertEquals(to, JsonPatch.apply(from, JsonDiff.asJson(from, to, PLAIN)));
            assertEquals(before, from);
        }
    }

    @Test
    void agreesOnRandomMovesAndCopies() {
        Random random = new Random(3);
        List<String> paths = List.of("/a", "/b", "/a/0", "/a/1", "/a/-", "/b/a", "/b/b", "/c");
        int done = 0;
        for (int i = 0; i < 3000; i++) {
            ObjectNode document = Json.object();
            document.set("a", Json.array().add(1).add(randomValue(random, 2)));
            document.set("b", Json.object().set("a", randomValue(random, 2)));
            ObjectNode operation = Json.object();
            operation.put("op", random.nextBoolean() ? "move" : "copy");
            operation.put("from", paths.get(random.nextInt(paths.size())));
            operation.put("path", paths.get(random.nextInt(paths.size())));
            ArrayNode patch = Json.array().add(operation);
            JsonNode expected;
            try {
                expected = io.fabric8.zjsonpatch.JsonPatch.apply(patch, document);
            } catch (JsonPatchException e) {
                continue;
            }
            boolean intoItself =
                    operation
                            .get("path")
                            .stringValue()
                            .startsWith(operation.get("from").stringValue() + "/");
            if (!(intoItself && operation.get("op").stringValue().equals("move"))) {
                assertEquals(expected, JsonPatch.apply(document, patch), operation::toString);
                done++;
            }
        }
        assertTrue(done > 500, "only " + done + " operations could be done");
    }

    static JsonNode randomValue(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        switch (depth == 0 ? random.nextInt(3) : 2 + random.nextInt(4)) {
            case 0 -> {
                return nodes.booleanNode(random.nextBoolean());
            }
            case 1 -> {
                return nodes.stringNode("s" + random.nextInt(3));
            }
            case 2 -> {
                return nodes.numberNode(random.nextInt(5));
            }
            case 3 -> {
                ArrayNode array = Json.array();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(randomValue(random, depth - 1));
                }
                return array;
            }
            default -> {
                ObjectNode object = Json.object();
                String[] names = {"a", "b/c", "d~e", "", "0"};
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set(names[random.nextInt(5)], randomValue(random, depth - 1));
                }
                return object;
            }
        }
    }
}
