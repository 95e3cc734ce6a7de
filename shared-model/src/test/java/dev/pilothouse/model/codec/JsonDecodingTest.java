package dev.pilothouse.model.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecodingTest {

    private static Decoded decode(String json) {
        return ObjectDecoder.decodeJson(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesDuplicateFieldsOnceByPathAndKeepsTheLast() {
        Decoded decoded =
                decode(
                        """
                        {"spec":{"replicas":1,"replicas":2,"replicas":3,"template":{"spec":
                        {"containers":[{"name":"a","name":"b"},{"name":"c"}]}}},
                        "metadata":{"labels":{"x.y/z":"1","x.y/z":"2"}}}
                        """);
        assertEquals(
                List.of(
                        "duplicate field \"spec.replicas\"",
                        "duplicate field \"spec.template.spec.containers[0].name\"",
                        "duplicate field \"metadata.labels.x.y/z\""),
                decoded.strictErrors());
        assertEquals(3, Json.number(decoded.object(), 0, "spec", "replicas"));
    }

    @Test
    void stopsAtAHundredStrictErrors() {
        StringBuilder json = new StringBuilder("{\"a\":0");
        for (int i = 0; i < 300; i++) {
            json.append(",\"f").append(i).append("\":0,\"f").append(i).append("\":0");
        }
        assertEquals(100, decode(json.append('}').toString()).strictErrors().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "{",
                "{\"a\":}",
                "{\"a\":1}}",
                "{\"a\":1} {}",
                "[]",
                "1",
                "null",
                "\"text\"",
                "{\"a\":1e999}",
                "{\"a\":01}",
                "{a:1}",
                "{\"a\":\"\\ud\"}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "\u0000"
            })
    void refusesWhatIsNotOneObject(String json) {
        ApiException e = assertThrows(ApiException.class, () -> decode(json));
        assertEquals(400, e.status().code());
        assertTrue(
                e.status().message().startsWith("couldn't get version/kind; json parse error: "),
                e.status().message());
    }

    @Test
    void namesTheBadCharacter() {
        ApiException e = assertThrows(ApiException.class, () -> decode("kind: Pod"));
        assertEquals(
                "couldn't get version/kind; json parse error: invalid character 'k' looking for"
                        + " beginning of value at line 1, column 1",
                e.status().message());
    }

    @Test
    void refusesDeepNesting() {
        String deep = "{\"a\":".repeat(100_000);
        ApiException e = assertThrows(ApiException.class, () -> decode(deep));
        assertTrue(e.status().message().endsWith("exceeded max depth"), e.status().message());
        String deepest =
                "{\"a\":".repeat(JsonReader.MAX_DEPTH) + "1" + "}".repeat(JsonReader.MAX_DEPTH);
        assertTrue(Json.bytes(decode(deepest).object()).length > 1000);
    }

    @Test
    void readsWholeNumbersBeyondLongAsFloats() {
        Decoded decoded = decode("{\"a\":9223372036854775807,\"b\":92233720368547758070}");
        assertTrue(decoded.object().get("a").isLong());
        assertTrue(decoded.object().get("b").isDouble());
    }

    @Test
    void replacesTextThatIsNotUnicode() {
        assertEquals("\uFFFD", Json.text(decode("{\"a\":\"\\ud800\"}").object(), "a"));
        byte[] latin = "{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("\uFFFD", Json.text(ObjectDecoder.decodeJson(latin).object(), "a"));
    }
}
