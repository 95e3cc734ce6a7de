package dev.pilothouse.model.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ConformTest {

    private static TypeSchema type(String apiVersion, String kind) {
        return Objects.requireNonNull(
                Schema.builtIn().typeOf(GroupVersionKind.of(apiVersion, kind)));
    }

    private static List<String> conform(ObjectNode object) {
        return ObjectDecoder.conform(
                object, type(Json.text(object, "apiVersion"), Json.text(object, "kind")));
    }

    private static String rest(String apiVersion, String kind, String fields) {
        ObjectNode object =
                Json.parseObject(
                        "{\"apiVersion\":\"%s\",\"kind\":\"%s\",%s}"
                                .formatted(apiVersion, kind, fields));
        conform(object);
        object.remove(List.of("apiVersion", "kind"));
        return Json.string(object);
    }

    private static String error(String apiVersion, String kind, String fields) {
        ApiException e = assertThrows(ApiException.class, () -> rest(apiVersion, kind, fields));
        assertEquals(400, e.status().code());
        return e.status().message();
    }

    @Test
    void dropsAndNamesUndeclaredFields() {
        ObjectNode object =
                Json.parseObject(
                        """
                        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","nam":1},
                        "spec":{"foo":{"bar":1},"template":{"spec":{"containers":[
                        {"name":"a"},{"name":"b","imagee":"x","Image":"y"}]}}}}
                        """);
        assertEquals(
                List.of(
                        "unknown field \"metadata.nam\"",
                        "unknown field \"spec.foo\"",
                        "unknown field \"spec.template.spec.containers[1].imagee\"",
                        "unknown field \"spec.template.spec.containers[1].Image\""),
                conform(object));
        assertEquals(
                Json.parse(
                        """
                        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"},
                        "spec":{"template":{"spec":{"containers":[{"name":"a"},{"name":"b"}]}}}}
                        """),
                object);
    }

    @Test
    void removesNullsAndKeepsEmptyValues() {
        assertEquals(
                "{\"metadata\":{\"labels\":{\"a\":\"\"},\"finalizers\":[\"\"]},"
                        + "\"spec\":{\"containers\":[],\"securityContext\":{}}}",
                rest(
                        "v1",
                        "Pod",
                        "\"metadata\":{\"creationTimestamp\":null,\"labels\":{\"a\":null},"
                                + "\"finalizers\":[null]},\"spec\":{\"containers\":[],"
                                + "\"securityContext\":{},\"nodeName\":null},\"status\":null"));
    }

    @Test
    void reportsMismatchesInGoWords() {
        assertEquals(
                "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot"
                        + " unmarshal string into Go struct field DeploymentSpec.spec.replicas of"
                        + " type int32",
                error("apps/v1", "Deployment", "\"spec\":{\"replicas\":\"3\"}"));
        assertEquals(
                "Pod in version \"v1\" cannot be handled as a Pod: json: cannot unmarshal number"
                        + " into Go struct field Container.spec.containers.name of type string",
                error("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":1}]}"));
        assertEquals(
                "Pod in version \"v1\" cannot be handled as a Pod: json: cannot unmarshal object"
                        + " into Go struct field PodSpec.spec.containers of type []v1.Container",
                error("v1", "Pod", "\"spec\":{\"containers\":{}}"));
        assertEquals(
                "Pod in version \"v1\" cannot be handled as a Pod: json: cannot unmarshal string"
                        + " into Go struct field Pod.spec of type v1.PodSpec",
                error("v1", "Pod", "\"spec\":\"x\""));
        assertEquals(
                "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot"
                        + " unmarshal bool into Go struct field ConfigMap.data of type string",
                error("v1", "ConfigMap", "\"data\":{\"a\":true}"));
    }

    @Test
    void checksTheRangeOfNumbers() {
        String prefix = "Deployment in version \"v1\" cannot be handled as a Deployment: ";
        for (String number : List.of("3000000000", "1.5")) {
            String shown = Json.parse(number).asString();
            assertEquals(
                    prefix
                            + "json: cannot unmarshal number "
                            + shown
                            + " into Go struct field DeploymentSpec.spec.replicas of type int32",
                    error("apps/v1", "Deployment", "\"spec\":{\"replicas\":" + number + "}"));
        }
    }

    @Test
    void takesNumbersAndTextForIntOrString() {
        String spec =
                "{\"spec\":{\"ports\":[{\"port\":80,\"targetPort\":\"http\"},{\"port\":1,"
                        + "\"targetPort\":8080}]}}";
        assertEquals(spec, rest("v1", "Service", spec.substring(1, spec.length() - 1)));
        assertEquals(
                "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal"
                        + " bool into Go struct field ServicePort.spec.ports.targetPort of type"
                        + " int32",
                error("v1", "Service", "\"spec\":{\"ports\":[{\"targetPort\":true}]}"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0.5, 500m",
        "\"0.5\", 500m",
        "\"1000m\", 1",
        "\"1024Mi\", 1Gi",
        "\"1.5Gi\", 1536Mi",
        "\"100Ki\", 100Ki",
        "\"1000\", 1k",
        "\"1500\", 1500",
        "\"0\", 0",
        "\"0Mi\", 0",
        "\"512\", 512",
        "\"1e3\", 1e3",
        "\"12E6\", 12e6",
        "\"1E\", 1E",
        "\"+1\", 1",
        "\"-5m\", -5m",
        "\"0.5Ki\", 512",
        "\"0.1Ki\", 102400m",
        "\".5\", 500m",
        "\"5.\", 5",
        "\"0.0000000001\", 1n",
        "\"100000000000000000000\", 9223372036854775807",
        "\"128974848\", 128974848",
        "\"010\", 10",
        "\"1048576Ki\", 1Gi",
        "\"1Ki\", 1Ki",
        "\"1023\", 1023",
        "2000, 2k"
    })
    void canonicalisesQuantities(String given, String canonical) {
        assertEquals(
                "{\"spec\":{\"hard\":{\"cpu\":\"" + canonical + "\"}}}",
                rest("v1", "ResourceQuota", "\"spec\":{\"hard\":{\"cpu\":" + given + "}}"));
    }

    @ParameterizedTest
    @CsvSource({"\"\"", "\"x\"", "\"1 Gi\"", "\"1gi\"", "true", "\"1e\"", "\"--1\"", "[]"})
    void refusesWrongQuantities(String given) {
        assertEquals(
                "ResourceQuota in version \"v1\" cannot be handled as a ResourceQuota: quantities"
                        + " must match the regular expression"
                        + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
                error("v1", "ResourceQuota", "\"spec\":{\"hard\":{\"cpu\":" + given + "}}"));
    }

    @Test
    void checksBase64() {
        assertEquals(
                "{\"data\":{\"a\":\"aGVsbG8=\",\"b\":\"\"}}",
                rest("v1", "Secret", "\"data\":{\"a\":\"aGVs\\nbG8=\",\"b\":\"\"}"));
        assertEquals(
                "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at"
                        + " input byte 3",
                error("v1", "Secret", "\"data\":{\"a\":\"abc-\"}"));
        assertEquals(
                "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at"
                        + " input byte 4",
                error("v1", "Secret", "\"data\":{\"a\":\"abcde\"}"));
    }

    @Test
    void checksAndNormalisesTimes() {
        assertEquals(
                "{\"metadata\":{\"creationTimestamp\":\"2023-12-31T22:00:00Z\"}}",
                rest(
                        "v1",
                        "Pod",
                        "\"metadata\":{\"creationTimestamp\":\"2024-01-01T00:00:00.5+02:00\"}"));
        assertEquals(
                "Pod in version \"v1\" cannot be handled as a Pod: parsing time \"x\" as"
                        + " \"2006-01-02T15:04:05Z07:00\": cannot parse \"x\" as \"2006\"",
                error("v1", "Pod", "\"metadata\":{\"creationTimestamp\":\"x\"}"));
        assertEquals(
                "{\"spec\":{\"renewTime\":\"2024-01-01T00:00:00.000001Z\"}}",
                rest(
                        "coordination.k8s.io/v1",
                        "Lease",
                        "\"spec\":{\"renewTime\":\"2024-01-01T00:00:00.000001Z\"}"));
        assertEquals(
                "Lease in version \"v1\" cannot be handled as a Lease: parsing time"
                        + " \"2024-01-01T00:00:00Z\" as \"2006-01-02T15:04:05.000000Z07:00\":"
                        + " cannot parse \"Z\" as \".000000\"",
                error(
                        "coordination.k8s.io/v1",
                        "Lease",
                        "\"spec\":{\"renewTime\":\"2024-01-01T00:00:00Z\"}"));
    }

    @Test
    void leavesFreeContentAlone() {
        String data = "\"data\":{\"a\":null,\"b\":[null,{\"c\":1.5}]},\"revision\":1";
        assertEquals("{" + data + "}", rest("apps/v1", "ControllerRevision", data));
    }
}
