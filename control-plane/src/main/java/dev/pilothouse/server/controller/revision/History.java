package dev.pilothouse.server.controller.revision;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.workload.Claims;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Templates;
import dev.pilothouse.server.controller.workload.Workload;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the controller revisions of one kind of workload. Thread-safe. */
public final class History {

    /** The controller revisions. */
    public static final GroupVersionResource RESOURCE =
            new GroupVersionResource("apps", "v1", "controllerrevisions");

    private final WorkloadKind kind;
    private final Informer<Workload> revisions;
    private final ResourceClient client;
    private final Claims claims;
    private final String hashLabel;

    /**
     * What came of keeping a template.
     *
     * @param revision the revision that keeps it
     * @param collisionCount how many different templates have had the same hash
     */
    public record Kept(Revision revision, int collisionCount) {}

    /**
     * Acts under the name of the context's controller.
     *
     * @param revisions all controller revisions, with {@link Workload#INDEXES}
     * @param hashLabel the label that the hash of what is kept goes into
     */
    public History(
            ControllerContext context,
            WorkloadKind kind,
            Informer<Workload> revisions,
            String hashLabel) {
        this.kind = kind;
        this.revisions = revisions;
        this.client = context.client().resource(RESOURCE);
        this.claims = new Claims(context, kind, RESOURCE);
        this.hashLabel = hashLabel;
    }

    /** The revisions of an owner, the oldest first. */
    public List<Revision> of(Workload owner) {
        List<Workload> orphans =
                revisions.lister().byIndex(Workload.ORPHANS, owner.namespace()).stream()
                        .filter(revision -> owner.selects(revision.labels()))
                        .toList();
        List<Revision> claimed = new ArrayList<>();
        List<Workload> owned = revisions.lister().byIndex(Workload.BY_CONTROLLER, owner.uid());
        for (Workload revision : claims.claim(owner, owned, orphans, one -> true)) {
            claimed.add(Revision.of(revision.tree()));
        }
        claimed.sort(Revision.BY_NUMBER);
        return claimed;
    }

    /**
     * Sees to it that the newest revision keeps the present template of an owner.
     *
     * @param tree the owner
     * @param known its revisions, the oldest first
     */
    public Kept keep(Workload owner, ObjectNode tree, List<Revision> known) {
        int collisions = (int) Json.number(tree, 0, "status", "collisionCount");
        ObjectNode template = Json.objectAt(tree, "spec", "template");
        ObjectNode data = Revision.dataOf(template == null ? Json.object() : template);
        long newest = known.isEmpty() ? 0 : known.getLast().number();
        Revision same = null;
        for (Revision revision : known) {
            same = revision.keeps(data) ? revision : same;
        }
        if (same == null) {
            return create(owner, tree, data, newest + 1, collisions);
        }
        // An earlier template has come back: it becomes the newest.
        Revision current = same.number() < newest ? renumber(same, newest + 1) : same;
        return new Kept(current, collisions);
    }

    /** Deletes old revisions that nothing uses beyond a limit, the oldest first. */
    public void truncate(String namespace, List<Revision> known, Set<String> live, int limit) {
        List<Revision> unused = new ArrayList<>(known);
        unused.removeIf(revision -> live.contains(revision.name()));
        unused.sort(Revision.BY_NUMBER);
        int surplus = unused.size() - limit;
        for (int i = 0; i < surplus; i++) {
            delete(namespace, unused.get(i));
        }
    }

    private Kept create(
            Workload owner, ObjectNode tree, ObjectNode data, long number, int collisions) {
        for (int count = collisions; ; count++) {
            ObjectNode revision = describe(owner, tree, data, number, count);
            try {
                return new Kept(Revision.of(client.create(revision)), count);
            } catch (ApiException e) {
                if (e.reason() != StatusReason.ALREADY_EXISTS) {
                    throw e;
                }
                Revision existing =
                        existing(owner.namespace(), Json.text(revision, "metadata", "name"));
                if (existing != null && existing.keeps(data)) {
                    return new Kept(existing, count);
                }
            }
        }
    }

    private @Nullable Revision existing(String namespace, String name) {
        try {
            return Revision.of(client.get(namespace, name));
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private ObjectNode describe(
            Workload owner, ObjectNode tree, ObjectNode data, long number, int collisions) {
        String hash = Templates.hash(data, collisions);
        ObjectNode revision = Json.object();
        revision.put("apiVersion", "apps/v1");
        revision.put("kind", "ControllerRevision");
        ObjectNode metadata = revision.putObject("metadata");
        metadata.put("name", owner.name() + "-" + hash);
        metadata.put("namespace", owner.namespace());
        ObjectNode labels = metadata.putObject("labels");
        Json.stringMap(tree, "spec", "template", "metadata", "labels").forEach(labels::put);
        labels.put(hashLabel, hash);
        ObjectNode annotations = Json.objectAt(tree, "metadata", "annotations");
        if (annotations != null) {
            metadata.set("annotations", annotations.deepCopy());
        }
        metadata.putArray("ownerReferences")
                .add(kind.controllerReference(owner.name(), owner.uid()));
        revision.set("data", data);
        revision.put("revision", number);
        return revision;
    }

    private Revision renumber(Revision revision, long number) {
        String namespace = Json.text(revision.tree(), "metadata", "namespace");
        ObjectNode patch = Json.object();
        patch.put("revision", number);
        return Revision.of(client.patch(namespace, revision.name(), PatchForm.MERGE, patch));
    }

    private void delete(String namespace, Revision revision) {
        try {
            client.delete(
                    namespace, revision.name(), DeleteOptions.DEFAULT.only(revision.uid(), ""));
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
