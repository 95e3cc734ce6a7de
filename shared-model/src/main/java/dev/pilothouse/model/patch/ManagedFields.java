package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.TypeSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps {@code metadata.managedFields} on every write that is not an apply. The rules are those of
 * apimachinery's util/managedfields.
 */
public final class ManagedFields {

    private ManagedFields() {}

    /**
     * Sets {@code updated.metadata.managedFields}: the manager owns what differs from live, the
     * others lose it. A list that the client sent counts when it is valid and the write is not to a
     * subresource; {@code []} or {@code [{}]} drops all entries. Field sets that did not change are
     * shared with live, so both must be treated as read-only afterwards.
     *
     * @param live the stored object, null on create; not modified
     * @param updated the object about to be stored
     * @param type the type of both
     * @param apiVersion version the client used
     * @param manager name of the client, may be empty
     * @param subresource empty for the object itself
     * @param now time of the write
     */
    public static void recordUpdate(
            @Nullable ObjectNode live,
            ObjectNode updated,
            TypeSchema type,
            String apiVersion,
            String manager,
            String subresource,
            Instant now) {
        List<ManagedEntry> stored = ManagedEntries.stored(live);
        List<ManagedEntry> base = base(live, updated, stored, !subresource.isEmpty());
        ManagedEntries.remove(updated);
        // An object that is not tracked stays so until its first apply.
        if (base.isEmpty() && live != null && !Json.text(live, "metadata", "uid").isEmpty()) {
            return;
        }
        FieldDiff diff = diff(live, updated, type);
        if (diff.isEmpty()) {
            boolean onlyTimes = ManagedEntries.sameButTimes(base, stored);
            ManagedEntries.write(updated, onlyTimes ? stored : base);
            return;
        }
        ManagedEntry self =
                new ManagedEntry(
                        manager,
                        ManagedEntry.UPDATE,
                        apiVersion,
                        ManagedEntry.timestamp(now),
                        subresource,
                        Json.object());
        ManagedEntries.write(updated, UpdateManagerCap.apply(record(base, self, diff)));
    }

    /** What a write changed, without what nobody can own. */
    static FieldDiff diff(@Nullable ObjectNode live, ObjectNode updated, TypeSchema type) {
        FieldDiff diff = FieldComparer.compare(live, updated, type);
        return diff.isEmpty()
                ? diff
                : new FieldDiff(
                        diff.changed().difference(ManagedEntries.NEVER_OWNED),
                        diff.removed().difference(ManagedEntries.NEVER_OWNED));
    }

    private static List<ManagedEntry> base(
            @Nullable ObjectNode live,
            ObjectNode updated,
            List<ManagedEntry> stored,
            boolean subresource) {
        JsonNode sent = ManagedEntries.node(updated);
        if (subresource || sent == null) {
            return stored;
        }
        if (ManagedEntries.isReset(sent)) {
            return List.of();
        }
        // The usual case: the client sends back what it got.
        if (JsonEquality.same(sent, ManagedEntries.node(live))) {
            return stored;
        }
        List<ManagedEntry> entries = ManagedEntries.sent(sent);
        return entries.isEmpty() ? stored : entries;
    }

    private static List<ManagedEntry> record(
            List<ManagedEntry> base, ManagedEntry self, FieldDiff diff) {
        List<ManagedEntry> entries = new ArrayList<>(base.size() + 1);
        ManagedEntry own = self;
        for (ManagedEntry entry : base) {
            if (entry.sameManager(self)) {
                own = entry;
            } else {
                entries.add(entry.without(diff.changed(), diff.removed()));
            }
        }
        entries.add(grown(own, diff, self.time()));
        return entries;
    }

    private static ManagedEntry grown(ManagedEntry own, FieldDiff diff, String now) {
        if (diff.changed().isEmpty()) {
            return own.without(FieldSet.empty(), diff.removed());
        }
        if (own.covers(diff.changed()) && !own.overlaps(diff.removed())) {
            return own.withTime(now);
        }
        FieldSet fields = own.fields().difference(diff.removed()).union(diff.changed());
        return own.withFields(fields, now);
    }
}
