package dev.pilothouse.server.endpoints.openapi;

import com.google.protobuf.CodedOutputStream;
import dev.pilothouse.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes one protobuf message from JSON values; absent values write nothing. */
final class ProtoMessage {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, 256);

    /** The encoded message. */
    byte[] toByteArray() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    ProtoMessage text(int field, @Nullable JsonNode value) {
        if (value != null && value.isString()) {
            text(field, value.stringValue());
        }
        return this;
    }

    ProtoMessage text(int field, String value) {
        return write(() -> out.writeString(field, value));
    }

    ProtoMessage texts(int field, @Nullable JsonNode array) {
        if (array != null) {
            array.valueStream().forEach(value -> text(field, value));
        }
        return this;
    }

    ProtoMessage flag(int field, @Nullable JsonNode value) {
        if (value != null && value.isBoolean() && value.booleanValue()) {
            write(() -> out.writeBool(field, true));
        }
        return this;
    }

    /** A truth value inside a oneof, where false counts as present. */
    ProtoMessage choice(int field, boolean value) {
        return write(() -> out.writeBool(field, value));
    }

    ProtoMessage decimal(int field, double value) {
        return write(() -> out.writeDouble(field, value));
    }

    ProtoMessage message(int field, Consumer<ProtoMessage> content) {
        ProtoMessage inner = new ProtoMessage();
        content.accept(inner);
        byte[] encoded = inner.toByteArray();
        return write(() -> out.writeByteArray(field, encoded));
    }

    /** A nested message made from an object, if there is one. */
    ProtoMessage message(
            int field, @Nullable JsonNode value, BiConsumer<ProtoMessage, JsonNode> content) {
        if (value != null) {
            message(field, inner -> content.accept(inner, value));
        }
        return this;
    }

    /** A repeated message made from an array, if there is one. */
    ProtoMessage messages(
            int field, @Nullable JsonNode array, BiConsumer<ProtoMessage, JsonNode> content) {
        if (array != null) {
            array.valueStream().forEach(value -> message(field, value, content));
        }
        return this;
    }

    /** A map as repeated (name = 1, value = 2) pairs. */
    ProtoMessage named(
            int field, @Nullable JsonNode object, BiConsumer<ProtoMessage, JsonNode> content) {
        if (object != null) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                named(field, entry.getKey(), entry.getValue(), content);
            }
        }
        return this;
    }

    /** One (name = 1, value = 2) pair. */
    ProtoMessage named(
            int field, String name, JsonNode value, BiConsumer<ProtoMessage, JsonNode> content) {
        return message(field, pair -> pair.text(1, name).message(2, value, content));
    }

    /** The members whose names start with {@code x-}, each as YAML text. */
    ProtoMessage extensions(int field, JsonNode object) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getKey().startsWith("x-")) {
                named(field, entry.getKey(), entry.getValue(), ProtoMessage::any);
            }
        }
        return this;
    }

    /** Fills gnostic's Any: the value as YAML, of which JSON is a part. */
    static void any(ProtoMessage message, JsonNode value) {
        message.text(2, Json.string(value) + "\n");
    }

    private ProtoMessage write(Write action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
