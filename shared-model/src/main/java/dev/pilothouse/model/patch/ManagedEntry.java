package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of {@code metadata.managedFields}. The field set stays in its wire form until it must
 * be worked on; most writes touch one entry only.
 *
 * @param manager who; may be empty for an update
 * @param operation {@code Apply} or {@code Update}
 * @param apiVersion version the fields are named in
 * @param time of the last change, empty when unknown
 * @param subresource empty for the object itself
 * @param wire value of {@code fieldsV1}; shared between objects, never modified
 */
record ManagedEntry(
        String manager,
        String operation,
        String apiVersion,
        String time,
        String subresource,
        ObjectNode wire) {

    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    /** The order of entries in an object; apimachinery managedfields/internal/managedfields.go. */
    static final Comparator<ManagedEntry> ORDER =
            Comparator.comparing(ManagedEntry::operation)
                    .thenComparingLong(ManagedEntry::seconds)
                    .thenComparing(ManagedEntry::manager)
                    .thenComparing(ManagedEntry::apiVersion)
                    .thenComparing(ManagedEntry::subresource);

    /**
     * Reads an entry that a client sent; its field set is brought into the canonical form.
     *
     * @throws ApiException 400 when it is not a valid entry
     */
    static ManagedEntry parse(JsonNode json) {
        ManagedEntry entry = read(json);
        String fieldsType = Json.text(json, "fieldsType");
        boolean operation = entry.operation.equals(APPLY) || entry.operation.equals(UPDATE);
        if (!operation || entry.apiVersion.isEmpty() || !fieldsType.equals("FieldsV1")) {
            throw ApiException.badRequest("invalid managed fields entry");
        }
        return entry.withFields(FieldSet.fromFieldsV1(entry.wire), entry.time);
    }

    /**
     * Reads an entry of a stored object, which has been through {@link #parse} or {@link #write}.
     */
    static ManagedEntry read(JsonNode json) {
        ObjectNode fields = Json.objectAt(json, "fieldsV1");
        return new ManagedEntry(
                Json.text(json, "manager"),
                Json.text(json, "operation"),
                Json.text(json, "apiVersion"),
                Json.text(json, "time"),
                Json.text(json, "subresource"),
                fields == null ? Json.object() : fields);
    }

    ObjectNode write() {
        ObjectNode json = Json.object();
        if (!manager.isEmpty()) {
            json.put("manager", manager);
        }
        json.put("operation", operation);
        json.put("apiVersion", apiVersion);
        if (!time.isEmpty()) {
            json.put("time", time);
        }
        json.put("fieldsType", "FieldsV1");
        json.set("fieldsV1", wire);
        if (!subresource.isEmpty()) {
            json.put("subresource", subresource);
        }
        return json;
    }

    static String timestamp(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    boolean isApply() {
        return operation.equals(APPLY);
    }

    /** Whether both stand for the same manager; an applier keeps its entry across versions. */
    boolean sameManager(ManagedEntry other) {
        return manager.equals(other.manager)
                && operation.equals(other.operation)
                && subresource.equals(other.subresource)
                && (isApply() || apiVersion.equals(other.apiVersion));
    }

    FieldSet fields() {
        return FieldSet.fromFieldsV1(wire);
    }

    boolean isEmpty() {
        return wire.isEmpty();
    }

    ManagedEntry withFields(FieldSet fields, String changed) {
        return new ManagedEntry(
                manager, operation, apiVersion, changed, subresource, fields.toFieldsV1());
    }

    ManagedEntry withTime(String changed) {
        return new ManagedEntry(manager, operation, apiVersion, changed, subresource, wire);
    }

    ManagedEntry named(String name, String ofSubresource) {
        return new ManagedEntry(name, operation, apiVersion, time, ofSubresource, wire);
    }

    /** Without the paths; this same entry when it has none of them. */
    ManagedEntry without(FieldSet changed, FieldSet removed) {
        if (!overlaps(changed) && !overlaps(removed)) {
            return this;
        }
        return withFields(fields().difference(changed).difference(removed), time);
    }

    boolean overlaps(FieldSet set) {
        return !wire.isEmpty() && !set.isEmpty() && overlap(wire, set);
    }

    boolean covers(FieldSet set) {
        return set.isEmpty() || (!wire.isEmpty() && cover(wire, set));
    }

    private static boolean overlap(JsonNode wire, FieldSet set) {
        if (set.hasSelf() && isMember(wire)) {
            return true;
        }
        for (int i = 0; i < set.size(); i++) {
            JsonNode below = wire.get(set.name(i).wire());
            if (below != null && overlap(below, set.child(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean cover(JsonNode wire, FieldSet set) {
        if (set.hasSelf() && !isMember(wire)) {
            return false;
        }
        for (int i = 0; i < set.size(); i++) {
            JsonNode below = wire.get(set.name(i).wire());
            if (below == null || !cover(below, set.child(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMember(JsonNode wire) {
        return wire.isEmpty() || wire.has(".");
    }

    long seconds() {
        return time.isEmpty() ? 0 : seconds(time);
    }

    private static long seconds(String time) {
        try {
            return Instant.parse(time).getEpochSecond();
        } catch (DateTimeParseException e) {
            // A stored time that cannot be read sorts as if it were missing.
            return 0;
        }
    }

    /** Whether both are equal but perhaps for the time. */
    boolean sameButTime(ManagedEntry other) {
        return sameManager(other)
                && apiVersion.equals(other.apiVersion)
                && JsonEquality.same(wire, other.wire);
    }

    /** The manager as conflict messages name it. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(Json.string(JsonNodeFactory.instance.stringNode(manager)));
        if (!subresource.isEmpty()) {
            text.append(" with subresource \"").append(subresource).append('"');
        }
        if (!isApply()) {
            text.append(" using ").append(apiVersion);
        }
        return text.toString();
    }
}
