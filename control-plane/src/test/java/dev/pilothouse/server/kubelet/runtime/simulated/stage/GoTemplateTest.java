package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.model.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class GoTemplateTest {

    private static final ObjectNode POD =
            Json.parseObject(
                    """
                    {"metadata":{"name":"web","labels":{"a":"1"}},
                     "spec":{"hostNetwork":false,"nodeName":"n",
                      "containers":[{"name":"x","image":"i:1"},{"name":"y","image":"i:2"}]}}\
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{{ .metadata.name }}#web",
                "a{{ .metadata.name | Quote }}b#a\"web\"b",
                "{{ if .spec.hostNetwork }}h{{ else }}p{{ end }}#p",
                "{{ if eq .spec.nodeName \"m\" }}m{{ else if eq .spec.nodeName \"n\" }}n{{ end }}#n",
                "{{ range .spec.containers }}[{{ .name }}]{{ end }}#[x][y]",
                "{{ range $i, $c := .spec.containers }}{{ $i }}{{ $c.name }}{{ $.spec.nodeName }};{{ end }}#0xn;1yn;",
                "{{ range .spec.volumes }}v{{ else }}none{{ end }}#none",
                "{{ with .status }}s{{ else }}no status{{ end }}#no status",
                "{{ $n := .metadata.name }}{{ with .spec }}{{ $n }}@{{ .nodeName }}{{ end }}#web@n",
                "{{ (index .spec.containers 1).image }}#i:2",
                "{{ or .spec.hostNetwork \"fallback\" }}#fallback",
                "{{ and .metadata.name (not .spec.hostNetwork) }}#true",
                "{{ printf \"%s-%d\" .metadata.name 3 }}#web-3",
                "{{ len .spec.containers }}#2",
                "a {{- /* nothing */ -}} b#ab",
                "{{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) }}#10.0.0.1",
            })
    void fills(String template, String expected) {
        String filled =
                GoTemplate.parse(template)
                        .fill(
                                POD,
                                Map.of(
                                        "PodIPWith",
                                        _ -> JsonNodeFactory.instance.stringNode("10.0.0.1")));

        assertEquals(expected, filled);
    }

    @Test
    void assignsToVariableOfOuterBlock() {
        String filled =
                GoTemplate.parse(
                                "{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}"
                                        + "{{ range .spec.containers }}{{ $x = .name }}{{ end }}{{ $x }}")
                        .fill(POD, Map.of());

        assertEquals("2y", filled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{ frobnicate }}|there is no function frobnicate in {{frobnicate}}, in line 1 of the template",
                "{{ end }}|unexpected {{end}}, in line 1 of the template",
                "{{ template \"x\" }}|{{template}} is not supported, in line 1 of the template",
                "{{ (.a }}|) is missing in {{(.a}}, in line 1 of the template",
            })
    void refuses(String template, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> GoTemplate.parse(template));

        assertEquals(message, e.getMessage());
    }
}
