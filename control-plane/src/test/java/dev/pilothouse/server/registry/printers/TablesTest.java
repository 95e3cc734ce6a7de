package dev.pilothouse.server.registry.printers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.registry.printers.Tables.IncludeObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TablesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RowPrinter PODS =
            Printers.forResource(new GroupVersionResource("", "v1", "pods"));

    private final ObjectNode pod =
            Json.parseObject(
                    """
                    {"apiVersion":"v1","kind":"Pod",
                     "metadata":{"name":"p","resourceVersion":"7",
                                 "creationTimestamp":"2026-03-01T11:00:00Z"},
                     "spec":{"containers":[{"name":"c"}]},"status":{"phase":"Succeeded"}}
                    """);

    private ObjectNode table(String version, IncludeObject include) {
        return Tables.table(version, PODS, List.of(pod), include, Tables.listMetaOf(pod), NOW);
    }

    @Test
    void carriesColumnsCellsAndMetadata() {
        ObjectNode table = table("v1", IncludeObject.METADATA);
        assertEquals("meta.k8s.io/v1", Json.text(table, "apiVersion"));
        assertEquals("7", Json.text(table, "metadata", "resourceVersion"));
        assertEquals(9, table.get("columnDefinitions").size());
        assertEquals("name", Json.text(table.get("columnDefinitions").get(0), "format"));
        ObjectNode row = (ObjectNode) table.get("rows").get(0);
        assertEquals("60m", row.get("cells").get(4).stringValue());
        assertEquals("Completed", Json.text(row.get("conditions").get(0), "type"));
        assertEquals("PartialObjectMetadata", Json.text(row, "object", "kind"));
        assertEquals("p", Json.text(row, "object", "metadata", "name"));
        assertTrue(Json.at(row, "object", "spec") == null);
    }

    @Test
    void includesWhatIsAskedFor() {
        ObjectNode none = table("v1beta1", IncludeObject.of("None"));
        assertEquals("meta.k8s.io/v1beta1", Json.text(none, "apiVersion"));
        assertTrue(none.get("rows").get(0).get("object").isNull());
        ObjectNode whole = table("v1", IncludeObject.of("Object"));
        assertEquals("Pod", Json.text(whole.get("rows").get(0), "object", "kind"));
        assertEquals(IncludeObject.METADATA, IncludeObject.of(""));
        assertThrows(IllegalArgumentException.class, () -> IncludeObject.of("All"));
    }

    @Test
    void leavesColumnsOutOfLaterWatchEvents() {
        Tables.Row row = Tables.row("v1", PODS, pod, IncludeObject.NONE, NOW);
        ObjectNode table = Tables.table("v1", null, List.of(row), Json.object());
        assertTrue(table.get("columnDefinitions").isNull());
        assertEquals(1, table.get("rows").size());
    }

    @Test
    void listsMetadataOnly() {
        ObjectNode list = Tables.partialMetadataList("v1", List.of(pod), Json.object());
        assertEquals("PartialObjectMetadataList", Json.text(list, "kind"));
        assertEquals("p", Json.text(list.get("items").get(0), "metadata", "name"));
        assertEquals(3, list.get("items").get(0).size());
    }

    @Test
    void keepsTypesOfCells() {
        RowPrinter sets =
                Printers.forResource(new GroupVersionResource("apps", "v1", "daemonsets"));
        Tables.Row row = Tables.row("v1", sets, pod, IncludeObject.NONE, NOW);
        ObjectNode table = Tables.table("v1", sets.columns(), List.of(row), Json.object());
        assertTrue(table.get("rows").get(0).get("cells").get(1).isIntegralNumber());
        RowPrinter custom =
                Printers.forCustom(
                        Json.parse("[{\"name\":\"A\",\"type\":\"boolean\",\"jsonPath\":\".x\"}]"));
        Tables.Row empty = Tables.row("v1", custom, pod, IncludeObject.NONE, NOW);
        ObjectNode second = Tables.table("v1", custom.columns(), List.of(empty), Json.object());
        assertTrue(second.get("rows").get(0).get("cells").get(1).isNull());
    }
}
