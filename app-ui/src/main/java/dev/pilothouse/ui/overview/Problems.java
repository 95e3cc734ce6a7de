package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Objects that are not well, grouped by what is wrong with them. A change costs the same however
 * many objects there are. Thread-safe.
 */
final class Problems {

    private static final int SAMPLES = 5;

    private final Map<Key, Map<String, ObjectRef>> groups = new HashMap<>();
    private final Map<String, Key> keys = new HashMap<>();

    private record Key(Kind kind, String cause, boolean bad) {}

    /**
     * What is wrong with some objects of a kind.
     *
     * @param bad whether it is broken, rather than waiting
     * @param count how many objects
     * @param samples some of them
     */
    record Group(Kind kind, String cause, boolean bad, int count, List<ObjectRef> samples) {}

    /** What is wrong with an object now; an empty cause for nothing. */
    synchronized void put(ObjectRef object, String cause, boolean bad) {
        Key key = cause.isEmpty() ? null : new Key(object.kind(), cause, bad);
        Key before = keys.get(object.uid());
        if (Objects.equals(key, before)) {
            return;
        }
        take(object.uid(), before);
        if (key != null) {
            keys.put(object.uid(), key);
            groups.computeIfAbsent(key, _ -> new LinkedHashMap<>()).put(object.uid(), object);
        }
    }

    synchronized void remove(String uid) {
        take(uid, keys.get(uid));
    }

    private void take(String uid, @Nullable Key key) {
        keys.remove(uid);
        Map<String, ObjectRef> group = key == null ? null : groups.get(key);
        if (group != null && key != null) {
            group.remove(uid);
            if (group.isEmpty()) {
                groups.remove(key);
            }
        }
    }

    /** Forgets the objects of a kind: its list is read anew. */
    synchronized void clear(Kind kind) {
        keys.values().removeIf(key -> key.kind().equals(kind));
        groups.keySet().removeIf(key -> key.kind().equals(kind));
    }

    /** What is broken first, then what waits; the largest groups first. */
    synchronized List<Group> groups() {
        List<Group> all = new ArrayList<>();
        groups.forEach((key, objects) ->
                all.add(
                        new Group(
                                key.kind(),
                                key.cause(),
                                key.bad(),
                                objects.size(),
                                objects.values().stream().limit(SAMPLES).toList())));
        all.sort(
                Comparator.comparing((Group group) -> !group.bad())
                        .thenComparing(group -> -group.count())
                        .thenComparing(Group::cause));
        return all;
    }
}
