package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.scheme.ResourceKind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All discovery documents for one state of the scheme, ready to send. Immutable. */
final class DiscoveryDocuments {

    /**
     * A document.
     *
     * @param tree for other formats than JSON; must not be changed
     * @param json its bytes
     */
    record Document(ObjectNode tree, byte[] json) {
        static Document of(ObjectNode tree) {
            return new Document(tree, Json.bytes(tree));
        }

        /** A strong entity tag of the JSON bytes. */
        String etag() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-512").digest(json);
                return '"' + HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT) + '"';
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** An aggregated document with its entity tag. */
    record Tagged(Document document, String etag) {
        static Tagged of(ObjectNode tree) {
            Document document = Document.of(tree);
            return new Tagged(document, document.etag());
        }
    }

    private final List<ResourceKind> kinds;
    private final Map<String, Document> legacy = new HashMap<>();
    private final Map<String, Tagged> aggregated = new HashMap<>();

    /**
     * Documents.
     *
     * @param all the kinds of the scheme
     * @param own what is served besides
     */
    DiscoveryDocuments(Collection<ResourceKind> all, List<ResourceKind> own, String serverAddress) {
        kinds = List.copyOf(all);
        List<ResourceKind> told = new ArrayList<>(kinds);
        told.addAll(own);
        List<ServedGroups.Group> groups = ServedGroups.of(told);
        legacy.put("/api", Document.of(LegacyDiscovery.apiVersions(serverAddress)));
        legacy.put("/apis", Document.of(LegacyDiscovery.groupList(groups)));
        for (ServedGroups.Group group : groups) {
            String prefix = group.name().isEmpty() ? "/api" : "/apis/" + group.name();
            if (!group.name().isEmpty()) {
                legacy.put(prefix, Document.of(LegacyDiscovery.group(group)));
            }
            for (ServedGroups.Version version : group.versions()) {
                legacy.put(
                        prefix + "/" + version.name(),
                        Document.of(LegacyDiscovery.resourceList(version)));
            }
        }
        aggregated.put("/api", Tagged.of(AggregatedDiscovery.document(only(groups, true))));
        aggregated.put("/apis", Tagged.of(AggregatedDiscovery.document(only(groups, false))));
    }

    private static List<ServedGroups.Group> only(List<ServedGroups.Group> groups, boolean core) {
        return groups.stream().filter(group -> group.name().isEmpty() == core).toList();
    }

    /** Whether they tell of exactly these kinds of the scheme. */
    boolean describes(Collection<ResourceKind> all) {
        if (all.size() != kinds.size()) {
            return false;
        }
        int i = 0;
        for (ResourceKind kind : all) {
            if (!same(kind, kinds.get(i++))) {
                return false;
            }
        }
        return true;
    }

    /** Compares by identity first: the scheme hands out the same objects until it changes. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(ResourceKind a, ResourceKind b) {
        return a == b || a.equals(b);
    }

    /** The plain document of a path, or null. */
    @Nullable Document legacy(String path) {
        return legacy.get(path);
    }

    /** The aggregated document of a path, or null. */
    @Nullable Tagged aggregated(String path) {
        return aggregated.get(path);
    }

    /** All paths with documents. */
    List<String> paths() {
        return legacy.keySet().stream().sorted().toList();
    }
}
