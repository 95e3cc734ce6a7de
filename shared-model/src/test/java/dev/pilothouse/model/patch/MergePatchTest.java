package dev.pilothouse.model.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.json.Json;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a":"b"}           | {"a":"c"}                 | {"a":"c"}
                    {"a":"b"}           | {"b":"c"}                 | {"a":"b","b":"c"}
                    {"a":"b"}           | {"a":null}                | {}
                    {"a":"b","b":"c"}   | {"a":null}                | {"b":"c"}
                    {"a":["b"]}         | {"a":"c"}                 | {"a":"c"}
                    {"a":"c"}           | {"a":["b"]}               | {"a":["b"]}
                    {"a":{"b":"c"}}     | {"a":{"b":"d","c":null}}  | {"a":{"b":"d"}}
                    {"a":[{"b":"c"}]}   | {"a":[1]}                 | {"a":[1]}
                    ["a","b"]           | ["c","d"]                 | ["c","d"]
                    {"a":"b"}           | ["c"]                     | ["c"]
                    {"a":"foo"}         | null                      | null
                    {"e":null}          | {"a":1}                   | {"e":null,"a":1}
                    [1,2]               | {"a":"b","c":null}        | {"a":"b"}
                    {}                  | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
                    """)
    void followsTheRfc(String target, String patch, String expected) {
        assertEquals(Json.parse(expected), MergePatch.apply(Json.parse(target), Json.parse(patch)));
    }

    @Test
    void turnsOneObjectIntoAnyOther() {
        Random random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            JsonNode from = JsonPatchTest.randomValue(random, 4);
            JsonNode to = JsonPatchTest.randomValue(random, 4);
            JsonNode before = from.deepCopy();
            assertEquals(to, MergePatch.apply(from, difference(from, to)));
            assertEquals(before, from);
        }
    }

    private static JsonNode difference(JsonNode from, JsonNode to) {
        if (!from.isObject() || !to.isObject()) {
            if (!to.isObject()) {
                return to;
            }
            return difference(Json.object(), to);
        }
        ObjectNode patch = Json.object();
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            if (!to.has(entry.getKey())) {
                patch.putNull(entry.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> entry : to.properties()) {
            JsonNode old = from.get(entry.getKey());
            patch.set(
                    entry.getKey(),
                    old == null ? entry.getValue() : difference(old, entry.getValue()));
        }
        return patch;
    }
}
