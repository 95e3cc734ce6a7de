package dev.pilothouse.model.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class YamlWriterTest {

    private static final String[] PIECES = {
        "a",
        "yes",
        "1",
        "0x",
        " ",
        "\n",
        ":",
        ": ",
        "#",
        " #",
        "-",
        "- ",
        "'",
        "\"",
        "\\",
        "~",
        "null",
        "\t",
        "\r",
        "\u0085",
        "\u2028",
        "\ud83d\ude00",
        "{",
        "]",
        "&",
        "*",
        "!",
        "%",
        "@",
        "`",
        "|",
        ">",
        "?",
        "=",
        "<<",
        ".",
        "...",
        "---",
        "e5",
        "_",
        "\u0000",
        "2024-01-01",
        ","
    };

    private static String write(String json) {
        return new String(YamlWriter.write(Json.parse(json)), StandardCharsets.UTF_8);
    }

    @Test
    void writesInTheLookOfKubectl() {
        assertEquals(
                """
                args:
                - --port=80
                - "true"
                - "80"
                - 'a: b'
                - ""
                containers:
                - env: []
                  name: web
                  ports:
                  - containerPort: 80
                created: "2024-01-01T00:00:00Z"
                empty: {}
                matrix:
                - - 1
                  - 2.5
                none: null
                script: |
                  a

                  b
                tail: |-
                  a
                  b
                """,
                write(
                        """
                        {"tail":"a\\nb","script":"a\\n\\nb\\n","none":null,"matrix":[[1,2.5]],
                        "empty":{},"created":"2024-01-01T00:00:00Z",
                        "containers":[{"name":"web","env":[],"ports":[{"containerPort":80}]}],
                        "args":["--port=80","true","80","a: b",""]}
                        """));
    }

    @Test
    void readsBackWhatItWrote() {
        Random random = new Random(42);
        for (int i = 0; i < 3_000; i++) {
            ObjectNode object = Json.object();
            fill(object, random, 3);
            byte[] yaml = YamlWriter.write(object);
            assertEquals(
                    object,
                    ObjectDecoder.decodeYaml(yaml).object(),
                    () -> new String(yaml, StandardCharsets.UTF_8));
        }
    }

    @Test
    void quotesTextThatReadsAsNumberOutOfRange() {
        ObjectNode object = Json.object().put("a", "1e999999999");

        byte[] yaml = YamlWriter.write(object);

        assertEquals("a: \"1e999999999\"\n", new String(yaml, StandardCharsets.UTF_8));
    }

    @Test
    void marksLongKeys() {
        ObjectNode object = Json.object();
        object.put("k".repeat(2_000), "v");
        assertEquals(object, ObjectDecoder.decodeYaml(YamlWriter.write(object)).object());
    }

    private static void fill(ObjectNode object, Random random, int depth) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            object.set(text(random) + i, value(random, depth));
        }
    }

    private static JsonNode value(Random random, int depth) {
        var factory = Json.mapper().getNodeFactory();
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> factory.numberNode(random.nextInt());
            case 1 -> factory.booleanNode(random.nextBoolean());
            case 2 -> factory.nullNode();
            case 6 -> {
                ObjectNode object = Json.object();
                fill(object, random, depth - 1);
                yield object;
            }
            case 7 -> {
                ArrayNode array = Json.array();
                for (int i = random.nextInt(3); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> factory.stringNode(text(random));
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
