package dev.pilothouse.model.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.BuiltInKinds;
import dev.pilothouse.model.scheme.ResourceKind;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every stable kind and its list, both ways, against the generated classes of another project. */
class ProtobufOracleTest {

    private static final ProtobufCodec CODEC = new ProtobufCodec(Schema.builtIn());

    /** Fields the generated classes have and Kubernetes 1.36.0 does not. */
    private static final Set<String> GONE =
            Set.of("HorizontalPodAutoscalerCondition.observedGeneration");

    /** Kinds of which the library has no generated class; see {@link ProtobufCodecTest}. */
    private static final Set<String> NOT_GENERATED =
            Set.of(
                    "apiregistration.k8s.io/v1, Kind=APIService",
                    "apiregistration.k8s.io/v1, Kind=APIServiceList",
                    "metrics.k8s.io/v1, Kind=NodeMetrics",
                    "metrics.k8s.io/v1, Kind=NodeMetricsList",
                    "metrics.k8s.io/v1, Kind=PodMetrics",
                    "metrics.k8s.io/v1, Kind=PodMetricsList",
                    "metrics.k8s.io/v1beta1, Kind=NodeMetrics",
                    "metrics.k8s.io/v1beta1, Kind=NodeMetricsList",
                    "metrics.k8s.io/v1beta1, Kind=PodMetrics",
                    "metrics.k8s.io/v1beta1, Kind=PodMetricsList");

    static Stream<GroupVersionKind> kinds() {
        List<GroupVersionKind> kinds = new ArrayList<>();
        for (ResourceKind kind : BuiltInKinds.stable(Schema.builtIn())) {
            kinds.add(kind.gvk());
            if (!kind.served().listTypeName().isEmpty()) {
                GroupVersionKind gvk = kind.gvk();
                kinds.add(new GroupVersionKind(gvk.group(), gvk.version(), gvk.kind() + "List"));
            }
        }
        kinds.add(new GroupVersionKind("policy", "v1", "Eviction"));
        kinds.add(new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"));
        kinds.add(new GroupVersionKind("autoscaling", "v1", "Scale"));
        kinds.add(new GroupVersionKind("", "v1", "Binding"));
        return kinds.stream().distinct();
    }

    static Stream<GroupVersionKind> generatedKinds() {
        return kinds().filter(kind -> !NOT_GENERATED.contains(kind.toString()));
    }

    @Test
    void coversEveryStableKindButTheNamedOnes() {
        Set<String> missing = new TreeSet<>();
        kinds().filter(kind -> OracleMessages.builder(kind).isEmpty())
                .forEach(kind -> missing.add(kind.toString()));
        assertEquals(new TreeSet<>(NOT_GENERATED), missing);
        // The 68 stable resources, and metrics of nodes and pods in two versions.
        assertEquals(72, BuiltInKinds.stable(Schema.builtIn()).size());
        assertTrue(generatedKinds().allMatch(CODEC::canEncode));
    }

    @ParameterizedTest
    @MethodSource("generatedKinds")
    void agreesWithGeneratedClass(GroupVersionKind kind) throws Exception {
        Message.Builder builder = OracleMessages.builder(kind).orElseThrow();
        checkBothWays(kind, new OracleMessages(GONE).fill(builder));
    }

    @Test
    void agreesOnKindsOfMeta() throws Exception {
        for (GroupVersionKind kind :
                List.of(
                        new GroupVersionKind("", "v1", "Status"),
                        new GroupVersionKind("", "v1", "DeleteOptions"),
                        new GroupVersionKind("apps", "v1", "DeleteOptions"),
                        new GroupVersionKind("meta.k8s.io", "v1", "PartialObjectMetadata"),
                        new GroupVersionKind("meta.k8s.io", "v1", "PartialObjectMetadataList"))) {
            Message.Builder builder = OracleMessages.builder("Meta", kind.kind()).orElseThrow();
            checkBothWays(kind, new OracleMessages(Set.of()).fill(builder));
        }
    }

    private static void checkBothWays(GroupVersionKind kind, Message message)
            throws InvalidProtocolBufferException {
        ObjectNode expected = Json.object();
        expected.put("kind", kind.kind());
        expected.put("apiVersion", kind.apiVersion());
        expected.setAll(OracleJson.of(message));
        ObjectNode decoded = CODEC.decode(envelope(kind, message.toByteString()));
        assertEquals(List.of(), differences("", expected, decoded), kind.toString());
        assertEquals(expected, decoded, kind.toString());

        Unknown unknown = unwrap(CODEC.encode(decoded));
        assertEquals(kind.apiVersion(), unknown.getTypeMeta().getApiVersion());
        assertEquals(kind.kind(), unknown.getTypeMeta().getKind());
        Message parsed = message.newBuilderForType().mergeFrom(unknown.getRaw()).build();
        assertEquals(message, parsed, kind.toString());
        assertEquals(0, parsed.getUnknownFields().asMap().size());
    }

    private static List<String> differences(String path, JsonNode expected, JsonNode actual) {
        List<String> found = new ArrayList<>();
        if (expected instanceof ObjectNode object && actual instanceof ObjectNode other) {
            Set<String> names = new TreeSet<>(object.propertyNames());
            names.addAll(other.propertyNames());
            for (String name : names) {
                found.addAll(differences(path + "." + name, object.path(name), other.path(name)));
            }
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                found.addAll(differences(path + "[" + i + "]", expected.get(i), actual.get(i)));
            }
        } else if (!expected.equals(actual)) {
            found.add(path + ": expected " + expected + " but was " + actual);
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("generatedKinds")
    void keepsMessagesOfZerosStable(GroupVersionKind kind) throws Exception {
        Message.Builder builder = OracleMessages.builder(kind).orElseThrow();
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (!field.isRepeated()) {
                builder.setField(
                        field,
                        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                                ? builder.newBuilderForField(field).build()
                                : field.getDefaultValue());
            }
        }
        ObjectNode once = CODEC.decode(envelope(kind, builder.build().toByteString()));
        assertEquals(once, CODEC.decode(CODEC.encode(once)));
    }

    @Test
    void writesWatchFramesThatGeneratedClassesRead() throws Exception {
        ObjectNode pod =
                Json.parseObject(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}");
        ByteBuffer frame = ByteBuffer.wrap(CODEC.encodeWatchEvent("ADDED", pod));
        assertEquals(frame.remaining() - 4, frame.getInt());
        var event =
                io.kubernetes.client.proto.Meta.WatchEvent.parseFrom(ByteString.copyFrom(frame));
        assertEquals("ADDED", event.getType());
        Unknown object = unwrap(event.getObject().getRaw().toByteArray());
        var parsed = io.kubernetes.client.proto.V1.Pod.parseFrom(object.getRaw());
        assertEquals("a", parsed.getMetadata().getName());
    }

    private static byte[] envelope(GroupVersionKind kind, ByteString raw) {
        Unknown unknown =
                Unknown.newBuilder()
                        .setTypeMeta(
                                TypeMeta.newBuilder()
                                        .setApiVersion(kind.apiVersion())
                                        .setKind(kind.kind()))
                        .setRaw(raw)
                        .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("k8s\0".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(unknown.toByteArray());
        return out.toByteArray();
    }

    private static Unknown unwrap(byte[] body) throws InvalidProtocolBufferException {
        assertTrue(ProtobufCodec.isProtobuf(body));
        return Unknown.parseFrom(Arrays.copyOfRange(body, 4, body.length));
    }
}
