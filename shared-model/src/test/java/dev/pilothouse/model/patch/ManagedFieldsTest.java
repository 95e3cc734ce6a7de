package dev.pilothouse.model.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ManagedFieldsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.9Z");
    private static final Instant LATER = Instant.parse("2026-03-01T13:00:00Z");
    private static final TypeSchema POD =
            Objects.requireNonNull(Schema.builtIn().type("core.v1.Pod"));

    private static ObjectNode pod() {
        return Json.parseObject(
                """
                {"apiVersion":"v1","kind":"Pod",
                 "metadata":{"name":"p","namespace":"n","uid":"1","labels":{"app":"a"}},
                 "spec":{"containers":[{"name":"c","image":"i","ports":[{"containerPort":80,"protocol":"TCP"}],
                   "resources":{}}],"volumes":[{"name":"v","emptyDir":{}}],"securityContext":{}},
                 "status":{}}
                """);
    }

    private static void update(
            @Nullable ObjectNode live,
            ObjectNode updated,
            String manager,
            String sub,
            Instant now) {
        ManagedFields.recordUpdate(live, updated, POD, "v1", manager, sub, now);
    }

    private static ObjectNode created() {
        ObjectNode pod = pod();
        update(null, pod, "kubectl", "", NOON);
        return pod;
    }

    private static List<ObjectNode> entries(ObjectNode object) {
        return Json.objects(object, "metadata", "managedFields");
    }

    private static JsonNode fields(ObjectNode object, String manager) {
        return entries(object).stream()
                .filter(entry -> Json.text(entry, "manager").equals(manager))
                .findFirst()
                .orElseThrow()
                .get("fieldsV1");
    }

    @Test
    void ownsAllOnCreateInKubernetesForm() {
        ObjectNode entry = entries(created()).getFirst();
        assertEquals(
                "{\"manager\":\"kubectl\",\"operation\":\"Update\",\"apiVersion\":\"v1\","
                        + "\"time\":\"2026-03-01T12:00:00Z\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{"
                        + "\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":{}}},"
                        + "\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"c\\\"}\":{\".\":{},"
                        + "\"f:image\":{},\"f:name\":{},\"f:ports\":{\".\":{},"
                        + "\"k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},"
                        + "\"f:containerPort\":{},\"f:protocol\":{}}},\"f:resources\":{}}},"
                        + "\"f:securityContext\":{},\"f:volumes\":{\".\":{},"
                        + "\"k:{\\\"name\\\":\\\"v\\\"}\":{\".\":{},\"f:emptyDir\":{},\"f:name\":{}}}}}}",
                Json.string(entry));
    }

    @Test
    void movesOwnershipOfChangedFields() {
        ObjectNode live = created();
        ObjectNode updated = live.deepCopy();
        ((ObjectNode) updated.at("/spec/containers/0")).put("image", "j");
        updated.withObject("metadata").remove("labels");
        update(live, updated, "edit", "", LATER);
        assertEquals(
                Json.parse(
                        "{\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"c\\\"}\":{\"f:image\":{}}}}}"),
                fields(updated, "edit"));
        FieldSet rest = FieldSet.fromFieldsV1(fields(updated, "kubectl"));
        assertFalse(rest.paths().contains(".metadata.labels"));
        assertFalse(rest.paths().contains(".spec.containers[name=\"c\"].image"));
        assertTrue(rest.paths().contains(".spec.containers[name=\"c\"].name"));
        assertEquals("2026-03-01T12:00:00Z", Json.text(entries(updated).getFirst(), "time"));
    }

    @Test
    void keepsEntriesAsTheyAreWhenNothingChanges() {
        ObjectNode live = created();
        ObjectNode updated = live.deepCopy();
        updated.withObject("metadata").put("resourceVersion", "9").put("generation", 2);
        ((ObjectNode) updated.at("/metadata/managedFields/0")).put("time", "2030-01-01T00:00:00Z");
        update(live, updated, "kubectl", "", LATER);
        assertEquals(live.at("/metadata/managedFields"), updated.at("/metadata/managedFields"));
    }

    @Test
    void tracksStatusAsAnEntryOfItsOwn() {
        ObjectNode live = created();
        ObjectNode updated = live.deepCopy();
        updated.withObject("status").put("phase", "Running");
        updated.withObject("metadata").remove("managedFields");
        update(live, updated, "kubelet", "status", LATER);
        assertEquals(2, entries(updated).size());
        ObjectNode entry = entries(updated).getLast();
        assertEquals("status", Json.text(entry, "subresource"));
        assertEquals(Json.parse("{\"f:status\":{\"f:phase\":{}}}"), entry.get("fieldsV1"));

        ObjectNode again = updated.deepCopy();
        again.withObject("status").put("phase", "Failed");
        again.withObject("metadata").putArray("managedFields");
        update(updated, again, "kubelet", "status", LATER.plusSeconds(5));
        assertEquals(2, entries(again).size());
        assertEquals("2026-03-01T13:00:05Z", Json.text(entries(again).getLast(), "time"));
    }

    @Test
    void dropsAnEntryThatLostAllItsFields() {
        ObjectNode live = created();
        ObjectNode updated = live.deepCopy();
        updated.withObject("status").put("phase", "Running");
        update(live, updated, "a", "status", LATER);
        ObjectNode taken = updated.deepCopy();
        taken.withObject("status").put("phase", "Failed");
        update(updated, taken, "b", "status", LATER);
        assertTrue(entries(taken).stream().noneMatch(e -> Json.text(e, "manager").equals("a")));
    }

    @Test
    void clientsMayResetOrReplaceTheList() {
        ObjectNode live = created();
        ObjectNode reset = live.deepCopy();
        reset.withObject("metadata").set("managedFields", Json.parse("[{}]"));
        update(live, reset, "x", "", LATER);
        assertFalse(reset.get("metadata").has("managedFields"));

        ObjectNode migrated = live.deepCopy();
        ((ObjectNode) migrated.at("/metadata/managedFields/0")).put("operation", "Apply");
        update(live, migrated, "x", "", LATER);
        assertEquals("Apply", Json.text(entries(migrated).getFirst(), "operation"));

        ObjectNode broken = live.deepCopy();
        ((ObjectNode) broken.at("/metadata/managedFields/0")).put("operation", "Nonsense");
        update(live, broken, "x", "", LATER);
        assertEquals(live.at("/metadata/managedFields"), broken.at("/metadata/managedFields"));
    }

    @Test
    void foldsTheOldestUpdatersIntoOne() {
        ObjectNode live = created();
        for (int i = 0; i < 15; i++) {
            ObjectNode updated = live.deepCopy();
            updated.withObject("metadata").withObject("labels").put("l" + i, "v");
            update(live, updated, "m" + i, "", LATER.plusSeconds(i));
            live = updated;
        }
        assertEquals(10, entries(live).size());
        assertNotNull(fields(live, "ancient-changes"));
        FieldSet all = FieldSet.empty();
        for (ObjectNode entry : entries(live)) {
            all = all.union(FieldSet.fromFieldsV1(entry.get("fieldsV1")));
        }
        for (int i = 0; i < 15; i++) {
            assertTrue(all.paths().contains(".metadata.labels.l" + i));
        }
    }

    @Test
    void structuresOfCustomResourcesHaveOwners() {
        TypeSchema free =
                new TypeSchema("F", java.util.Map.of(), null, List.of(), false, true, null, null);
        ObjectNode object =
                Json.parseObject("{\"spec\":{\"size\":1},\"metadata\":{\"name\":\"n\"}}");
        ManagedFields.recordUpdate(null, object, free, "x/v1", "m", "", NOON);
        assertEquals(Json.parse("{\"f:spec\":{\".\":{},\"f:size\":{}}}"), fields(object, "m"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "{\"x\":{}}",
                "{\"\":{}}",
                "{\"f:a\":1}",
                "{\"k:\":{}}",
                "{\"k:[1]\":{}}",
                "{\"k:{\":{}}",
                "{\"v:\":{}}",
                "{\"v:{\":{}}",
                "{\"i:x\":{}}"
            })
    void refusesMalformedFieldSets(String wire) {
        assertEquals(
                StatusReason.BAD_REQUEST,
                assertThrows(ApiException.class, () -> FieldSet.fromFieldsV1(Json.parse(wire)))
                        .reason());
    }

    @Test
    void fieldSetsSurviveTheRoundTrip() {
        JsonNode wire = fields(created(), "kubectl");
        FieldSet set = FieldSet.fromFieldsV1(wire);
        assertEquals(Json.string(wire), Json.string(set.toFieldsV1()));
        JsonNode mixed =
                Json.parse(
                        "{\"f:a\":{\"k:{\\\"port\\\":80}\":{\".\":{}},\"k:{\\\"port\\\":443}\":{\".\":{}},\"v:\\\"x\\\"\":{},\"i:2\":{}}}");
        FieldSet other = FieldSet.fromFieldsV1(mixed);
        assertEquals(List.of(".a[port=80]", ".a[port=443]", ".a[=\"x\"]", ".a[2]"), other.paths());
        assertTrue(set.union(other).contains(set));
        assertEquals(set, set.union(other).difference(other));
        assertEquals(other, set.union(other).intersection(other));
        assertTrue(set.difference(set.union(other)).isEmpty());
    }
}
