package dev.pilothouse.model.schema;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.MapOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;
import dev.pilothouse.model.schema.ResourceSchema.Column;
import dev.pilothouse.model.schema.ResourceSchema.Subresource;
import dev.pilothouse.model.schema.Schema.PackagePrefix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the packed schema data. */
final class SchemaLoader {

    private static final String DATA = "kubernetes-1.36.json.gz";

    /** The resource metrics API, which kube-apiserver leaves to a server of its own. */
    private static final String METRICS = "metrics.json";

    private final Map<String, LazyType> types = new HashMap<>();
    private final Map<GroupVersionKind, String> kinds = new HashMap<>();
    private final List<ResourceSchema> resources = new ArrayList<>();
    private final List<PackagePrefix> prefixes = new ArrayList<>();

    static Schema load() {
        SchemaLoader loader = new SchemaLoader();
        // First match wins among prefixes, and the last one of Kubernetes matches everything.
        loader.read(METRICS);
        loader.read(DATA);
        return new Schema(loader.types, loader.kinds, loader.resources, loader.prefixes);
    }

    private void read(String resource) {
        try (InputStream data = Schema.class.getResourceAsStream(resource)) {
            if (data == null) {
                throw new IllegalStateException(
                        "resource " + resource + " is missing from the class path");
            }
            InputStream plain =
                    resource.endsWith(".gz") ? new GZIPInputStream(data, 1 << 16) : data;
            read(plain.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** Reads the resources; of the types only where each stands. */
    private void read(byte[] json) {
        JsonMembers parts = new JsonMembers(json, 0);
        while (parts.next()) {
            switch (parts.name()) {
                case "types" -> findTypes(json, parts.start());
                case "resources" -> parts.value().properties().forEach(this::add);
                case "prefixes" -> parts.value().forEach(pair -> prefixes.add(prefix(pair)));
                default -> {}
            }
        }
    }

    private void findTypes(byte[] json, int start) {
        JsonMembers all = new JsonMembers(json, start);
        while (all.next()) {
            String name = all.name();
            types.put(name, new LazyType(name, json, all.start(), all.end(), this));
            JsonMembers members = new JsonMembers(json, all.start());
            while (members.next()) {
                GroupVersionKind kind =
                        members.name().equals("gvk") ? kindOf(members.value()) : null;
                if (kind != null) {
                    kinds.put(kind, name);
                }
            }
        }
    }

    private void add(Map.Entry<String, JsonNode> resource) {
        String path = resource.getKey();
        resources.add(resource(path.substring(path.lastIndexOf('/') + 1), resource.getValue()));
    }

    private static PackagePrefix prefix(JsonNode pair) {
        return new PackagePrefix(pair.get(0).stringValue(), pair.get(1).stringValue());
    }

    private static ResourceSchema resource(String plural, JsonNode json) {
        List<Column> columns =
                json.path("cols")
                        .valueStream()
                        .map(column ->
                                new Column(
                                        column.get(0).stringValue(),
                                        column.get(1).stringValue(),
                                        column.get(2).stringValue(),
                                        column.get(3).intValue()))
                        .toList();
        Map<String, Subresource> subresources = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.path("sub").properties()) {
            JsonNode sub = entry.getValue();
            GroupVersionKind kind = kindOf(sub.get("kind"));
            subresources.put(
                    entry.getKey(),
                    new Subresource(
                            entry.getKey(),
                            strings(sub.get("verbs")),
                            strings(sub.get("connect")),
                            kind == null ? new GroupVersionKind("", "v1", "") : kind,
                            sub.path("path").asInt(0) == 1));
        }
        return new ResourceSchema(
                new GroupVersionResource(Json.text(json, "g"), Json.text(json, "v"), plural),
                Json.text(json, "kind"),
                json.path("ns").asInt(0) == 1,
                strings(json.get("verbs")),
                Json.text(json, "type"),
                Json.text(json, "list"),
                Json.text(json, "sing"),
                strings(json.get("sn")),
                strings(json.get("cat")),
                columns,
                strings(json.get("fsel")),
                Collections.unmodifiableMap(subresources));
    }

    TypeSchema buildType(String name, JsonNode data) {
        JsonNode alias = data.get("a");
        Map<String, FieldSchema> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : data.path("f").properties()) {
            fields.put(entry.getKey(), field(entry.getKey(), entry.getValue()));
        }
        return new TypeSchema(
                name,
                Collections.unmodifiableMap(fields),
                alias == null ? null : type(alias.stringValue()),
                strings(data.get("r")),
                Json.text(data, "mt").equals("atomic"),
                false,
                kindOf(data.get("gvk")),
                null);
    }

    private FieldSchema field(String name, JsonNode data) {
        if (data.isString()) {
            return FieldSchema.plain(name, type(data.stringValue()));
        }
        String strategy = Json.text(data, "ps");
        return new FieldSchema(
                name,
                Json.text(data, "mt").equals("granular")
                        ? granular(type(Json.text(data, "t")))
                        : type(Json.text(data, "t")),
                data.get("d"),
                Set.copyOf(strings(data.get("e"))),
                switch (Json.text(data, "lt")) {
                    case "map" -> ListType.MAP;
                    case "set" -> ListType.SET;
                    default -> ListType.ATOMIC;
                },
                strings(data.get("lk")),
                Json.text(data, "mt").equals("atomic"),
                Json.text(data, "mk"),
                strategy.startsWith("merge"),
                strategy.contains("retainKeys"),
                strategy.equals("replace"),
                numbers(data.get("n")),
                data.path("im").asInt(0) == 1);
    }

    private FieldType type(String text) {
        return switch (text.charAt(0)) {
            case '[' -> new ListOf(type(text.substring(1)));
            case '{' -> new MapOf(type(text.substring(1)));
            case '@' -> reference(text.substring(1));
            default -> scalar(text);
        };
    }

    /** A field may say that apply merges it although its type is atomic. */
    private static FieldType granular(FieldType type) {
        return type instanceof Ref ref ? new Ref(ref.name(), () -> ref.target().granular()) : type;
    }

    private FieldType reference(String name) {
        return new Ref(
                name,
                () -> {
                    LazyType type = types.get(name);
                    if (type == null) {
                        throw new IllegalStateException(
                                "schema data refers to unknown type " + name);
                    }
                    return type.get();
                });
    }

    private static Scalar scalar(String text) {
        return switch (text) {
            case "s" -> Scalar.STRING;
            case "i32" -> Scalar.INT32;
            case "i64" -> Scalar.INT64;
            case "i" -> Scalar.INTEGER;
            case "f64" -> Scalar.DOUBLE;
            case "f" -> Scalar.NUMBER;
            case "b" -> Scalar.BOOLEAN;
            case "bytes" -> Scalar.BYTES;
            case "time" -> Scalar.TIME;
            case "ios" -> Scalar.INT_OR_STRING;
            case "o" -> Scalar.OBJECT;
            case "any" -> Scalar.ANY;
            default -> throw new IllegalStateException("unknown type " + text + " in schema data");
        };
    }

    private static @Nullable GroupVersionKind kindOf(@Nullable JsonNode triple) {
        return triple == null || !triple.isArray()
                ? null
                : new GroupVersionKind(
                        triple.get(0).stringValue(),
                        triple.get(1).stringValue(),
                        triple.get(2).stringValue());
    }

    private static List<String> strings(@Nullable JsonNode array) {
        return array == null || !array.isArray()
                ? List.of()
                : array.valueStream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .toList();
    }

    private static List<Integer> numbers(@Nullable JsonNode value) {
        if (value == null) {
            return List.of();
        }
        return value.isArray()
                ? value.valueStream().map(JsonNode::intValue).toList()
                : List.of(value.intValue());
    }
}
