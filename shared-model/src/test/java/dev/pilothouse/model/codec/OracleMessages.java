package dev.pilothouse.model.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.pilothouse.model.meta.GroupVersionKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Fills generated protobuf messages: every field, down to the second turn of a recursion. */
final class OracleMessages {

    static {
        // The library was generated with an old protoc; its warning for each class hides results.
        System.setProperty("com.google.protobuf.use_unsafe_pre22_gencode", "true");
    }

    private final Set<String> leftOut;
    private final Deque<Descriptor> path = new ArrayDeque<>();
    private int counter;

    /**
     * @param leftOut fields that stay empty, as {@code Message.field}
     */
    OracleMessages(Set<String> leftOut) {
        this.leftOut = leftOut;
    }

    /** A builder of the generated class of a kind, if the library has one. */
    static Optional<Message.Builder> builder(GroupVersionKind kind) {
        String group = kind.group().split("\\.")[0];
        return builder(capital(kind.version()) + capital(group), kind.kind());
    }

    /** A builder of a generated class. */
    static Optional<Message.Builder> builder(String outer, String message) {
        try {
            Class<?> type = Class.forName("io.kubernetes.client.proto." + outer + "$" + message);
            return Optional.of((Message.Builder) type.getMethod("newBuilder").invoke(null));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? ""
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    Message fill(Message.Builder builder) {
        Descriptor type = builder.getDescriptorForType();
        path.push(type);
        if (!fillSpecial(builder, type)) {
            for (FieldDescriptor field : type.getFields()) {
                if (!leftOut.contains(type.getName() + "." + field.getName())) {
                    fillField(builder, field);
                }
            }
        }
        path.pop();
        return builder.build();
    }

    private void fillField(Message.Builder builder, FieldDescriptor field) {
        boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (message && path.stream().filter(field.getMessageType()::equals).count() > 1) {
            return;
        }
        int copies = field.isRepeated() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            Object value = message ? fill(builder.newBuilderForField(field)) : sample(field);
            if (field.isRepeated()) {
                builder.addRepeatedField(field, value);
            } else {
                builder.setField(field, value);
            }
        }
    }

    private Object sample(FieldDescriptor field) {
        counter++;
        return switch (field.getJavaType()) {
            case INT -> counter;
            case LONG -> (counter % 2 == 0 ? 1L << 40 : 1L) + counter;
            case DOUBLE -> counter + 0.5;
            case BOOLEAN -> true;
            case STRING -> "text " + counter + " \u00e4\ud83d\ude00";
            case BYTE_STRING -> ByteString.copyFrom(new byte[] {(byte) counter, -1, 0, 62});
            default -> throw new IllegalStateException("no sample for " + field);
        };
    }

    private boolean fillSpecial(Message.Builder builder, Descriptor type) {
        counter++;
        switch (type.getName()) {
            case "Time", "MicroTime" -> {
                set(builder, "seconds", 1_700_000_000L + counter);
                set(builder, "nanos", type.getName().equals("Time") ? 0 : 123_456_000);
            }
            case "Quantity" -> set(builder, "string", (counter * 10 + 1) + "m");
            case "IntOrString" -> {
                boolean text = counter % 2 == 0;
                set(builder, "type", text ? 1L : 0L);
                set(builder, "intVal", text ? 0 : counter);
                set(builder, "strVal", text ? counter + "%" : "");
            }
            case "RawExtension", "FieldsV1", "JSON" ->
                    set(builder, type.getFields().getFirst().getName(), json());
            case "JSONSchemaPropsOrArray" ->
                    fillField(builder, field(builder, counter % 2 == 0 ? "schema" : "jSONSchemas"));
            case "JSONSchemaPropsOrStringArray" ->
                    fillField(builder, field(builder, counter % 2 == 0 ? "schema" : "property"));
            case "JSONSchemaPropsOrBool" -> {
                set(builder, "allows", true);
                if (counter % 2 == 0) {
                    fillField(builder, field(builder, "schema"));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private ByteString json() {
        return ByteString.copyFrom(
                "{\"f:n\":[" + counter + ",null,\"x\"]}", StandardCharsets.UTF_8);
    }

    private static FieldDescriptor field(Message.Builder builder, String name) {
        return builder.getDescriptorForType().findFieldByName(name);
    }

    private static void set(Message.Builder builder, String name, Object value) {
        FieldDescriptor field = field(builder, name);
        boolean narrow =
                value instanceof Long && field.getJavaType() == FieldDescriptor.JavaType.INT;
        builder.setField(field, narrow ? (Object) ((Long) value).intValue() : value);
    }
}
