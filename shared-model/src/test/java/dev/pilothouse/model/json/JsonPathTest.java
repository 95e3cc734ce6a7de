package dev.pilothouse.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonPathTest {

    private static final JsonNode OBJECT =
            Json.parse(
                    """
                    {"metadata": {"name": "a", "labels": {"app.kubernetes.io/name": "web"}},
                     "spec": {"ports": [80, 443, 8080], "on": true, "none": null,
                              "list": [{"n": "x", "v": 1}, {"n": "y", "v": 2.5}, {"n": "z"}]},
                     "status": {"conditions": [
                        {"type": "Ready", "status": "True"},
                        {"type": "Synced", "status": "False", "nested": {"type": "Deep"}}]}}
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".metadata.name | \"a\"",
                "{.metadata.name} | \"a\"",
                "$.metadata.name | \"a\"",
                "metadata.name | \"a\"",
                ".metadata['name'] | \"a\"",
                ".metadata.labels.app\\.kubernetes\\.io/name | \"web\"",
                ".metadata.labels['app.kubernetes.io/name'] | \"web\"",
                ".spec.ports[0] | 80",
                ".spec.ports[-1] | 8080",
                ".spec.ports[9] | ``",
                ".spec.ports[1:] | 443 8080",
                ".spec.ports[:2] | 80 443",
                ".spec.ports[-2:] | 443 8080",
                ".spec.ports[0:3:2] | 80 8080",
                ".spec.ports[0,2] | 80 8080",
                ".spec.ports[*] | 80 443 8080",
                ".spec['on','ports'] | true [80,443,8080]",
                ".spec.none | null",
                ".spec.missing.deeper | ``",
                ".metadata.name.deeper | ``",
                ".spec.list[*].n | \"x\" \"y\" \"z\"",
                "..type | \"Ready\" \"Synced\" \"Deep\"",
                ".status.conditions[?(@.type==\"Ready\")].status | \"True\"",
                ".status.conditions[?(@.type=='Ready')].status | \"True\"",
                ".status.conditions[?(@.type!=\"Ready\")].type | \"Synced\"",
                ".status.conditions[?(@.nested.type == \"Deep\")].type | \"Synced\"",
                ".spec.list[?(@.v>1)].n | \"y\"",
                ".spec.list[?(@.v>=1)].n | \"x\" \"y\"",
                ".spec.list[?(@.v<2)].n | \"x\"",
                ".spec.list[?(@.v==1.0)].n | \"x\"",
                ".spec.list[?(@.v)].n | \"x\" \"y\"",
                ".spec.ports[?(@>100)] | 443 8080",
                ".status.conditions[?(@.type==\"Nope\")].status | ``"
            })
    void finds(String path, String expected) {
        String found =
                JsonPath.parse(path).find(OBJECT).stream()
                        .map(Json::string)
                        .collect(Collectors.joining(" "));
        assertEquals(expected, found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".a[",
                ".a[x]",
                ".a[1:2:3:4]",
                ".a[0:2:0]",
                ".a[?(@.b==)]",
                ".a[?(@.b==nope)]",
                "." + "..",
                ".a]b[0]c"
            })
    void refusesMalformedPaths(String path) {
        assertThrows(IllegalArgumentException.class, () -> JsonPath.parse(path));
    }
}
