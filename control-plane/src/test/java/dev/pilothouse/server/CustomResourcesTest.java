package dev.pilothouse.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.ApiClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class CustomResourcesTest {

    private static final String DEFINITIONS =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String SUBRESOURCES =
            "'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.replicas',"
                    + "'statusReplicasPath':'.status.replicas','labelSelectorPath':'.status.selector'}},";
    private static final String SCHEMA =
            "'schema':{'openAPIV3Schema':{'type':'object','required':['spec'],'properties':{"
                    + "'spec':{'type':'object','description':'What is wanted.','required':['size'],'properties':{"
                    + "'size':{'type':'string','pattern':'^[0-9]+Gi$'},"
                    + "'engine':{'type':'string','enum':['postgres','mysql'],'default':'postgres'},"
                    + "'replicas':{'type':'integer','minimum':1,'maximum':9,'default':1},"
                    + "'port':{'x-kubernetes-int-or-string':true},"
                    + "'tags':{'type':'array','x-kubernetes-list-type':'set','maxItems':3,'items':{'type':'string'}}}},"
                    + "'status':{'type':'object','properties':{'phase':{'type':'string'},"
                    + "'replicas':{'type':'integer'},'selector':{'type':'string'}}}}}}";

    @TempDir private static Path directory;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        api = ApiClient.start(directory);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String version(String name, boolean storage, String subresources) {
        return "{'name':'%s','served':true,'storage':%s,%s%s}"
                .formatted(name, storage, subresources, SCHEMA);
    }

    private static String definition(String plural, String kind, String... versions) {
        return ("{'metadata':{'name':'%s.example.com'},'spec':{'group':'example.com','scope':'Namespaced',"
                        + "'names':{'plural':'%s','kind':'%s','shortNames':['%s']},'versions':[%s]}}")
                .formatted(
                        plural, plural, kind, plural.substring(0, 3), String.join(",", versions));
    }

    private static String define(String plural, String kind, String... versions) throws Exception {
        Answer created = api.post(DEFINITIONS, definition(plural, kind, versions));
        assertEquals(201, created.code(), created.body()::toString);
        return "/apis/example.com/v1/namespaces/default/" + plural;
    }

    private static String object(String name, String spec) {
        return "{'metadata':{'name':'" + name + "'},'spec':" + spec + "}";
    }

    private static List<String> conditions(Answer definition) {
        return Json.objects(definition.body(), "status", "conditions").stream()
                .map(condition ->
                        Json.text(condition, "type")
                                + " "
                                + Json.text(condition, "status")
                                + " "
                                + Json.text(condition, "reason"))
                .toList();
    }

    @Test
    void objectsAreServedFromTheAnswerToTheDefinitionOn() throws Exception {
        String path = define("alphas", "Alpha", version("v1", true, SUBRESOURCES));
        Answer created = api.post(path, object("a", "{'size':'1Gi'}"));
        assertEquals(201, created.code());
        assertEquals("example.com/v1", created.text("apiVersion"));
        assertEquals("postgres", created.text("spec", "engine"));
        assertEquals(1, created.at("metadata", "generation").asInt());
        Answer definition = api.get(DEFINITIONS + "/alphas.example.com");
        assertEquals(
                List.of("NamesAccepted True NoConflicts", "Established True InitialNamesAccepted"),
                conditions(definition));
        assertEquals("AlphaList", definition.text("status", "acceptedNames", "listKind"));
        assertEquals("[\"v1\"]", Json.string(definition.at("status", "storedVersions")));
        String names = Json.string(api.get("/apis/example.com/v1").body());
        assertTrue(names.contains("alphas/scale") && names.contains("alphas/status"), names);
        String openApi = Json.string(api.get("/openapi/v3/apis/example.com/v1").body());
        assertTrue(openApi.contains("What is wanted."), "descriptions are published");
    }

    @Test
    void documentsOfTheApiDesignWork() throws Exception {
        String body =
                "{'metadata':{'name':'plains.example.com'},'spec':{'group':'example.com','versions':[{'name':'v1',"
                        + "'served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':"
                        + "{'type':'object','properties':{'size':{'type':'string'},'version':{'type':'string'}}}}}}}],"
                        + "'scope':'Namespaced','names':{'plural':'plains','singular':'plain','kind':'Plain'}}}";
        Answer defined = api.post("/apis/apiextensions.k8s.io/customresourcedefinitions", body);
        assertEquals(201, defined.code(), defined.body()::toString);
        Answer created =
                api.post(
                        "/apis/example.com/v1/namespaces/default/plains",
                        "{'apiVersion':'example.com/v1','kind':'Plain','metadata':{'name':'my-db'},"
                                + "'spec':{'size':'10Gi','version':'14.5'}}");
        assertEquals(201, created.code(), created.body()::toString);
    }

    @Test
    void statusAndSpecHaveTheirOwnWrites() throws Exception {
        String path = define("betas", "Beta", version("v1", true, SUBRESOURCES));
        Answer created =
                api.post(
                        path,
                        "{'metadata':{'name':'b'},'spec':{'size':'1Gi'},'status':{'phase':'Lies'}}");
        assertEquals("", created.text("status", "phase"));
        api.merge(path + "/b", "{'status':{'phase':'Lies'},'spec':{'replicas':2}}");
        Answer status =
                api.merge(
                        path + "/b/status",
                        "{'status':{'phase':'Up','selector':'a=b'},'spec':{'replicas':7},"
                                + "'metadata':{'labels':{'x':'y'}}}");
        assertEquals(200, status.code(), status.body()::toString);
        assertEquals("Up", status.text("status", "phase"));
        assertEquals(2, status.at("spec", "replicas").asInt());
        assertTrue(status.at("metadata", "labels").isEmpty(), "labels stay");
        assertEquals(2, status.at("metadata", "generation").asInt());
        Answer scaled = api.merge(path + "/b/scale", "{'spec':{'replicas':5}}");
        assertEquals(5, scaled.at("spec", "replicas").asInt());
        assertEquals("a=b", scaled.text("status", "selector"));
        assertEquals(3, api.get(path + "/b").at("metadata", "generation").asInt());
        Answer tooFar = api.merge(path + "/b/scale", "{'spec':{'replicas':50}}");
        assertEquals(422, tooFar.code());
    }

    @Test
    void withoutSubresourcesTheStatusIsAFieldLikeAnyOther() throws Exception {
        String path = define("gammas", "Gamma", version("v1", true, ""));
        Answer created =
                api.post(
                        path,
                        "{'metadata':{'name':'g'},'spec':{'size':'1Gi'},'status':{'phase':'New'}}");
        assertEquals("New", created.text("status", "phase"));
        Answer changed = api.merge(path + "/g", "{'status':{'phase':'Old'}}");
        assertEquals(2, changed.at("metadata", "generation").asInt());
        assertEquals(404, api.get(path + "/g/status").code());
        assertEquals(404, api.get(path + "/g/scale").code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'size':5}                                | spec.size: Invalid value: "integer": spec.size in body must be of type string: "integer"
                    {'size':'1'}                              | spec.size: Invalid value: "1": spec.size in body should match '^[0-9]+Gi$'
                    {}                                        | spec.size: Required value
                    {'size':null}                             | spec.size: Required value
                    {'size':'1Gi','engine':'oracle'}          | spec.engine: Unsupported value: "oracle": supported values: "postgres", "mysql"
                    {'size':'1Gi','replicas':0}               | spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1
                    {'size':'1Gi','replicas':'2'}             | spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string"
                    {'size':'1Gi','port':1.5}                 | spec.port: Invalid value: "number": spec.port in body must be of type integer,string: "number"
                    {'size':'1Gi','tags':['a','a']}           | spec.tags[1]: Duplicate value: "a"
                    {'size':'1Gi','tags':['a','b','c','d']}   | spec.tags: Too many: 4: must have at most 3 items
                    []                                        | spec: Invalid value: "array": spec in body must be of type object: "array"
                    """)
    void badObjectsAreRefusedByField(String spec, String message) throws Exception {
        String path = "/apis/example.com/v1/namespaces/default/deltas";
        if (api.get(DEFINITIONS + "/deltas.example.com").code() == 404) {
            define("deltas", "Delta", version("v1", true, SUBRESOURCES));
        }
        Answer refused = api.post(path, object("d", spec));
        assertEquals(422, refused.code(), refused.body()::toString);
        assertEquals("Delta.example.com \"d\" is invalid: " + message, refused.text("message"));
    }

    @Test
    void unknownFieldsAreDroppedWarnedAboutOrRefused() throws Exception {
        String path = define("epsilons", "Epsilon", version("v1", true, SUBRESOURCES));
        String body = "{'metadata':{'name':'e','bogus':1},'spec':{'size':'1Gi','foo':1}}";
        Answer strict = api.post(path + "?fieldValidation=Strict", body);
        assertEquals(400, strict.code());
        assertTrue(
                strict.text("message")
                        .endsWith(
                                "strict decoding error: unknown field \"metadata.bogus\", unknown field \"spec.foo\""),
                strict.text("message"));
        Answer warned = api.post(path, body);
        assertEquals(201, warned.code());
        assertFalse(warned.at("spec").has("foo"));
        assertTrue(warned.warnings().toString().contains("spec.foo"), warned.warnings()::toString);
    }

    @Test
    void formsThatCustomResourcesDoNotHaveAreRefused() throws Exception {
        String path = define("zetas", "Zeta", version("v1", true, SUBRESOURCES));
        assertEquals(
                415, api.send("POST", path, "application/vnd.kubernetes.protobuf", "k8s").code());
        api.post(path, object("z", "{'size':'1Gi'}"));
        assertEquals(
                415,
                api.send("PATCH", path + "/z", "application/strategic-merge-patch+json", "{}")
                        .code());
        Answer blind = api.put(path + "/z", object("z", "{'size':'2Gi'}"));
        assertEquals(422, blind.code());
        assertTrue(
                blind.text("message")
                        .endsWith(
                                "metadata.resourceVersion: Invalid value: 0: must be specified for an update"));
        assertEquals(404, api.put(path + "/no", object("no", "{'size':'2Gi'}")).code());
        assertEquals(422, api.post(path, object("Not_A_Name", "{'size':'2Gi'}")).code());
    }

    @Test
    void applyOwnsWhatItSaysAndNotTheDefaults() throws Exception {
        String path = define("etas", "Eta", version("v1", true, SUBRESOURCES));
        String apply =
                "{'apiVersion':'example.com/v1','kind':'Eta','metadata':{'name':'e'},'spec':";
        Answer first =
                api.send(
                        "PATCH",
                        path + "/e?fieldManager=one",
                        "application/apply-patch+yaml",
                        apply + "{'size':'1Gi','tags':['a']}}");
        assertEquals(201, first.code(), first.body()::toString);
        assertEquals("postgres", first.text("spec", "engine"));
        Answer second =
                api.send(
                        "PATCH",
                        path + "/e?fieldManager=two",
                        "application/apply-patch+yaml",
                        apply + "{'engine':'mysql','tags':['b']}}");
        assertEquals(200, second.code(), second.body()::toString);
        assertEquals("[\"a\",\"b\"]", Json.string(second.at("spec", "tags")));
        Answer conflict =
                api.send(
                        "PATCH",
                        path + "/e?fieldManager=two",
                        "application/apply-patch+yaml",
                        apply + "{'size':'2Gi'}}");
        assertEquals(409, conflict.code());
    }

    @Test
    void appliedStatusIsNobodysUnlessItGoesToTheSubresource() throws Exception {
        String path = define("nus", "Nuu", version("v1", true, SUBRESOURCES));
        String apply =
                "{'apiVersion':'example.com/v1','kind':'Nuu','metadata':{'name':'n'},"
                        + "'spec':{'size':'1Gi'},'status':{'phase':'Up'}}";
        String owner = "?fieldManager=one";
        Answer main = api.send("PATCH", path + "/n" + owner, "application/apply-patch+yaml", apply);
        assertEquals(201, main.code(), main.body()::toString);
        assertFalse(Json.string(main.at("metadata", "managedFields")).contains("f:status"));
        Answer status =
                api.send(
                        "PATCH", path + "/n/status" + owner, "application/apply-patch+yaml", apply);
        assertEquals("Up", status.text("status", "phase"));
        assertEquals(2, status.at("metadata", "managedFields").size());
    }

    @Test
    void namesBelongToTheFirstAndPassOnWhenFreed() throws Exception {
        define("thetas", "Theta", version("v1", true, ""));
        api.post(DEFINITIONS, definition("theories", "Theta", version("v1", true, "")));
        assertEquals(
                List.of("NamesAccepted False ListKindConflict", "Established False NotAccepted"),
                conditions(api.get(DEFINITIONS + "/theories.example.com")));
        String path = "/apis/example.com/v1/namespaces/default/theories";
        assertEquals(404, api.get(path).code());
        assertEquals(200, api.delete(DEFINITIONS + "/thetas.example.com").code());
        awaitGone(DEFINITIONS + "/thetas.example.com");
        // Its controller hears of the freed names a moment later.
        await().atMost(Duration.ofSeconds(60)).until(() -> api.get(path).code() == 200);
        assertEquals(404, api.get("/apis/example.com/v1/namespaces/default/thetas").code());
    }

    @Test
    void objectsStayReadableWhenTheStorageVersionChanges() throws Exception {
        String old =
                define(
                        "iotas",
                        "Iota",
                        version("v1", true, SUBRESOURCES),
                        version("v2", false, SUBRESOURCES));
        String young = old.replace("/v1/", "/v2/");
        api.post(old, object("i", "{'size':'1Gi'}"));
        assertEquals("example.com/v2", api.get(young + "/i").text("apiVersion"));
        Answer changed =
                api.merge(
                        DEFINITIONS + "/iotas.example.com",
                        "{'spec':{'versions':["
                                + version("v1", false, SUBRESOURCES)
                                + ","
                                + version("v2", true, SUBRESOURCES)
                                + "]}}");
        assertEquals(200, changed.code(), changed.body()::toString);
        assertEquals("[\"v1\",\"v2\"]", Json.string(changed.at("status", "storedVersions")));
        assertEquals("example.com/v1", api.get(old + "/i").text("apiVersion"));
        assertEquals("example.com/v2", api.get(young + "/i").text("apiVersion"));
        assertTrue(
                Json.string(api.get(young).body())
                                .contains("\"apiVersion\":\"example.com/v2\",\"metadata\":{\"res")
                        || Json.objects(api.get(young).body(), "items").stream()
                                .allMatch(item ->
                                        Json.text(item, "apiVersion").equals("example.com/v2")));
        assertEquals(200, api.merge(young + "/i", "{'spec':{'replicas':3}}").code());
        assertEquals(3, api.get(old + "/i").at("spec", "replicas").asInt());
    }

    @Test
    void objectsShowDefaultsAndDropFieldsThatCameAndWentLater() throws Exception {
        String path = define("kappas", "Kappa", version("v1", true, ""));
        api.post(path, object("k", "{'size':'1Gi','engine':'mysql'}"));
        String changed =
                version("v1", true, "")
                        .replace(
                                "'engine':{'type':'string','enum':['postgres','mysql'],'default':'postgres'}",
                                "'colour':{'type':'string','default':'red'}");
        api.merge(DEFINITIONS + "/kappas.example.com", "{'spec':{'versions':[" + changed + "]}}");
        for (ObjectNode seen :
                List.of(
                        api.get(path + "/k").body(),
                        Json.objects(api.get(path).body(), "items").getFirst(),
                        Json.parseObject(
                                api.watch(
                                                path
                                                        + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                                                        + "&allowWatchBookmarks=true&timeoutSeconds=20")
                                        .findFirst()
                                        .orElseThrow()))) {
            ObjectNode object = Json.objectAt(seen, "object");
            ObjectNode spec = Json.objectAt(object == null ? seen : object, "spec");
            assertEquals("red", Json.text(spec, "colour"), seen::toString);
            assertFalse(spec.has("engine"), seen::toString);
        }
    }

    @Test
    void watchesEndWhenTheirDefinitionChangesOrGoes() throws Exception {
        String path = define("mus", "Mu", version("v1", true, ""), version("v2", false, ""));
        api.post(path, object("m", "{'size':'1Gi'}"));
        Stream<String> second =
                api.watch(path.replace("/v1/", "/v2/") + "?watch=1&timeoutSeconds=600");
        api.merge(
                DEFINITIONS + "/mus.example.com",
                "{'spec':{'versions':["
                        + version("v1", true, "")
                        + ","
                        + version("v2", false, "").replace("'served':true", "'served':false")
                        + "]}}");
        assertTimeoutPreemptively(Duration.ofSeconds(60), second::toList);
        assertEquals(404, api.get(path.replace("/v1/", "/v2/")).code());
        Stream<String> first = api.watch(path + "?watch=1&timeoutSeconds=600");
        api.delete(DEFINITIONS + "/mus.example.com");
        List<String> lines = assertTimeoutPreemptively(Duration.ofSeconds(60), first::toList);
        assertTrue(lines.getLast().startsWith("{\"type\":\"DELETED\""), lines::toString);
    }

    @Test
    void rulesInCelAreCheckedWhereverTheyStand() throws Exception {
        String rules =
                "'x-kubernetes-validations':[{'rule':'self.replicas <= 5','reason':'FieldValueForbidden',"
                        + "'fieldPath':'.replicas','messageExpression':'\\u0027no more than 5, not \\u0027 +"
                        + " string(self.replicas)'},{'rule':'!has(oldSelf.port) || self.port == oldSelf.port',"
                        + "'message':'port is immutable'}],";
        String path =
                define(
                        "pis",
                        "Pi",
                        version("v1", true, SUBRESOURCES)
                                .replace("'description':'What is wanted.',", rules));
        Answer refused = api.post(path, object("n", "{'size':'1Gi','replicas':7}"));
        assertEquals(422, refused.code(), refused.body()::toString);
        assertEquals(
                "Pi.example.com \"n\" is invalid: spec.replicas: Forbidden: no more than 5, not 7",
                refused.text("message"));
        ObjectNode cause = Json.objects(refused.body(), "details", "causes").getFirst();
        assertEquals("FieldValueForbidden", Json.text(cause, "reason"));
        assertEquals("spec.replicas", Json.text(cause, "field"));
        assertEquals(201, api.post(path, object("n", "{'size':'1Gi','port':80}")).code());
        Answer moved = api.merge(path + "/n", "{'spec':{'port':81}}");
        assertEquals(422, moved.code());
        assertEquals(
                "Pi.example.com \"n\" is invalid: spec: Invalid value: \"object\": port is immutable",
                moved.text("message"));
        assertEquals(200, api.merge(path + "/n", "{'spec':{'replicas':4}}").code());
        Answer tooMany =
                api.send(
                        "PATCH",
                        path + "/n/scale",
                        "application/merge-patch+json",
                        "{'spec':{'replicas':6}}");
        assertEquals(422, tooMany.code(), tooMany.body()::toString);
    }

    @Test
    void definitionsWhoseRulesDoNotCompileAreRefused() throws Exception {
        Answer refused =
                api.post(
                        DEFINITIONS,
                        definition(
                                "xis",
                                "Xi",
                                version("v1", true, "")
                                        .replace(
                                                "'description':'What is wanted.',",
                                                "'x-kubernetes-validations':[{'rule':'self.nosuch > 1'}],")));
        assertEquals(422, refused.code());
        assertTrue(
                refused.text("message")
                        .contains(
                                "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule:"
                                        + " Invalid value:"),
                refused.text("message"));
        assertTrue(
                refused.text("message")
                        .contains(
                                "compilation failed: ERROR: <input>:1:5: undefined field 'nosuch'"),
                refused.text("message"));
    }

    @Test
    void whatWasInvalidBeforeMayStayUntilItChanges() throws Exception {
        String path = define("omicrons", "Omicron", version("v1", true, ""));
        api.post(path, object("o", "{'size':'1Gi','replicas':8}"));
        api.merge(
                DEFINITIONS + "/omicrons.example.com",
                "{'spec':{'versions':["
                        + version("v1", true, "").replace("'maximum':9", "'maximum':3")
                        + "]}}");
        assertEquals(200, api.merge(path + "/o", "{'spec':{'size':'2Gi'}}").code());
        assertEquals(422, api.merge(path + "/o", "{'spec':{'replicas':7}}").code());
        assertEquals(422, api.post(path, object("p", "{'size':'1Gi','replicas':8}")).code());
    }

    @Test
    void deletionWaitsForFinalizersOfInstances() throws Exception {
        String path = define("lambdas", "Lambda", version("v1", true, ""));
        api.post(path, object("free", "{'size':'1Gi'}"));
        api.post(
                path,
                "{'metadata':{'name':'held','finalizers':['example.com/hold']},'spec':{'size':'1Gi'}}");
        Answer deleted = api.delete(DEFINITIONS + "/lambdas.example.com");
        assertEquals(200, deleted.code());
        awaitGone(path + "/free");
        Answer refused = api.post(path, object("late", "{'size':'1Gi'}"));
        assertEquals(405, refused.code());
        assertEquals(
                "create not allowed while custom resource definition is terminating",
                refused.text("message"));
        Answer definition = api.get(DEFINITIONS + "/lambdas.example.com");
        assertTrue(
                conditions(definition).contains("Terminating True InstanceDeletionInProgress"),
                definition.body()::toString);
        assertEquals(200, api.merge(path + "/held", "{'metadata':{'finalizers':null}}").code());
        awaitGone(DEFINITIONS + "/lambdas.example.com");
        // It is served no more a moment after it is gone.
        await().atMost(Duration.ofSeconds(60)).until(() -> api.get(path).code() == 404);
        assertFalse(Json.string(api.get("/apis/example.com/v1").body()).contains("lambdas"));
    }

    @Test
    void dryRunsDefineNothing() throws Exception {
        Answer dry =
                api.post(
                        DEFINITIONS + "?dryRun=All",
                        definition("muons", "Muon", version("v1", true, "")));
        assertEquals(201, dry.code());
        assertEquals(404, api.get("/apis/example.com/v1/muons").code());
    }

    @Test
    void groupsOfTheCommunityNeedApproval() throws Exception {
        String body =
                definition("nodelets", "Nodelet", version("v1", true, ""))
                        .replace("example.com", "things.k8s.io");
        Answer refused = api.post(DEFINITIONS, body);
        assertEquals(422, refused.code());
        assertTrue(refused.text("message").contains("api-approved.kubernetes.io"));
    }

    @Test
    void restartServesWhatWasThereAndFinishesDeletions(@TempDir Path own) throws Exception {
        String path = "/apis/example.com/v1/namespaces/default/";
        try (ApiClient first = ApiClient.start(own)) {
            first.post(DEFINITIONS, definition("omegas", "Omega", version("v1", true, "")));
            first.post(DEFINITIONS, definition("sigmas", "Sigma", version("v1", true, "")));
            first.post(path + "omegas", object("o", "{'size':'1Gi'}"));
            first.post(
                    path + "sigmas",
                    "{'metadata':{'name':'s','finalizers':['example.com/hold']},'spec':{'size':'1Gi'}}");
            first.delete(DEFINITIONS + "/sigmas.example.com");
        }
        try (ApiClient second = ApiClient.start(own)) {
            assertEquals("1Gi", second.get(path + "omegas/o").text("spec", "size"));
            assertEquals(422, second.post(path + "omegas", object("p", "{}")).code());
            assertEquals(405, second.post(path + "sigmas", object("t", "{'size':'1Gi'}")).code());
            second.merge(path + "sigmas/s", "{'metadata':{'finalizers':null}}");
            awaitGone(second, DEFINITIONS + "/sigmas.example.com");
            assertEquals(404, second.get(path + "sigmas").code());
        }
    }

    private static void awaitGone(String path) throws Exception {
        awaitGone(api, path);
    }

    /** Follows the object's watch until it is deleted. */
    private static void awaitGone(ApiClient client, String path) throws Exception {
        int slash = path.lastIndexOf('/');
        String watch =
                path.substring(0, slash)
                        + "?watch=true&timeoutSeconds=5&fieldSelector=metadata.name%3D"
                        + path.substring(slash + 1);
        try (Stream<String> events = client.watch(watch)) {
            if (client.get(path).code() == 404) {
                return;
            }
            assertTrue(
                    events.anyMatch(event -> event.contains("\"type\":\"DELETED\"")),
                    path + " is still there");
        }
        assertEquals(404, client.get(path).code());
    }
}
