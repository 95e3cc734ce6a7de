package dev.pilothouse.model.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ServerSideApplyTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-03-01T13:00:00Z");

    private static TypeSchema type(String name) {
        TypeSchema type = Schema.builtIn().type(name);
        assertTrue(type != null, name);
        return type;
    }

    private static final TypeSchema DEPLOYMENT = type("apps.v1.Deployment");
    private static final TypeSchema CONFIG_MAP = type("core.v1.ConfigMap");

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"'));
    }

    private static ObjectNode deployment(String spec) {
        return json(
                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web'},'spec':"
                        + spec
                        + "}");
    }

    private static ObjectNode configMap(String data) {
        return json(
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c'},'data':"
                        + data
                        + "}");
    }

    private static ObjectNode apply(
            @Nullable ObjectNode live, ObjectNode applied, TypeSchema type, String manager) {
        return apply(live, applied, type, manager, false);
    }

    private static ObjectNode apply(
            @Nullable ObjectNode live,
            ObjectNode applied,
            TypeSchema type,
            String manager,
            boolean force) {
        return ServerSideApply.apply(live, applied, type, manager, force, "", NOON).object();
    }

    private static String fieldsOf(ObjectNode object, String manager) {
        for (ObjectNode entry : Json.objects(object, "metadata", "managedFields")) {
            if (Json.text(entry, "manager").equals(manager)) {
                return Json.string(entry.get("fieldsV1"));
            }
        }
        return "";
    }

    @Test
    void ownsWhatItAppliesOnCreate() {
        ObjectNode result =
                apply(
                        null,
                        deployment(
                                "{'replicas':2,'template':{'spec':{'containers':[{'name':'a','image':'x'}]}}}"),
                        DEPLOYMENT,
                        "m");
        assertEquals(
                "{\"f:spec\":{\"f:replicas\":{},\"f:template\":{\"f:spec\":{\"f:containers\":{"
                        + "\"k:{\\\"name\\\":\\\"a\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{}}}}}}}",
                fieldsOf(result, "m"));
        ObjectNode entry = Json.objects(result, "metadata", "managedFields").getFirst();
        assertEquals("Apply", Json.text(entry, "operation"));
        assertEquals("2026-03-01T12:00:00Z", Json.text(entry, "time"));
    }

    @Test
    void removesWhatIsNoLongerAppliedButKeepsWhatOthersOwn() {
        ObjectNode first = apply(null, configMap("{'a':'1','b':'2','c':'3'}"), CONFIG_MAP, "m");
        ObjectNode shared = apply(first, configMap("{'b':'2'}"), CONFIG_MAP, "other");
        ObjectNode result = apply(shared, configMap("{'a':'1'}"), CONFIG_MAP, "m");
        assertEquals(json("{'a':'1','b':'2'}"), result.get("data"));
        assertEquals("{\"f:data\":{\"f:a\":{}}}", fieldsOf(result, "m"));
        assertEquals("{\"f:data\":{\"f:b\":{}}}", fieldsOf(result, "other"));
    }

    @Test
    void refusesToChangeWhatAnotherApplierOwns() {
        ObjectNode live = apply(null, deployment("{'replicas':2}"), DEPLOYMENT, "a");
        ApiException error =
                assertThrows(
                        ApiException.class,
                        () -> apply(live, deployment("{'replicas':3}"), DEPLOYMENT, "b"));
        assertEquals(StatusReason.CONFLICT, error.reason());
        assertEquals(409, error.status().code());
        assertEquals(
                "Apply failed with 1 conflict: conflict with \"a\": .spec.replicas",
                error.getMessage());
        var causes = error.status().details();
        assertTrue(causes != null);
        assertEquals("FieldManagerConflict", causes.causes().getFirst().reason());
        assertEquals(".spec.replicas", causes.causes().getFirst().field());
    }

    @Test
    void namesVersionAndSubresourceOfUpdaters() {
        ObjectNode live = apply(null, deployment("{'replicas':2,'paused':false}"), DEPLOYMENT, "a");
        ObjectNode scaled = live.deepCopy();
        scaled.withObject("spec").put("replicas", 5);
        ManagedFields.recordUpdate(live, scaled, DEPLOYMENT, "apps/v1", "hpa", "scale", LATER);
        assertEquals("{\"f:spec\":{\"f:replicas\":{}}}", fieldsOf(scaled, "hpa"));
        assertEquals("{\"f:spec\":{\"f:paused\":{}}}", fieldsOf(scaled, "a"));
        ApiException error =
                assertThrows(
                        ApiException.class,
                        () ->
                                apply(
                                        scaled,
                                        deployment("{'replicas':2,'paused':true}"),
                                        DEPLOYMENT,
                                        "b"));
        assertEquals(
                """
                Apply failed with 2 conflicts: conflicts with "a":
                - .spec.paused
                conflicts with "hpa" with subresource "scale" using apps/v1:
                - .spec.replicas\
                """,
                error.getMessage());
    }

    @Test
    void takesFieldsOverByForceAndSharesEqualValues() {
        ObjectNode live = apply(null, deployment("{'replicas':2,'paused':true}"), DEPLOYMENT, "a");
        ObjectNode forced =
                apply(live, deployment("{'replicas':3,'paused':true}"), DEPLOYMENT, "b", true);
        assertEquals("{\"f:spec\":{\"f:paused\":{}}}", fieldsOf(forced, "a"));
        assertEquals("{\"f:spec\":{\"f:paused\":{},\"f:replicas\":{}}}", fieldsOf(forced, "b"));
        assertEquals(3, forced.at("/spec/replicas").intValue());
    }

    @Test
    void mergesListsByKeyWithDefaultedKeys() {
        TypeSchema service = type("core.v1.Service");
        ObjectNode live =
                json(
                        "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'ports':[{'port':80,'protocol':'TCP','targetPort':80},{'port':53,'protocol':'UDP'}]}}");
        ManagedFields.recordUpdate(null, live, service, "v1", "u", "", NOON);
        ObjectNode applied =
                json(
                        "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'ports':[{'port':80,'name':'http'},{'port':443}]}}");
        ObjectNode result = apply(live, applied, service, "m");
        assertEquals(
                json(
                        "{'ports':[{'port':80,'protocol':'TCP','targetPort':80,'name':'http'},{'port':53,'protocol':'UDP'},{'port':443}]}"),
                result.get("spec"));
        assertTrue(
                fieldsOf(result, "m")
                        .contains("k:{\\\"port\\\":443,\\\"protocol\\\":\\\"TCP\\\"}"));
    }

    @Test
    void putsAppliedItemsInAppliedOrder() {
        ObjectNode live =
                apply(
                        null,
                        deployment(
                                "{'template':{'spec':{'containers':[{'name':'a'},{'name':'x'},{'name':'b'}]}}}"),
                        DEPLOYMENT,
                        "u");
        ObjectNode result =
                apply(
                        live,
                        deployment(
                                "{'template':{'spec':{'containers':[{'name':'b'},{'name':'a'}]}}}"),
                        DEPLOYMENT,
                        "m");
        List<String> names =
                Json.objects(result, "spec", "template", "spec", "containers").stream()
                        .map(container -> Json.text(container, "name"))
                        .toList();
        assertEquals(List.of("x", "b", "a"), names);
    }

    @Test
    void mergesSetsAndReplacesAtomicLists() {
        ObjectNode a = configMap("{}");
        a.withObject("metadata").set("finalizers", Json.parse("[\"x/a\",\"x/b\"]"));
        ObjectNode b = configMap("{}");
        b.withObject("metadata").set("finalizers", Json.parse("[\"x/c\"]"));
        ObjectNode both = apply(apply(null, a, CONFIG_MAP, "a"), b, CONFIG_MAP, "b");
        assertEquals(Json.parse("[\"x/a\",\"x/b\",\"x/c\"]"), both.at("/metadata/finalizers"));
        ObjectNode gone = apply(both, configMap("{}"), CONFIG_MAP, "a");
        assertEquals(Json.parse("[\"x/c\"]"), gone.at("/metadata/finalizers"));

        ObjectNode first =
                apply(null, deployment("{'selector':{'matchLabels':{'a':'1'}}}"), DEPLOYMENT, "a");
        ObjectNode second =
                apply(first, deployment("{'selector':{'matchLabels':{'b':'1'}}}"), DEPLOYMENT, "a");
        assertEquals(json("{'matchLabels':{'b':'1'}}"), second.at("/spec/selector"));
    }

    @Test
    void rejectsConfigurationsThatDoNotFitTheSchema() {
        assertRefused(
                "{'template':{'spec':{'containers':[{'name':'a'},{'name':'a'}]}}}",
                "failed to create typed patch object (/web; apps/v1, Kind=Deployment):"
                        + " .spec.template.spec.containers: duplicate entries for key [name=\"a\"]");
        assertRefused(
                "{'template':{'spec':{'tolerations':[{'key':'a'},{'kee':'b'}]}}}",
                "failed to create typed patch object (/web; apps/v1, Kind=Deployment):"
                        + " .spec.template.spec.tolerations[1].kee: field not declared in schema");
        assertRefused(
                "{'foo':1}",
                "failed to create typed patch object (/web; apps/v1, Kind=Deployment):"
                        + " .spec.foo: field not declared in schema");
        assertRefused(
                "{'template':{'spec':{'containers':[{'image':'a'}]}}}",
                "failed to create typed patch object (/web; apps/v1, Kind=Deployment):"
                        + " .spec.template.spec.containers: element 0: associative list with keys has"
                        + " an element that omits all key fields [\"name\"] (and doesn't have default"
                        + " values for any key fields)");
        ObjectNode managed = deployment("{}");
        managed.withObject("metadata").putArray("managedFields");
        ApiException error =
                assertThrows(ApiException.class, () -> apply(null, managed, DEPLOYMENT, "m"));
        assertEquals("metadata.managedFields must be nil", error.getMessage());
        ObjectNode beta = deployment("{}").put("apiVersion", "apps/v1beta1");
        assertThrows(ApiException.class, () -> apply(null, beta, DEPLOYMENT, "m"));
    }

    private static void assertRefused(String spec, String message) {
        ApiException error =
                assertThrows(
                        ApiException.class, () -> apply(null, deployment(spec), DEPLOYMENT, "m"));
        assertEquals(StatusReason.BAD_REQUEST, error.reason());
        assertEquals(message, error.getMessage());
    }

    @Test
    void givesUntrackedObjectsToThePast() {
        ObjectNode live = configMap("{'a':'1'}");
        ApiException error =
                assertThrows(
                        ApiException.class,
                        () -> apply(live, configMap("{'a':'2'}"), CONFIG_MAP, "m"));
        assertEquals(
                "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a",
                error.getMessage());
        ObjectNode result = apply(live, configMap("{'b':'2'}"), CONFIG_MAP, "m");
        assertEquals("{\"f:data\":{\".\":{},\"f:a\":{}}}", fieldsOf(result, "before-first-apply"));
    }

    @Test
    void letsKubectlTakeOverWhatItAppliedClientSide() {
        ObjectNode live = configMap("{'a':'1','b':'1'}");
        live.withObject("metadata")
                .putObject("annotations")
                .put(
                        "kubectl.kubernetes.io/last-applied-configuration",
                        Json.string(configMap("{'a':'1','b':'0'}")));
        ManagedFields.recordUpdate(
                null, live, CONFIG_MAP, "v1", "kubectl-client-side-apply", "", NOON);
        ObjectNode result = apply(live, configMap("{'a':'2'}"), CONFIG_MAP, "kubectl");
        assertEquals("2", result.at("/data/a").stringValue());
        assertEquals(
                configMap("{'a':'2'}"),
                Json.parse(
                        result.at("/metadata/annotations")
                                .get("kubectl.kubernetes.io/last-applied-configuration")
                                .stringValue()));
        assertThrows(
                ApiException.class,
                () -> apply(live, configMap("{'b':'2'}"), CONFIG_MAP, "kubectl"));
        assertThrows(
                ApiException.class, () -> apply(live, configMap("{'a':'2'}"), CONFIG_MAP, "x"));
    }

    @Test
    void treatsContentWithoutSchemaAsMaps() {
        TypeSchema free =
                new TypeSchema(
                        "Free", java.util.Map.of(), null, List.of(), false, true, null, null);
        ObjectNode a =
                json("{'apiVersion':'x/v1','kind':'F','spec':{'m':{'a':1},'l':[1,{'x':2}]}}");
        ObjectNode b = json("{'apiVersion':'x/v1','kind':'F','spec':{'m':{'b':1}}}");
        ObjectNode both = apply(apply(null, a, free, "a"), b, free, "b");
        assertEquals(json("{'m':{'a':1,'b':1},'l':[1,{'x':2}]}"), both.get("spec"));
        assertEquals(
                "{\"f:spec\":{\".\":{},\"f:l\":{},\"f:m\":{\".\":{},\"f:a\":{}}}}",
                fieldsOf(both, "a"));
    }

    @Test
    void changesNothingWhenAppliedAgainLater() {
        ObjectNode applied =
                deployment("{'replicas':2,'template':{'spec':{'containers':[{'name':'a'}]}}}");
        ObjectNode first = apply(null, applied, DEPLOYMENT, "m");
        ObjectNode again =
                ServerSideApply.apply(first, applied, DEPLOYMENT, "m", false, "", LATER).object();
        assertEquals(first, again);
    }

    @Test
    void randomAppliesAreIdempotentAndLeaveNothingBehind() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            ObjectNode big = randomDeployment(random);
            ObjectNode small = randomDeployment(random);
            ObjectNode first = apply(null, big, DEPLOYMENT, "m");
            assertEquals(first, apply(first, big, DEPLOYMENT, "m"));
            ObjectNode second = apply(first, small, DEPLOYMENT, "m");
            ObjectNode alone = apply(null, small, DEPLOYMENT, "m");
            assertEquals(fieldsOf(alone, "m"), fieldsOf(second, "m"));
            assertEquals(
                    FieldSet.of(strip(alone), DEPLOYMENT), FieldSet.of(strip(second), DEPLOYMENT));
        }
    }

    private static ObjectNode strip(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.withObject("metadata").remove("managedFields");
        return copy;
    }

    private static ObjectNode randomDeployment(Random random) {
        ObjectNode object = deployment("{'replicas':1}");
        for (String label : List.of("a", "b", "c")) {
            if (random.nextBoolean()) {
                Json.child(object.withObject("metadata"), "labels").put(label, "v");
            }
        }
        ObjectNode pod = Json.child(Json.child(object.withObject("spec"), "template"), "spec");
        for (String name : List.of("x", "y", "z")) {
            if (random.nextBoolean()) {
                if (!pod.has("containers")) {
                    pod.putArray("containers");
                }
                ObjectNode container = pod.withArray("containers").addObject().put("name", name);
                if (random.nextBoolean()) {
                    container.putArray("env").addObject().put("name", "E").put("value", "1");
                }
                if (random.nextBoolean()) {
                    container.putObject("securityContext").put("privileged", false);
                }
            }
        }
        return object;
    }

    @Test
    void mergesPartsOfAnAtomicTypeWhereAFieldSaysSo() {
        TypeSchema volume = type("core.v1.PersistentVolume");
        String head = "{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'v'},";
        ObjectNode a = json(head + "'spec':{'claimRef':{'name':'c'}}}");
        ObjectNode b = json(head + "'spec':{'claimRef':{'uid':'u'}}}");
        ObjectNode both = apply(apply(null, a, volume, "a"), b, volume, "b");
        assertEquals(json("{'name':'c','uid':'u'}"), both.at("/spec/claimRef"));
    }

    @Test
    void removalByTheLastOwnerOfAListItemTakesTheItemAway() {
        ObjectNode both =
                apply(
                        null,
                        deployment(
                                "{'template':{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'1'}]}}}"),
                        DEPLOYMENT,
                        "m");
        ObjectNode updated = both.deepCopy();
        ((ObjectNode) updated.at("/spec/template/spec/containers/1")).put("tty", true);
        ManagedFields.recordUpdate(both, updated, DEPLOYMENT, "apps/v1", "u", "", LATER);
        ObjectNode result =
                apply(
                        updated,
                        deployment(
                                "{'template':{'spec':{'containers':[{'name':'a','image':'1'}]}}}"),
                        DEPLOYMENT,
                        "m");
        assertEquals(
                Json.parse("[{\"name\":\"a\",\"image\":\"1\"}]"),
                result.at("/spec/template/spec/containers"));
        assertEquals("", fieldsOf(result, "u"));
    }

    @Test
    void neitherInputIsModified() {
        ObjectNode live = apply(null, configMap("{'a':'1'}"), CONFIG_MAP, "m");
        ObjectNode applied = configMap("{'b':'1'}");
        ObjectNode liveBefore = live.deepCopy();
        ObjectNode appliedBefore = applied.deepCopy();
        apply(live, applied, CONFIG_MAP, "m");
        assertEquals(liveBefore, live);
        assertEquals(appliedBefore, applied);
    }

    @Test
    void dropsNullsOfTypedObjects() {
        ObjectNode live = apply(null, deployment("{'replicas':2}"), DEPLOYMENT, "m");
        ObjectNode result = apply(live, deployment("{'replicas':null}"), DEPLOYMENT, "m");
        assertFalse(result.get("spec").has("replicas"));
        assertNull(Json.at(result, "spec", "replicas"));
    }
}
