package dev.pilothouse.server.registry.printers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.ResourceSchema;
import dev.pilothouse.model.schema.ResourceSchema.Column;
import dev.pilothouse.model.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class PrintersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Cases are separated by lines of dashes: resource, heading, cells, then the object. */
    static Stream<Arguments> goldenCases() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PrintersTest.class.getResourceAsStream("rows.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^---$\\n"))
                    .map(block -> block.split("\\n", 4))
                    .map(lines -> Arguments.of(lines[0], lines[1], lines[2], lines[3]));
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("goldenCases")
    void printsRow(String resource, String heading, String cells, String yaml) {
        RowPrinter printer = Printers.forResource(resource(resource));
        ObjectNode object = (ObjectNode) YAML.readTree(yaml);
        object.withObject("metadata").put("name", "x");
        if (!object.get("metadata").has("creationTimestamp")) {
            object.withObject("metadata").put("creationTimestamp", "2026-03-01T11:00:00Z");
        }
        String printed =
                printer.cells(object, NOW).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" | "));
        assertEquals(cells, printed);
        assertEquals(
                heading,
                printer.columns().stream().map(Column::name).collect(Collectors.joining(" | ")));
    }

    @Test
    void everyKindHasGoldenCaseOrDefaultColumns() throws IOException {
        Set<String> tested =
                goldenCases().map(c -> (String) c.get()[0]).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (ResourceSchema resource : Schema.builtIn().resources()) {
            boolean listed = resource.verbs().contains("list");
            String name = resource.resource().groupResource().toString();
            if (listed && !isDefault(resource.resource()) && !tested.contains(name)) {
                missing.add(name);
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void emptyObjectsGetOneCellPerColumn() {
        for (ResourceSchema resource : Schema.builtIn().resources()) {
            RowPrinter printer = Printers.forResource(resource.resource());
            List<?> cells = printer.cells(Json.object(), NOW);
            assertEquals(printer.columns().size(), cells.size(), resource.resource().toString());
        }
    }

    @Test
    void onlyKindsWithoutColumnsUseTheDefault() {
        Set<String> defaults =
                Schema.builtIn().resources().stream()
                        .filter(resource -> resource.resource().version().matches("v[0-9]+"))
                        .filter(resource -> resource.verbs().contains("list"))
                        .map(ResourceSchema::resource)
                        .filter(PrintersTest::isDefault)
                        .map(resource -> resource.groupResource().toString())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of(
                        "limitranges",
                        "customresourcedefinitions.apiextensions.k8s.io",
                        "roles.rbac.authorization.k8s.io",
                        "clusterroles.rbac.authorization.k8s.io"),
                defaults);
    }

    @Test
    void wideColumnsHavePriorityOne() {
        RowPrinter pods = Printers.forResource(resource("pods"));
        assertEquals(
                List.of(0, 0, 0, 0, 0, 1, 1, 1, 1),
                pods.columns().stream().map(Column::priority).toList());
        assertEquals("name", pods.columns().getFirst().format());
    }

    @Test
    void endedPodsAreMarkedCompleted() {
        RowPrinter pods = Printers.forResource(resource("pods"));
        ObjectNode failed = Json.parseObject("{\"status\":{\"phase\":\"Failed\"}}");
        ObjectNode running = Json.parseObject("{\"status\":{\"phase\":\"Running\"}}");
        assertEquals("Failed", Json.text(pods.conditions(failed).getFirst(), "reason"));
        assertTrue(pods.conditions(running).isEmpty());
    }

    @Test
    void customColumnsFollowTheirTypes() {
        RowPrinter printer =
                Printers.forCustom(
                        Json.parse(
                                """
                                [{"name":"Ready","type":"string",
                                  "jsonPath":".status.conditions[?(@.type==\\"Ready\\")].status"},
                                 {"name":"Replicas","type":"integer","jsonPath":".spec.replicas"},
                                 {"name":"Ratio","type":"number","jsonPath":".spec.ratio"},
                                 {"name":"On","type":"boolean","jsonPath":".spec.on"},
                                 {"name":"Since","type":"date","jsonPath":".status.since"},
                                 {"name":"Map","type":"string","jsonPath":".spec.map","priority":1},
                                 {"name":"Gone","type":"string","jsonPath":".spec.gone"},
                                 {"name":"Wrong","type":"integer","jsonPath":".spec.map"},
                                 {"name":"Broken","type":"string","jsonPath":".spec["}]
                                """));
        ObjectNode object =
                Json.parseObject(
                        """
                        {"metadata":{"name":"db"},
                         "spec":{"replicas":3,"ratio":0.5,"on":false,"map":{"a":1}},
                         "status":{"since":"2026-03-01T11:58:00Z",
                                   "conditions":[{"type":"Ready","status":"True"}]}}
                        """);
        List<?> cells = printer.cells(object, NOW);
        assertEquals(
                "[db, True, 3, 0.5, false, 2m, {\"a\":1}, null, null, null]", cells.toString());
        assertInstanceOf(Long.class, cells.get(2));
        assertEquals(1, printer.columns().get(6).priority());
    }

    @Test
    void customResourceWithoutColumnsShowsItsAge() {
        RowPrinter printer = Printers.forCustom(null);
        ObjectNode object =
                Json.parseObject(
                        "{\"metadata\":{\"name\":\"a\",\"creationTimestamp\":\"2026-03-01T11:59:00Z\"}}");
        assertEquals(List.of("a", "60s"), printer.cells(object, NOW));
        assertEquals("date", printer.columns().get(1).type());
    }

    private static boolean isDefault(GroupVersionResource resource) {
        List<Column> columns = Printers.forResource(resource).columns();
        return columns.size() == 2 && columns.get(1).name().equals("Created At");
    }

    private static GroupVersionResource resource(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? new GroupVersionResource("", "v1", name)
                : new GroupVersionResource(name.substring(dot + 1), "v1", name.substring(0, dot));
    }
}
