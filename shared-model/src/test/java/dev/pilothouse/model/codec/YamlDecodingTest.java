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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class YamlDecodingTest {

    private static Decoded decode(String yaml) {
        return ObjectDecoder.decodeYaml(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes|true",
                "Off|false",
                "y|true",
                "N|false",
                "TRUE|true",
                "tRue|\"tRue\"",
                "'yes'|\"yes\"",
                "~|null",
                "Null|null",
                "nUll|\"nUll\"",
                "''|\"\"",
                "0x1F|31",
                "0o17|15",
                "0777|511",
                "0b101|5",
                "-0x10|-16",
                "08|8",
                "1_000|1000",
                "+12|12",
                "9223372036854775807|9223372036854775807",
                "1.5|1.5",
                "1e3|1000",
                "1.0|1",
                ".5|0.5",
                "6.02E+23|6.02E23",
                "1e|\"1e\"",
                "0x|\"0x\"",
                "100m|\"100m\"",
                "1.2.3|\"1.2.3\"",
                "12:30:45|\"12:30:45\"",
                "_1|\"_1\"",
                "2001-01-23|\"2001-01-23\"",
                "2001-01-23T04:05:06Z|\"2001-01-23T04:05:06Z\"",
                "!!str 12|\"12\"",
                "!!int 12|12",
                "!custom x|\"x\"",
                "! 12|\"12\"",
                "!!binary aGk=|\"hi\"",
                "\"a\\tb\"|\"a\\tb\"",
                "<<|\"<<\"",
                "0o9|\"0o9\""
            })
    void readsScalarsAsGoDoes(String yaml, String json) {
        assertEquals(Json.parse("{\"a\":" + json + "}"), decode("a: " + yaml + "\n").object());
    }

    @Test
    void turnsKeysIntoText() {
        assertEquals(
                Json.parse("{\"1\":\"a\",\"true\":\"b\",\"1.5\":\"c\"}"),
                decode("1: a\nyes: b\n1.5: c\n").object());
    }

    @Test
    void resolvesAliasesAndMergeKeys() {
        ObjectNode object =
                decode(
                                """
                                base: &base {x: 1, w: 2}
                                other: &other {w: 3, z: 4}
                                one: {<<: *base, w: 9}
                                late: {w: 9, <<: *base}
                                both:
                                  <<: [*base, *other]
                                copy: *base
                                """)
                        .object();
        assertEquals(Json.parse("{\"x\":1,\"w\":9}"), object.get("one"));
        assertEquals(Json.parse("{\"x\":1,\"w\":9}"), object.get("late"));
        assertEquals(Json.parse("{\"x\":1,\"w\":2,\"z\":4}"), object.get("both"));
        ((ObjectNode) object.get("copy")).put("x", 7);
        assertEquals(1, Json.number(object, 0, "base", "x"));
    }

    @Test
    void takesTheFirstDocumentOnly() {
        assertEquals(Json.parse("{\"a\":1}"), decode("---\na: 1\n---\nb: 2\n").object());
    }

    @Test
    void namesDuplicateKeysByLineAndKeepsTheLast() {
        Decoded decoded = decode("spec:\n  replicas: 1\n  replicas: 2\n");
        assertEquals(
                List.of("line 3: key \"replicas\" already set in map"), decoded.strictErrors());
        assertEquals(2, Json.number(decoded.object(), 0, "spec", "replicas"));
    }

    @Test
    void refusesBillionLaughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ",").repeat(9) + alias));
        }
        ApiException e = assertThrows(ApiException.class, () -> decode(yaml.toString()));
        assertTrue(e.status().message().contains("excessive aliasing"), e.status().message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "- a",
                "text",
                "a: b: c",
                "a: *b",
                "a: &a [*a]",
                "{a: 1",
                "a: .nan",
                "a: !!int x",
                "a: \"\\UFFFFFFFF\"",
                "? [a]\n: b",
                "a:\n\t- b",
                "~: a",
                "a: -",
                "a: {<<: 1}",
                "a: \u0001",
                "%YAML 9.9\n---\na: 1"
            })
    void refusesWhatIsNotOneMapping(String yaml) {
        ApiException e = assertThrows(ApiException.class, () -> decode(yaml));
        assertEquals(400, e.status().code());
        assertTrue(e.status().message().startsWith("error converting YAML to JSON: "));
    }

    @Test
    void refusesDeepNestingAndBrokenBytes() {
        assertThrows(ApiException.class, () -> decode("a: " + "[".repeat(5_000)));
        byte[] broken = {'a', ':', ' ', (byte) 0xE4, '\n'};
        assertThrows(ApiException.class, () -> ObjectDecoder.decodeYaml(broken));
    }
}
