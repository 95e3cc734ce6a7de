package dev.pilothouse.ui.action;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change of labels or annotations. Immutable.
 *
 * @param set the pairs that there shall be
 * @param removed the keys that there shall not be
 */
public record PairChanges(Map<String, String> set, Set<String> removed) {

    /** No change. */
    public static final PairChanges NONE = new PairChanges(Map.of(), Set.of());

    /** Copies both, sorted. */
    public PairChanges {
        set = Collections.unmodifiableMap(new TreeMap<>(set));
        removed = Collections.unmodifiableSet(new TreeSet<>(removed));
    }

    /** What makes the one the other. */
    public static PairChanges between(Map<String, String> before, Map<String, String> after) {
        Set<String> gone = new TreeSet<>(before.keySet());
        gone.removeAll(after.keySet());
        return new PairChanges(after, gone).against(before);
    }

    /** Whether nothing changes. */
    public boolean isEmpty() {
        return set.isEmpty() && removed.isEmpty();
    }

    /** Only what is different for an object that has these pairs. */
    public PairChanges against(Map<String, String> current) {
        Map<String, String> other = new TreeMap<>(set);
        other.entrySet().removeIf(pair -> pair.getValue().equals(current.get(pair.getKey())));
        Set<String> gone = new TreeSet<>(removed);
        gone.retainAll(current.keySet());
        return new PairChanges(other, gone);
    }

    /** What takes this back from an object that had these pairs before. */
    public PairChanges reverse(Map<String, String> before) {
        Map<String, String> again = new TreeMap<>();
        Set<String> gone = new TreeSet<>();
        for (String key : set.keySet()) {
            String value = before.get(key);
            if (value == null) {
                gone.add(key);
            } else {
                again.put(key, value);
            }
        }
        for (String key : removed) {
            String value = before.get(key);
            if (value != null) {
                again.put(key, value);
            }
        }
        return new PairChanges(again, gone);
    }
}
