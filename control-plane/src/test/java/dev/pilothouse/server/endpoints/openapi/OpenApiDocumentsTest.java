package dev.pilothouse.server.endpoints.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.json.JsonPath;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.BuiltInKinds;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiDocumentsTest {

    private static final List<ResourceKind> KINDS = BuiltInKinds.stable(Schema.builtIn());

    private final FixedScheme scheme = new FixedScheme(KINDS);
    private final OpenApiDocuments documents = new OpenApiDocuments(Schema.builtIn(), scheme);

    private JsonNode v3(String path) {
        return Json.parse(Objects.requireNonNull(documents.v3(path)).json());
    }

    @Test
    void indexNamesEveryServedGroupVersion() {
        JsonNode paths = documents.v3Index().get("paths");
        for (ResourceKind kind : KINDS) {
            String path = GroupNames.path(kind.resource().groupVersion());
            Document document = Objects.requireNonNull(documents.v3(path));
            assertEquals(
                    "/openapi/v3/" + path + "?hash=" + document.hash(),
                    Json.text(paths, path, "serverRelativeURL"));
        }
        for (String other :
                List.of(
                        "api",
                        "apis",
                        "apis/apps",
                        "version",
                        ".well-known/openid-configuration")) {
            assertTrue(paths.has(other), other);
        }
        assertNull(documents.v3("apis/nowhere/v1"));
    }

    @Test
    void everyReferenceResolves() {
        for (String path : documents.v3Index().get("paths").propertyNames()) {
            JsonNode document = v3(path);
            references(document, "#/components/schemas/", document.at("/components/schemas"));
        }
        JsonNode second = Json.parse(documents.v2Json());
        references(second, "#/definitions/", second.get("definitions"));
    }

    private static void references(JsonNode document, String prefix, JsonNode definitions) {
        Set<String> used =
                JsonPath.parse("..['$ref']").find(document).stream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .collect(Collectors.toSet());
        for (String reference : used) {
            assertTrue(reference.startsWith(prefix), reference);
            assertTrue(definitions.has(reference.substring(prefix.length())), reference);
        }
    }

    @Test
    void everyVerbHasAnOperationInBothVersions() {
        JsonNode second = Json.parse(documents.v2Json()).get("paths");
        for (ResourceKind kind : KINDS) {
            String base = "/" + GroupNames.path(kind.resource().groupVersion());
            JsonNode third = v3(base.substring(1)).get("paths");
            String scope = kind.namespaced() ? "/namespaces/{namespace}/" : "/";
            String collection = base + scope + kind.resource().resource();
            for (JsonNode paths : List.of(second, third)) {
                for (String verb : kind.served().verbs()) {
                    JsonNode operation =
                            switch (verb) {
                                case "list" -> Json.at(paths, collection, "get");
                                case "create" -> Json.at(paths, collection, "post");
                                case "deletecollection" -> Json.at(paths, collection, "delete");
                                case "watch" ->
                                        Json.at(
                                                paths,
                                                collection.replace(base, base + "/watch"),
                                                "get");
                                case "get" -> Json.at(paths, collection + "/{name}", "get");
                                case "update" -> Json.at(paths, collection + "/{name}", "put");
                                default -> Json.at(paths, collection + "/{name}", verb);
                            };
                    assertNotNull(operation, kind + " " + verb);
                }
            }
        }
    }

    @Test
    void operationIdsAreUnique() {
        JsonNode document = Json.parse(documents.v2Json());
        Set<String> ids = new HashSet<>();
        for (JsonNode id : JsonPath.parse("..operationId").find(document.get("paths"))) {
            assertTrue(ids.add(id.asString()), id.asString());
        }
        assertTrue(
                ids.containsAll(
                        List.of(
                                "listCoreV1NamespacedPod",
                                "listCoreV1PodForAllNamespaces",
                                "patchAppsV1NamespacedDeploymentScale",
                                "createRbacAuthorizationV1ClusterRole",
                                "deleteCoreV1CollectionNamespacedPod",
                                "createCoreV1NamespacedPodEviction",
                                "replaceCoreV1NamespaceFinalize",
                                "connectCoreV1GetNamespacedPodProxyWithPath",
                                "watchCoreV1NamespacedPodList")));
    }

    @Test
    void patchesTellOfDryRunAndValidation() {
        JsonNode patch =
                Json.at(
                        v3("apis/apps/v1"),
                        "paths",
                        "/apis/apps/v1/namespaces/{namespace}/deployments/{name}",
                        "patch");
        List<String> names =
                JsonPath.parse(".parameters[*].name").find(Objects.requireNonNull(patch)).stream()
                        .map(JsonNode::asString)
                        .toList();
        assertEquals(List.of("dryRun", "fieldManager", "fieldValidation", "force"), names);
        assertEquals(
                "{\"group\":\"apps\",\"kind\":\"Deployment\",\"version\":\"v1\"}",
                Json.string(patch.get("x-kubernetes-group-version-kind")));
    }

    @Test
    void fieldsKeepTheirExtensions() {
        JsonNode schemas = v3("api/v1").at("/components/schemas");
        JsonNode container = schemas.get("io.k8s.api.core.v1.Container").get("properties");
        assertEquals("map", Json.text(container, "ports", "x-kubernetes-list-type"));
        assertEquals(
                "containerPort", Json.text(container, "ports", "x-kubernetes-patch-merge-key"));
        assertEquals("merge", Json.text(container, "ports", "x-kubernetes-patch-strategy"));
        assertEquals(
                "[\"Always\",\"IfNotPresent\",\"Never\"]",
                Json.string(container.get("imagePullPolicy").get("enum")));
        JsonNode protocol = schemas.at("/io.k8s.api.core.v1.ServicePort/properties/protocol");
        assertEquals("TCP", Json.text(protocol, "default"));
        JsonNode strategy =
                v3("apis/apps/v1")
                        .at("/components/schemas/io.k8s.api.apps.v1.DeploymentSpec")
                        .at("/properties/strategy");
        assertEquals("retainKeys", Json.text(strategy, "x-kubernetes-patch-strategy"));
        assertEquals(
                "#/components/schemas/io.k8s.api.apps.v1.DeploymentStrategy",
                strategy.at("/allOf/0/$ref").asString());
    }

    @Test
    void groupVersionHoldsOnlyWhatItReaches() {
        JsonNode schemas = v3("apis/coordination.k8s.io/v1").at("/components/schemas");
        assertTrue(schemas.has("io.k8s.api.coordination.v1.LeaseList"));
        assertTrue(!schemas.has("io.k8s.api.core.v1.Pod"));
    }

    @Test
    void hashesAreTheSameInEveryInstance() {
        OpenApiDocuments other =
                new OpenApiDocuments(
                        Schema.builtIn(), new FixedScheme(List.copyOf(KINDS).reversed()));
        assertEquals(documents.v3Index(), other.v3Index());
        assertEquals(documents.v2().hash(), other.v2().hash());
        assertEquals(128, documents.v2().hash().length());
    }

    @Test
    void newKindChangesOnlyItsOwnDocument() {
        Document apps = documents.v3("apis/apps/v1");
        String before = documents.v2().hash();
        assertNull(documents.v3("apis/example.com/v1"));
        scheme.add(FixedScheme.database());
        assertSame(apps, documents.v3("apis/apps/v1"));
        assertNotNull(documents.v3("apis/example.com/v1"));
        assertNotNull(documents.v3("apis/example.com"));
        assertNotEquals(before, documents.v2().hash());
    }

    @Test
    void customResourcesAreInlineUnderReversedGroup() {
        scheme.add(FixedScheme.database());
        JsonNode document = v3("apis/example.com/v1");
        JsonNode type = document.at("/components/schemas/com.example.v1.Database");
        assertEquals("string", type.at("/properties/spec/properties/engine/type").asString());
        assertEquals("[\"engine\"]", Json.string(type.at("/properties/spec/required")));
        assertTrue(type.at("/properties/spec/x-kubernetes-preserve-unknown-fields").booleanValue());
        assertEquals(
                "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
                type.at("/properties/metadata/$ref").asString());
        assertEquals("Database", type.at("/x-kubernetes-group-version-kind/0/kind").asString());
        assertTrue(document.at("/components/schemas/com.example.v1.DatabaseList").isObject());
        JsonNode patch =
                Json.at(
                        document,
                        "paths",
                        "/apis/example.com/v1/namespaces/{namespace}/databases/{name}",
                        "patch");
        assertEquals("patchComExampleV1NamespacedDatabase", Json.text(patch, "operationId"));
        assertNull(
                Json.at(patch, "requestBody", "content", "application/strategic-merge-patch+json"));
        references(document, "#/components/schemas/", document.at("/components/schemas"));
    }
}
