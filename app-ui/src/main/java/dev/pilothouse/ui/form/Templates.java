package dev.pilothouse.ui.form;

import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.schema.FieldSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a new object of a kind begins with. */
public final class Templates {

    /** The kinds with a template of their own, in the order of menus. */
    public static final List<String> MADE =
            List.of(
                    "Deployment",
                    "StatefulSet",
                    "Job",
                    "CronJob",
                    "Pod",
                    "Service",
                    "Ingress",
                    "ConfigMap",
                    "Secret",
                    "PersistentVolumeClaim",
                    "Namespace");

    private Templates() {}

    /**
     * The text of a new object.
     *
     * @param namespace where it is to be, empty outside namespaces
     * @param schema of the kind; null when it is not known
     */
    public static String of(Kind kind, String namespace, @Nullable FieldSchema schema) {
        String made = MADE.contains(kind.kind()) ? read(kind.kind()) : "";
        if (!made.isEmpty() && isBuiltIn(kind)) {
            return made.replace("NAMESPACE", namespace.isEmpty() ? "default" : namespace);
        }
        ObjectNode object = Json.object();
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.kind());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", "");
        if (kind.namespaced()) {
            metadata.put("namespace", namespace.isEmpty() ? "default" : namespace);
        }
        FieldSchema spec = schema == null ? null : schema.field("spec");
        if (spec != null && spec.isObject()) {
            object.set("spec", required(spec, 0));
        }
        return new String(YamlWriter.write(object), StandardCharsets.UTF_8);
    }

    private static boolean isBuiltIn(Kind kind) {
        return kind.group().isEmpty()
                || !kind.group().contains(".")
                || kind.group().endsWith(".k8s.io");
    }

    /** An object with its required fields. */
    private static ObjectNode required(FieldSchema schema, int depth) {
        ObjectNode object = Json.object();
        for (String name : schema.required()) {
            FieldSchema field = schema.field(name);
            if (field == null) {
                continue;
            }
            JsonNode usual = field.defaultValue();
            if (usual != null) {
                object.set(name, usual.deepCopy());
                continue;
            }
            switch (field.type()) {
                case OBJECT ->
                        object.set(name, depth > 4 ? Json.object() : required(field, depth + 1));
                case MAP, ANY -> object.putObject(name);
                case ARRAY -> {
                    FieldSchema items = field.items();
                    var array = object.putArray(name);
                    if (items != null && items.type() == FieldSchema.Type.OBJECT && depth < 4) {
                        array.add(required(items, depth + 1));
                    }
                }
                case INTEGER, NUMBER -> {
                    Double least = field.minimum();
                    object.put(name, least == null ? 0 : least.intValue());
                }
                case BOOLEAN -> object.put(name, false);
                default ->
                        object.put(
                                name, field.choices().isEmpty() ? "" : field.choices().getFirst());
            }
        }
        return object;
    }

    private static String read(String kind) {
        try (InputStream in = Templates.class.getResourceAsStream(kind + ".yaml")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
