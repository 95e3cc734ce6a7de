package dev.pilothouse.model.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"\"",
                "{\"a\":{\"b\":[1,-2147483649,123456789012345678901234567890,1.5,-0.0,1e300]}}",
                "[true,false,null,\"\\u0000\\n\\\"\\\\/\\u2028\u00e4\\ud83d\\ude00\"]",
                "{\"a\":1,\"a\":{\"last\":\"wins\"},\"\":\"empty name\"}",
                " { \"spaces\" : [ ] } \n"
            })
    void readsAndWritesWhatTheMapperDoes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        JsonNode expected = MAPPER.readTree(utf8);

        JsonNode tree = Json.parse(utf8);

        assertEquals(expected, tree);
        assertEquals(tree, Json.parse(text));
        assertArrayEquals(MAPPER.writeValueAsBytes(expected), Json.bytes(tree));
        assertEquals(MAPPER.writeValueAsString(expected), Json.string(tree));
    }

    @Test
    void writesTextLongerThanAnyBuffer() {
        String text = "x\u00e4\"".repeat(100_000);
        JsonNode tree = Json.object().put("long", text);

        assertEquals(tree, Json.parse(Json.bytes(tree)));
        assertEquals(tree, Json.parse(Json.string(tree)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"a\"", "{\"a\":}", "[1,]", "[1", "{} x", "1 2", "{'a':1}", "tru"})
    void refusesWhatIsNotJson(String text) {
        assertThrows(JacksonException.class, () -> Json.parse(text));
        assertThrows(
                JacksonException.class, () -> Json.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThrows(JacksonException.class, () -> Json.parse("[".repeat(100_000)));
    }

    @Test
    void findsNothingInNothing() {
        assertTrue(Json.parse("").isMissingNode());
    }
}
