package dev.pilothouse.server.endpoints.openapi;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads protobuf bytes without a schema, field by field. */
final class ProtoTree {

    private final Map<Integer, List<Object>> fields = new HashMap<>();

    ProtoTree(byte[] bytes) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                Object value =
                        switch (WireFormat.getTagWireType(tag)) {
                            case WireFormat.WIRETYPE_VARINT -> in.readUInt64();
                            case WireFormat.WIRETYPE_FIXED64 -> in.readDouble();
                            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.readByteArray();
                            default -> throw new IllegalStateException("tag " + tag);
                        };
                fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag), n -> new ArrayList<>())
                        .add(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ProtoTree> messages(int... path) {
        List<ProtoTree> current = List.of(this);
        for (int field : path) {
            List<ProtoTree> next = new ArrayList<>();
            for (ProtoTree tree : current) {
                for (Object value : tree.fields.getOrDefault(field, List.of())) {
                    next.add(new ProtoTree((byte[]) value));
                }
            }
            current = next;
        }
        return current;
    }

    ProtoTree message(int... path) {
        return messages(path).getFirst();
    }

    /** The value of a map entry whose pairs are in the given field. */
    ProtoTree named(int field, String name) {
        return messages(field).stream()
                .filter(pair -> pair.text(1).equals(name))
                .map(pair -> pair.message(2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    String text(int field) {
        List<Object> values = fields.getOrDefault(field, List.of());
        return values.isEmpty()
                ? ""
                : new String((byte[]) values.getFirst(), StandardCharsets.UTF_8);
    }

    long number(int field) {
        return (Long) fields.getOrDefault(field, List.of(0L)).getFirst();
    }

    int count(int field) {
        return fields.getOrDefault(field, List.of()).size();
    }
}
