package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.TypeSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply, with the semantics of structured-merge-diff's merge/update.go. */
public final class ServerSideApply {

    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    /**
     * What came of an apply.
     *
     * @param object the new object with its managed fields; shares no field value with the inputs
     */
    public record Result(ObjectNode object) {}

    private final @Nullable ObjectNode live;
    private final ObjectNode applied;
    private final TypeSchema type;
    private final Shape shape;
    private final boolean force;

    private ServerSideApply(
            @Nullable ObjectNode live, ObjectNode applied, TypeSchema type, boolean force) {
        this.live = live;
        this.applied = applied;
        this.type = type;
        this.shape = Shape.of(type);
        this.force = force;
    }

    /**
     * Merges an applied configuration into the live object. Neither is modified.
     *
     * @param live the stored object, null when it does not exist yet
     * @param applied the fields the manager wants, with apiVersion and kind
     * @param type type of both
     * @param manager name of the applier
     * @param force whether to take fields away from other managers
     * @param subresource empty for the object itself
     * @param now time of the write
     * @throws ApiException 400 when the configuration does not fit the schema, 409 with one cause
     *     per field when other managers own fields it would change
     */
    public static Result apply(
            @Nullable ObjectNode live,
            ObjectNode applied,
            TypeSchema type,
            String manager,
            boolean force,
            String subresource,
            Instant now) {
        check(applied, type);
        ObjectNode current = live == null ? null : live.deepCopy();
        if (current != null) {
            ManagedEntries.remove(current);
        }
        ManagedEntry self =
                new ManagedEntry(
                        manager,
                        ManagedEntry.APPLY,
                        Json.text(applied, "apiVersion"),
                        ManagedEntry.timestamp(now),
                        subresource,
                        Json.object());
        List<ManagedEntry> entries = ManagedEntries.stored(live);
        ServerSideApply apply = new ServerSideApply(current, applied, type, force);
        if (entries.isEmpty()) {
            entries = apply.beforeFirstApply(self);
        }
        return new Result(apply.run(entries, self));
    }

    private static void check(ObjectNode applied, TypeSchema type) {
        if (Json.at(applied, "metadata", "managedFields") != null) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
        String version = Json.text(applied, "apiVersion");
        GroupVersionKind kind = type.kind();
        if (kind != null && !version.equals(kind.apiVersion())) {
            throw ApiException.badRequest(
                    "Incorrect version specified in apply patch. Specified patch version: "
                            + version
                            + ", expected: "
                            + kind.apiVersion());
        }
        String error = TypedValidation.check(applied, type);
        if (!error.isEmpty()) {
            throw ApiException.badRequest(
                    "failed to create typed patch object (%s/%s; %s): %s"
                            .formatted(
                                    Json.text(applied, "metadata", "namespace"),
                                    Json.text(applied, "metadata", "name"),
                                    GroupVersionKind.of(version, Json.text(applied, "kind")),
                                    error));
        }
    }

    // An object nobody tracked so far: all it has belongs to a manager that stands for the past.
    private List<ManagedEntry> beforeFirstApply(ManagedEntry self) {
        if (live == null) {
            return List.of();
        }
        String version = Json.text(live, "apiVersion");
        ManagedEntry past =
                new ManagedEntry(
                        BEFORE_FIRST_APPLY,
                        ManagedEntry.UPDATE,
                        version.isEmpty() ? self.apiVersion() : version,
                        self.time(),
                        self.subresource(),
                        Json.object());
        FieldSet all = ManagedFields.diff(null, live, type).changed();
        return List.of(past.withFields(all, self.time()));
    }

    private ObjectNode run(List<ManagedEntry> entries, ManagedEntry self) {
        FieldSet wanted = FieldSet.of(applied, type);
        ManagedEntry last = null;
        List<ManagedEntry> others = new ArrayList<>();
        for (ManagedEntry entry : entries) {
            if (entry.sameManager(self)) {
                last = entry;
            } else {
                others.add(entry);
            }
        }
        ObjectNode merged = (ObjectNode) TypedMerge.merge(live, applied, shape);
        ObjectNode object =
                last == null ? merged : prune(merged, last.fields(), allOwned(others, wanted));
        FieldDiff diff = FieldComparer.compare(live, object, type);
        refuseConflicts(others, diff.changed(), self.manager());
        List<ManagedEntry> result = new ArrayList<>();
        for (ManagedEntry other : others) {
            result.add(other.without(diff.changed(), diff.removed()));
        }
        FieldSet owned = wanted.difference(ManagedEntries.NEVER_OWNED);
        ManagedEntry own = self.withFields(owned, self.time());
        boolean same = last != null && diff.isEmpty() && last.sameButTime(own);
        result.add(same ? last : own);
        if (!keepsNulls()) {
            dropNulls(object, shape);
        }
        LastApplied.update(object, applied, self.manager());
        ManagedEntries.write(object, result);
        return object;
    }

    private static FieldSet allOwned(List<ManagedEntry> others, FieldSet wanted) {
        FieldSet all = wanted;
        for (ManagedEntry other : others) {
            all = all.union(other.fields());
        }
        return all;
    }

    /**
     * Removes what this applier owned and does not apply any more, unless somebody else owns it. In
     * three steps, since struct fields have no owner: remove all of the last apply, add back what
     * is owned, add back what the last apply did not own.
     */
    private ObjectNode prune(ObjectNode merged, FieldSet last, FieldSet owned) {
        FieldSet lastAll = last.withStructFields(shape);
        FieldSet mergedAll = fields(merged);
        FieldSet prunedAll = fields(without(merged, lastAll));
        FieldSet kept = prunedAll.union(owned.withStructFields(shape));
        ObjectNode withOwned = without(merged, mergedAll.difference(kept));
        FieldSet gone = mergedAll.difference(fields(withOwned)).intersection(lastAll);
        return without(merged, gone);
    }

    private FieldSet fields(ObjectNode object) {
        return FieldSetBuilder.build(object, shape).withStructFields(shape);
    }

    private ObjectNode without(ObjectNode object, FieldSet fields) {
        return (ObjectNode) ItemRemover.without(object, fields, shape);
    }

    private void refuseConflicts(List<ManagedEntry> others, FieldSet changed, String manager) {
        if (force || changed.isEmpty()) {
            return;
        }
        ApplyConflicts conflicts = new ApplyConflicts();
        for (ManagedEntry other : others) {
            if (other.overlaps(changed)) {
                conflicts.add(other, other.fields().intersection(changed));
            }
        }
        if (conflicts.isEmpty()) {
            return;
        }
        ApplyConflicts real = conflicts.without(LastApplied.takeOver(live, type, manager));
        if (!real.isEmpty()) {
            throw real.error();
        }
    }

    // Kubernetes' own types cannot hold null, custom resources can.
    private boolean keepsNulls() {
        return type.fields().values().stream().allMatch(field -> field.protobufPath().isEmpty());
    }

    // Content the schema does not describe stays as it is, nulls included.
    private static void dropNulls(JsonNode node, Shape shape) {
        if (node instanceof ObjectNode object && shape.kind() != Shape.Kind.DEDUCED) {
            object.removeIf(JsonNode::isNull);
            if (shape.isMap()) {
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    dropNulls(entry.getValue(), shape.child(entry.getKey()));
                }
            }
        } else if (node.isArray() && shape.isList()) {
            for (JsonNode element : node) {
                dropNulls(element, shape.element());
            }
        }
    }
}
