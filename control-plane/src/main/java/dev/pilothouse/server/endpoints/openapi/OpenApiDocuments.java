package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersion;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI documents of everything that is served now. Built when first asked for, kept
 * compressed, and built again only when the kinds they show change. Thread-safe.
 */
public final class OpenApiDocuments {

    private static final String VERSION = "v1.36.0";

    private static final Comparator<ResourceKind> BY_NAME =
            Comparator.comparing((ResourceKind kind) -> kind.resource().group())
                    .thenComparing(kind -> kind.resource().version())
                    .thenComparing(kind -> kind.resource().resource());

    private final Schema schema;
    private final Scheme scheme;
    private final Function<ResourceKind, @Nullable ObjectNode> customSchemas;
    private final Map<String, Cached> versionThree = new HashMap<>();
    private @Nullable Cached versionTwo;

    /** Documents of the kinds that the scheme serves, described by the schema. */
    public OpenApiDocuments(Schema schema, Scheme scheme) {
        this(schema, scheme, _ -> null);
    }

    /**
     * Documents that show custom resources as their definitions describe them.
     *
     * @param schema the built-in types
     * @param scheme what is served
     * @param customSchemas the {@code openAPIV3Schema} of a custom kind, or null to make one of its
     *     type; never written to
     */
    public OpenApiDocuments(
            Schema schema,
            Scheme scheme,
            Function<ResourceKind, @Nullable ObjectNode> customSchemas) {
        this.schema = schema;
        this.scheme = scheme;
        this.customSchemas = customSchemas;
    }

    /** The answer to {@code /openapi/v3}: where the document of each group version is. */
    public JsonNode v3Index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        for (Map.Entry<String, List<ResourceKind>> entry : sources().entrySet()) {
            String hash = document(entry.getKey(), entry.getValue()).hash();
            paths.putObject(entry.getKey())
                    .put("serverRelativeURL", "/openapi/v3/" + entry.getKey() + "?hash=" + hash);
        }
        return index;
    }

    /**
     * One OpenAPI 3.0 document.
     *
     * @param path its key in the index, for example {@code apis/apps/v1}
     * @return null when there is none of that path
     */
    public @Nullable Document v3(String path) {
        List<ResourceKind> kinds = sources().get(path);
        return kinds == null ? null : document(path, kinds);
    }

    /** The OpenAPI 2.0 document of everything. */
    public Document v2() {
        List<ResourceKind> kinds = scheme.all().stream().sorted(BY_NAME).toList();
        synchronized (this) {
            Cached cached = versionTwo;
            if (cached == null || !cached.kinds().equals(kinds)) {
                cached = new Cached(kinds, buildV2(kinds));
                versionTwo = cached;
            }
            return cached.document();
        }
    }

    /** The OpenAPI 2.0 document as JSON. */
    public byte[] v2Json() {
        return v2().json();
    }

    /** The OpenAPI 2.0 document as gnostic's protobuf. */
    public byte[] v2Protobuf() {
        return v2().protobuf();
    }

    /** Every v3 path with the kinds whose change makes its document stale, sorted by path. */
    private SortedMap<String, List<ResourceKind>> sources() {
        SortedMap<String, List<ResourceKind>> sources = new TreeMap<>();
        for (String path : List.of("api", "apis", "version", ".well-known/openid-configuration")) {
            sources.put(path, List.of());
        }
        sources.put("openid/v1/jwks", List.of());
        for (ResourceKind kind : scheme.all()) {
            GroupVersion version = kind.resource().groupVersion();
            if (!version.group().isEmpty()) {
                sources.putIfAbsent("apis/" + version.group(), List.of());
            }
            sources.computeIfAbsent(GroupNames.path(version), path -> new ArrayList<>()).add(kind);
        }
        sources.values().stream()
                .filter(ArrayList.class::isInstance)
                .forEach(kinds -> kinds.sort(BY_NAME));
        return sources;
    }

    private synchronized Document document(String path, List<ResourceKind> kinds) {
        Cached cached = versionThree.get(path);
        if (cached == null || !cached.kinds().equals(kinds)) {
            cached = new Cached(List.copyOf(kinds), buildV3(path, kinds));
            versionThree.put(path, cached);
            versionThree.keySet().retainAll(sources().keySet());
        }
        return cached.document();
    }

    private Document buildV3(String path, List<ResourceKind> kinds) {
        Definitions definitions = new Definitions(schema, Dialect.V3, customSchemas);
        List<Endpoint> endpoints =
                kinds.isEmpty() ? List.of(plain(path, definitions)) : resources(kinds, definitions);
        return Document.of(DocumentV3.render(endpoints, definitions, VERSION), ProtobufV3::encode);
    }

    private Document buildV2(List<ResourceKind> kinds) {
        Definitions definitions = new Definitions(schema, Dialect.V2, customSchemas);
        List<Endpoint> endpoints = new ArrayList<>();
        for (Map.Entry<String, List<ResourceKind>> entry : sources().entrySet()) {
            if (entry.getValue().isEmpty()) {
                endpoints.add(plain(entry.getKey(), definitions));
            }
        }
        Map<GroupVersion, List<ResourceKind>> versions = new HashMap<>();
        for (ResourceKind kind : kinds) {
            versions.computeIfAbsent(kind.resource().groupVersion(), v -> new ArrayList<>())
                    .add(kind);
        }
        versions.values().forEach(all -> endpoints.addAll(resources(all, definitions)));
        return Document.of(DocumentV2.render(endpoints, definitions, VERSION), ProtobufV2::encode);
    }

    private static List<Endpoint> resources(List<ResourceKind> kinds, Definitions definitions) {
        List<Endpoint> endpoints = new ArrayList<>();
        GroupVersion version = kinds.getFirst().resource().groupVersion();
        endpoints.add(PlainEndpoints.resources(version, definitions));
        for (ResourceKind kind : kinds) {
            endpoints.addAll(ResourceEndpoints.of(kind, definitions));
        }
        return endpoints;
    }

    private static Endpoint plain(String path, Definitions definitions) {
        return switch (path) {
            case "api" -> PlainEndpoints.coreVersions(definitions);
            case "apis" -> PlainEndpoints.groups(definitions);
            case "version" -> PlainEndpoints.version(definitions);
            case ".well-known/openid-configuration" -> PlainEndpoints.issuer();
            case "openid/v1/jwks" -> PlainEndpoints.keys();
            default -> PlainEndpoints.group(path.substring("apis/".length()), definitions);
        };
    }

    private record Cached(List<ResourceKind> kinds, Document document) {}
}
