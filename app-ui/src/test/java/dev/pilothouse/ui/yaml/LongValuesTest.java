package dev.pilothouse.ui.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LongValuesTest {

    private static ObjectNode read(String yaml) {
        return ObjectDecoder.decodeYaml(yaml.getBytes(StandardCharsets.UTF_8)).object();
    }

    private static String roundTrip(ObjectNode tree) {
        String yaml = LongValues.write(tree);
        assertEquals(tree, read(yaml), yaml);
        List<YamlDocument> documents = YamlDocument.parse(yaml);
        assertEquals(1, documents.size());
        assertEquals(List.of(), documents.getFirst().problems());
        assertEquals(tree, documents.getFirst().object());
        int longest = yaml.lines().mapToInt(String::length).max().orElse(0);
        assertTrue(longest < LongValues.LONG + 100, () -> "a line of " + longest);
        return yaml;
    }

    @Test
    void usualValuesAreWrittenAsUsual() {
        ObjectNode tree = Json.object().put("a", "b").put("script", "one\ntwo\n");

        assertEquals("a: b\nscript: |\n  one\n  two\n", LongValues.write(tree));
    }

    @Test
    void longLinesAreBrokenAndRemainTheSame() {
        ObjectNode tree = Json.object();
        tree.put("letters", "x".repeat(100_000));
        tree.put("words", "word   and \\ \"quoted\" 'text' # no comment: ".repeat(5_000));
        tree.put("lines", ("short\n" + "  long ".repeat(500) + "\n\n\ttab\n").repeat(5));
        tree.putArray("list").add("y".repeat(2_000)).addObject().put("z", "z ".repeat(2_000));
        tree.putObject("deep").putObject("er").put("value", " ".repeat(3_000));

        String yaml = roundTrip(tree);

        assertTrue(yaml.contains("short\\n\\\n"), "lines of the value are lines of the text");
    }

    @Test
    void whatTurnsDirectionOrIsNotSeenIsNamed() {
        ObjectNode tree = Json.object();
        tree.put("mixed", "a \u202Eb\u202C \u05e9\u05dc\u05d5\u05dd \u200B \uD83D\uDE80");

        String yaml = roundTrip(tree);

        assertFalse(yaml.contains("\u202E"));
        assertTrue(yaml.contains("\\u202E"));
        assertTrue(yaml.contains("\u05e9\u05dc\u05d5\u05dd"), "letters stay letters");
        assertTrue(yaml.contains("\uD83D\uDE80"));
    }

    @Test
    void anyLettersRemainTheSame() {
        Random random = new Random(7);
        String letters =
                " \t\n\r\"\\':#-{}[]a\u00e9\u05d0\u0000\u0007\u007f\u0085\u2028\ufeff\u202e";
        for (int round = 0; round < 40; round++) {
            StringBuilder text = new StringBuilder();
            int length = 900 + random.nextInt(3_000);
            while (text.length() < length) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            roundTrip(Json.object().put("v", text.toString()));
        }
    }

    @Test
    void keysKeepTheirOrder() {
        ObjectNode tree = Json.object().put("b", "1").put("a", "x".repeat(5_000)).put("c", "3");

        assertEquals(
                List.copyOf(
                        read(LongValues.write(
                                        Json.object().put("b", "1").put("a", "x").put("c", "3")))
                                .propertyNames()),
                List.copyOf(read(LongValues.write(tree)).propertyNames()));
    }
}
