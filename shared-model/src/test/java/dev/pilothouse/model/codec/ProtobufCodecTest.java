package dev.pilothouse.model.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ProtobufCodecTest {

    private static final ProtobufCodec CODEC = new ProtobufCodec(Schema.builtIn());

    /** A body as a client would send it. */
    private static byte[] body(String apiVersion, String kind, byte[] raw) {
        BackwardBuffer out = new BackwardBuffer(64);
        out.bytes(2, raw);
        int before = out.length();
        out.string(2, kind);
        out.string(1, apiVersion);
        out.delimited(1, out.length() - before);
        out.raw("k8s\0".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void assertSame(String json) {
        ObjectNode object = Json.parseObject(json);
        assertEquals(object, CODEC.decode(CODEC.encode(object)));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void readsAndWritesApiServices() {
        // metadata.name "a"; spec: service {namespace n, name s, port 443}, group g, version v1,
        // insecureSkipTLSVerify false, caBundle 00ff, priorities 100 and 200.
        byte[] raw =
                hex(
                        "0a030a0161"
                                + "1220 0a09 0a016e 120173 18bb03 120167 1a027631 2000 2a0200ff"
                                + " 3864 40c801 1200");
        byte[] fixed = raw.clone();
        fixed[6] = (byte) (raw.length - 9);
        ObjectNode decoded = CODEC.decode(body("apiregistration.k8s.io/v1", "APIService", fixed));
        assertEquals(
                Json.parse(
                        """
                        {"kind":"APIService","apiVersion":"apiregistration.k8s.io/v1",
                        "metadata":{"name":"a"},"spec":{"service":{"namespace":"n","name":"s",
                        "port":443},"group":"g","version":"v1","caBundle":"AP8=",
                        "groupPriorityMinimum":100,"versionPriority":200}}
                        """),
                decoded);
        assertEquals(decoded, CODEC.decode(CODEC.encode(decoded)));
        assertSame(
                """
                {"kind":"APIServiceList","apiVersion":"apiregistration.k8s.io/v1","metadata":{},
                "items":[{"metadata":{"name":"a"},"status":{"conditions":[{"type":"Available",
                "status":"True","lastTransitionTime":"2024-01-01T00:00:00Z","reason":"Local"}]}}]}
                """);
    }

    @Test
    void keepsZerosThatMeanSomething() {
        assertSame(
                """
                {"kind":"Deployment","apiVersion":"apps/v1","spec":{"replicas":0,"selector":{},
                "strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":"0%"}},
                "revisionHistoryLimit":0,"template":{"spec":{"automountServiceAccountToken":false,
                "enableServiceLinks":false,"terminationGracePeriodSeconds":0,
                "securityContext":{"runAsUser":0,"runAsNonRoot":false},
                "volumes":[{"name":"e","emptyDir":{}},
                {"name":"s","secret":{"defaultMode":0,"optional":false}}],
                "containers":[{"name":"c","securityContext":{"allowPrivilegeEscalation":false},
                "resources":{"limits":{"cpu":"0"}}}]}}}}
                """);
        assertSame(
                """
                {"kind":"PersistentVolumeClaim","apiVersion":"v1","spec":{"storageClassName":""}}
                """);
        assertSame("{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"immutable\":false}");
        assertSame(
                """
                {"kind":"CronJob","apiVersion":"batch/v1","spec":{"suspend":false,"schedule":"",
                "failedJobsHistoryLimit":0,"jobTemplate":{"spec":{"template":{}}}}}
                """);
    }

    @Test
    void dropsZerosThatGoLeavesOut() {
        // DeploymentSpec with replicas 0, minReadySeconds 0 and paused false, as Go writes them.
        byte[] raw = hex("0a00 1206 0800 2800 3800");
        assertEquals(
                Json.parse(
                        """
                        {"kind":"Deployment","apiVersion":"apps/v1","metadata":{},
                        "spec":{"replicas":0}}
                        """),
                CODEC.decode(body("apps/v1", "Deployment", raw)));
    }

    @Test
    void dropsUnsetTimesButKeepsTheEpoch() {
        // creationTimestamp is field 8 (42), deletionTimestamp field 9 (4a).
        byte[] raw = hex("0a08 4200 4a0408001000");
        assertEquals(
                Json.parse(
                        """
                        {"kind":"ConfigMap","apiVersion":"v1",
                        "metadata":{"deletionTimestamp":"1970-01-01T00:00:00Z"}}
                        """),
                CODEC.decode(body("v1", "ConfigMap", raw)));
    }

    @Test
    void readsPackedNumbersAndPassesOverUnknownFields() {
        // PodSecurityContext.supplementalGroups packed; field 200 of Pod is not known.
        byte[] raw = hex("c20c03616263 1206 7204 2202 0107");
        assertEquals(
                Json.parse(
                        """
                        {"kind":"Pod","apiVersion":"v1",
                        "spec":{"securityContext":{"supplementalGroups":[1,7]}}}
                        """),
                CODEC.decode(body("v1", "Pod", raw)));
    }

    @Test
    void readsJsonInsideTheEnvelope() {
        BackwardBuffer out = new BackwardBuffer(64);
        out.string(4, "application/json");
        out.string(2, "{\"kind\":\"Foo\",\"apiVersion\":\"x.io/v1\",\"a\":1}");
        out.raw("k8s\0".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                Json.parse("{\"kind\":\"Foo\",\"apiVersion\":\"x.io/v1\",\"a\":1}"),
                CODEC.decode(out.toByteArray()));
    }

    @Test
    void refusesToEncodeOtherKinds() {
        GroupVersionKind foo = new GroupVersionKind("x.io", "v1", "Foo");
        assertFalse(CODEC.canEncode(foo));
        ObjectNode object = Json.parseObject("{\"apiVersion\":\"x.io/v1\",\"kind\":\"Foo\"}");
        ApiException e = assertThrows(ApiException.class, () -> CODEC.encode(object));
        assertEquals(406, e.status().code());
        byte[] body = body("x.io/v1", "Foo", new byte[0]);
        ApiException unknown = assertThrows(ApiException.class, () -> CODEC.decode(body));
        assertEquals(
                "no kind \"Foo\" is registered for version \"x.io/v1\"",
                unknown.status().message());
    }

    @Test
    void ignoresNullsWhenWriting() {
        ObjectNode object =
                Json.parseObject(
                        """
                        {"kind":"Pod","apiVersion":"v1","metadata":{"name":null,"labels":
                        {"a":null}},"spec":null}
                        """);
        assertEquals(
                Json.parse(
                        """
                        {"kind":"Pod","apiVersion":"v1","metadata":{"labels":{"a":""}}}
                        """),
                CODEC.decode(CODEC.encode(object)));
    }

    @Test
    void readsDeepSchemasAndRefusesBottomlessOnes() {
        String schema = "{\"not\":".repeat(100) + "{\"type\":\"string\"}" + "}".repeat(100);
        assertSame(
                "{\"kind\":\"CustomResourceDefinition\",\"apiVersion\":\"apiextensions.k8s.io/v1\","
                        + "\"spec\":{\"group\":\"g\",\"names\":{\"plural\":\"p\",\"kind\":\"K\"},"
                        + "\"scope\":\"Cluster\",\"versions\":[{\"name\":\"v1\",\"served\":true,"
                        + "\"storage\":false,\"schema\":{\"openAPIV3Schema\":"
                        + schema
                        + "},\"subresources\":{\"status\":{}}}]}}");
        byte[] event = new byte[0];
        for (int i = 0; i < 2_000; i++) {
            BackwardBuffer out = new BackwardBuffer(event.length + 64);
            out.bytes(1, event);
            out.delimited(2, out.length());
            event = body("v1", "WatchEvent", out.toByteArray());
        }
        byte[] bottomless = event;
        ApiException e = assertThrows(ApiException.class, () -> CODEC.decode(bottomless));
        assertEquals("exceeded max depth", e.status().message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6b3873",
                "6b387300",
                "6b38730012ff",
                "6b387300ffffffffffffffffffff01",
                // Pod whose metadata is a number, whose metadata is cut off, a group that never
                // ends
                "6b387300 0a09 0a027631 1203506f64 1202 0801",
                "6b387300 0a09 0a027631 1203506f64 1202 0a7f",
                "6b387300 0a09 0a027631 1203506f64 1202 9b01",
                "6b387300 0a09 0a027631 1203506f64 2204 677a6970"
            })
    void refusesMalformedBodies(String hex) {
        ApiException e = assertThrows(ApiException.class, () -> CODEC.decode(hex(hex)));
        assertEquals(400, e.status().code());
    }
}
