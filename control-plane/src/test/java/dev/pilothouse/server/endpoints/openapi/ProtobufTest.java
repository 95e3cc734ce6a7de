package dev.pilothouse.server.endpoints.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.BuiltInKinds;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Field numbers here are those of gnostic's OpenAPIv2.proto and OpenAPIv3.proto. */
class ProtobufTest {

    private static final String DEPLOYMENT =
            "/apis/apps/v1/namespaces/{namespace}/deployments/{name}";

    private final OpenApiDocuments documents =
            new OpenApiDocuments(
                    Schema.builtIn(), new FixedScheme(BuiltInKinds.stable(Schema.builtIn())));

    @Test
    void versionTwoHoldsEveryPathAndDefinition() {
        JsonNode json = Json.parse(documents.v2Json());
        ProtoTree proto = new ProtoTree(documents.v2Protobuf());
        assertEquals("2.0", proto.text(1));
        assertEquals("Kubernetes", proto.message(2).text(1));
        assertEquals(json.get("paths").size(), proto.message(8).count(2));
        assertEquals(json.get("definitions").size(), proto.message(9).count(1));
        ProtoTree token = proto.message(13).named(1, "BearerToken").message(2);
        assertEquals("apiKey", token.text(1));
        assertEquals("header", token.text(3));
    }

    @Test
    void versionTwoPatchHasTheParametersThatClientsLookFor() {
        ProtoTree proto = new ProtoTree(documents.v2Protobuf());
        ProtoTree path = proto.message(8).named(2, DEPLOYMENT);
        ProtoTree patch = path.message(8);
        assertEquals("patchAppsV1NamespacedDeployment", patch.text(5));
        // ParametersItem.parameter.non_body_parameter.query_parameter_sub_schema
        List<String> query =
                patch.messages(8, 1, 2, 3).stream().map(parameter -> parameter.text(4)).toList();
        assertEquals(List.of("dryRun", "fieldManager", "fieldValidation", "force"), query);
        ProtoTree body = patch.message(8, 1, 1);
        assertEquals("body", body.text(3));
        assertEquals(1, body.number(4));
        assertEquals(
                "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.Patch",
                body.message(5).text(1));
        JsonNode kind = Json.parse(patch.named(13, "x-kubernetes-group-version-kind").text(2));
        assertEquals("Deployment", Json.text(kind, "kind"));
        assertEquals("\"patch\"\n", patch.named(13, "x-kubernetes-action").text(2));
        List<String> inPath =
                path.messages(9, 1, 2, 4).stream().map(parameter -> parameter.text(4)).toList();
        assertEquals(List.of("name", "namespace"), inPath);
        ProtoTree answer = patch.message(9).named(1, "200").message(1);
        assertEquals("OK", answer.text(1));
        assertEquals("#/definitions/io.k8s.api.apps.v1.Deployment", answer.message(2, 1).text(1));
    }

    @Test
    void versionTwoSchemasHaveTypesAndExtensions() {
        ProtoTree definitions = new ProtoTree(documents.v2Protobuf()).message(9);
        ProtoTree container = definitions.named(1, "io.k8s.api.core.v1.Container");
        assertEquals("object", container.message(22).text(1));
        assertEquals("name", container.text(19));
        ProtoTree ports = container.message(25).named(1, "ports");
        assertEquals("array", ports.message(22).text(1));
        assertEquals(
                "#/definitions/io.k8s.api.core.v1.ContainerPort", ports.message(23, 1).text(1));
        assertEquals(
                "\"containerPort\"\n", ports.named(31, "x-kubernetes-patch-merge-key").text(2));
        ProtoTree meta = definitions.named(1, "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        ProtoTree labels = meta.message(25).named(1, "labels");
        assertEquals("string", labels.message(21, 1, 22).text(1));
        ProtoTree pod = definitions.named(1, "io.k8s.api.core.v1.Pod");
        JsonNode kinds = Json.parse(pod.named(31, "x-kubernetes-group-version-kind").text(2));
        assertEquals("Pod", Json.text(kinds.get(0), "kind"));
    }

    @Test
    void versionThreeHoldsEveryPathAndSchema() {
        Document document = Objects.requireNonNull(documents.v3("apis/apps/v1"));
        JsonNode json = Json.parse(document.json());
        ProtoTree proto = new ProtoTree(document.protobuf());
        assertEquals("3.0.0", proto.text(1));
        assertEquals(json.get("paths").size(), proto.message(4).count(1));
        assertEquals(json.at("/components/schemas").size(), proto.message(5, 1).count(1));
        ProtoTree patch = proto.message(4).named(1, DEPLOYMENT).message(10);
        List<String> parameters =
                patch.messages(6, 1).stream().map(parameter -> parameter.text(1)).toList();
        assertTrue(parameters.contains("fieldValidation"));
        ProtoTree body = patch.message(7, 1);
        assertEquals(1, body.number(3));
        ProtoTree reference =
                body.message(2).named(1, "application/apply-patch+yaml").message(1, 2);
        assertEquals(
                "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Patch",
                reference.text(1));
        assertEquals("OK", patch.message(8).named(2, "200").message(1).text(1));
        ProtoTree strategy =
                proto.message(5, 1)
                        .named(1, "io.k8s.api.apps.v1.DeploymentSpec")
                        .message(1, 31)
                        .named(1, "strategy")
                        .message(1);
        assertEquals(
                "#/components/schemas/io.k8s.api.apps.v1.DeploymentStrategy",
                strategy.message(26, 2).text(1));
    }
}
