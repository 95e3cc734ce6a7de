package dev.pilothouse.model.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Whatever bytes come, the answer is an object or an ApiException. */
class CodecFuzzTest {

    private static final int ROUNDS = 6_000;
    private static final ProtobufCodec CODEC = new ProtobufCodec(Schema.builtIn());
    private static final TypeSchema DEPLOYMENT =
            Objects.requireNonNull(
                    Schema.builtIn().typeOf(new GroupVersionKind("apps", "v1", "Deployment")));
    private static final String BODY =
            """
            {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"\u00e4",
            "creationTimestamp":"2024-01-01T00:00:00Z","labels":{"a":"b"},"managedFields":[
            {"manager":"m","fieldsV1":{"f:a":{}}}]},"spec":{"replicas":3,"strategy":{
            "rollingUpdate":{"maxSurge":"25%","maxUnavailable":1}},"template":{"spec":{
            "containers":[{"name":"c","resources":{"limits":{"cpu":"500m"}},"ports":[
            {"containerPort":80}]}],"volumes":[{"name":"v","emptyDir":{}}]}}}}
            """;

    @Test
    void survivesMutatedJson() {
        mutate(
                BODY.getBytes(StandardCharsets.UTF_8),
                body -> {
                    ObjectNode object = ObjectDecoder.decodeJson(body).object();
                    ObjectDecoder.conform(object, DEPLOYMENT);
                    Json.bytes(object);
                    CODEC.encode(object);
                });
    }

    @Test
    void survivesMutatedYaml() {
        mutate(
                YamlWriter.write(Json.parse(BODY)),
                body -> {
                    ObjectNode object = ObjectDecoder.decodeYaml(body).object();
                    ObjectDecoder.conform(object, DEPLOYMENT);
                    Json.bytes(object);
                });
    }

    @Test
    void survivesMutatedProtobuf() {
        mutate(
                CODEC.encode(Json.parseObject(BODY)),
                body -> {
                    ObjectNode object = CODEC.decode(body);
                    Json.bytes(object);
                    CODEC.encode(object);
                });
    }

    @Test
    void handlesTheDeepestObjectsOnASmallStack() throws Exception {
        GroupVersionKind kind =
                new GroupVersionKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition");
        TypeSchema type = Objects.requireNonNull(Schema.builtIn().typeOf(kind));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread =
                new Thread(
                        null,
                        () -> {
                            byte[] body = deepDefinition(JsonReader.MAX_DEPTH - 10);
                            ObjectNode object = ObjectDecoder.decodeJson(body).object();
                            ObjectDecoder.conform(object, type);
                            CODEC.encode(object);
                            byte[] yaml = YamlWriter.write(object);
                            assertEquals(object, ObjectDecoder.decodeYaml(yaml).object());
                            object = ObjectDecoder.decodeJson(deepDefinition(190)).object();
                            assertEquals(object, CODEC.decode(CODEC.encode(object)));
                        },
                        "small-stack",
                        1 << 20);
        thread.setUncaughtExceptionHandler((_, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertNull(failure.get());
    }

    private static byte[] deepDefinition(int levels) {
        String json =
                "{\"kind\":\"CustomResourceDefinition\",\"apiVersion\":\"apiextensions.k8s.io/v1\","
                        + "\"spec\":{\"versions\":[{\"schema\":{\"openAPIV3Schema\":"
                        + "{\"additionalProperties\":".repeat(levels)
                        + "true"
                        + "}".repeat(levels)
                        + "}}]}}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static void mutate(byte[] body, Consumer<byte[]> decode) {
        Random random = new Random(7);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = mutated(body, random);
            try {
                decode.accept(mutated);
                accepted++;
            } catch (ApiException e) {
                assertTrue(e.status().code() == 400 || e.status().code() == 406, e.getMessage());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(HexFormat.of().formatHex(mutated), e);
            }
        }
        assertTrue(accepted > ROUNDS / 100, "mutations spoil too much: " + accepted);
    }

    private static byte[] mutated(byte[] body, Random random) {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] mutated = body.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(mutated.length);
            mutated[at] =
                    random.nextBoolean()
                            ? (byte) random.nextInt(256)
                            : body[random.nextInt(body.length)];
        }
        return random.nextInt(10) == 0
                ? Arrays.copyOf(mutated, random.nextInt(mutated.length))
                : mutated;
    }
}
