package dev.pilothouse.ui.manifest;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.yaml.Merge;
import dev.pilothouse.ui.yaml.YamlDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings a text to the cluster, document by document. Blocks; thread-safe. */
final class Applier {

    private final Cluster cluster;

    Applier(Cluster cluster) {
        this.cluster = cluster;
    }

    /** How. */
    enum Way {
        /** Server-side apply; what others own stays theirs. */
        APPLY,
        /** Server-side apply; takes what others own. */
        FORCE,
        /** In the place of what is there. */
        REPLACE
    }

    /**
     * Applies all documents.
     *
     * @param base the text from which this one was made
     * @param revision of the object that is replaced; empty for none
     */
    Outcome apply(
            String text, String base, String revision, List<Kind> kinds, String usual, Way way)
            throws InterruptedException {
        if (Merge.hasConflicts(text)) {
            return new Outcome.NotSent(Texts.text("manifest.conflictLeft"));
        }
        List<Manifest> manifests = new ArrayList<>();
        for (YamlDocument document : YamlDocument.parse(text)) {
            ObjectNode object = document.object();
            if (!document.problems().isEmpty()) {
                return new Outcome.NotSent(document.problems().getFirst().message());
            }
            Manifest manifest = object == null ? null : Manifest.of(object, kinds, usual);
            if (manifest == null) {
                return new Outcome.NotSent(
                        object == null
                                ? Texts.text("manifest.noObject")
                                : Texts.text(
                                        "manifest.noKind", document.kind(), document.apiVersion()));
            }
            manifests.add(manifest);
        }
        if (manifests.isEmpty()) {
            return new Outcome.NotSent(Texts.text("manifest.empty"));
        }
        return send(manifests, object(base), revision, way);
    }

    private Outcome send(
            List<Manifest> manifests, @Nullable ObjectNode base, String revision, Way way)
            throws InterruptedException {
        List<ObjectNode> objects = new ArrayList<>();
        for (Manifest manifest : manifests) {
            try {
                objects.add(
                        cluster.call(
                                way == Way.REPLACE
                                        ? manifest.replace(revision, false)
                                        : manifest.apply(way == Way.FORCE, false)));
            } catch (IOException e) {
                return new Outcome.Refused(objects.size(), Refusal.of(e));
            }
        }
        List<String> kept = new ArrayList<>();
        if (base != null && manifests.size() == 1) {
            kept("", base, manifests.getFirst().object(), objects.getFirst(), kept);
        }
        return new Outcome.Applied(objects, kept);
    }

    private static @Nullable ObjectNode object(String text) {
        List<YamlDocument> documents = YamlDocument.parse(text);
        return documents.size() == 1 ? documents.getFirst().object() : null;
    }

    /** Fields that were in the base, are not in the text, and are still in the cluster. */
    private static void kept(
            String path, ObjectNode base, ObjectNode text, ObjectNode live, List<String> kept) {
        for (Map.Entry<String, JsonNode> field : base.properties()) {
            String name = path + "." + field.getKey();
            JsonNode now = live.get(field.getKey());
            JsonNode wanted = text.get(field.getKey());
            if (wanted == null && now != null && now.equals(field.getValue())) {
                kept.add(name.substring(1));
            } else if (field.getValue() instanceof ObjectNode before
                    && wanted instanceof ObjectNode after
                    && now instanceof ObjectNode there) {
                kept(name, before, after, there, kept);
            } else if (wanted != null
                    && wanted.isArray()
                    && now != null
                    && now.isArray()
                    && wanted.size() < now.size()
                    && field.getValue().size() == now.size()) {
                kept.add(name.substring(1));
            }
        }
    }

    /** The resource version of an object. */
    static String revision(@Nullable ObjectNode live) {
        return Json.text(live, "metadata", "resourceVersion");
    }
}
