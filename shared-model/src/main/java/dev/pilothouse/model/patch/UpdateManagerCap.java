package dev.pilothouse.model.patch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the number of update entries bounded: the oldest of a version are folded into one. Rule:
 * apimachinery managedfields/internal/capmanagers.go.
 */
final class UpdateManagerCap {

    private static final int MAX_UPDATE_MANAGERS = 10;
    private static final String BUCKET = "ancient-changes";

    private UpdateManagerCap() {}

    static List<ManagedEntry> apply(List<ManagedEntry> entries) {
        List<ManagedEntry> updaters = new ArrayList<>();
        for (ManagedEntry entry : entries) {
            if (!entry.isApply()) {
                updaters.add(entry);
            }
        }
        return updaters.size() <= MAX_UPDATE_MANAGERS ? entries : fold(entries, updaters);
    }

    private static List<ManagedEntry> fold(
            List<ManagedEntry> entries, List<ManagedEntry> updaters) {
        updaters.sort(
                Comparator.comparingLong(ManagedEntry::seconds)
                        .thenComparing(ManagedEntry::manager)
                        .thenComparing(ManagedEntry::subresource));
        List<ManagedEntry> result = new ArrayList<>(entries);
        Map<String, ManagedEntry> oldest = new HashMap<>();
        int count = updaters.size();
        for (ManagedEntry entry : updaters) {
            if (count <= MAX_UPDATE_MANAGERS) {
                break;
            }
            ManagedEntry first = oldest.putIfAbsent(entry.apiVersion(), entry);
            if (first != null) {
                ManagedEntry bucket = find(result, bucketOf(first));
                ManagedEntry target = bucket == null ? first : bucket;
                result.remove(target);
                result.remove(entry);
                result.add(
                        bucketOf(entry)
                                .withFields(entry.fields().union(target.fields()), entry.time()));
                count--;
            }
        }
        return result;
    }

    private static ManagedEntry bucketOf(ManagedEntry entry) {
        return entry.named(BUCKET, "");
    }

    private static @Nullable ManagedEntry find(List<ManagedEntry> entries, ManagedEntry like) {
        return entries.stream().filter(like::sameManager).findFirst().orElse(null);
    }
}
