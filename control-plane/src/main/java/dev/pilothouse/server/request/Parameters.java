package dev.pilothouse.server.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named values in order, several per name possible: query parameters (case matters) or headers
 * (case does not). Immutable.
 */
public final class Parameters {

    /** No values. */
    public static final Parameters EMPTY = new Parameters(Map.of());

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Query parameters; names keep their case. */
    public static Parameters query(Map<String, List<String>> values) {
        return values.isEmpty() ? EMPTY : new Parameters(new LinkedHashMap<>(values));
    }

    /** Headers; names are lower case in the map and in look-ups. */
    public static Parameters headers(Map<String, List<String>> lowerCaseNames) {
        return new Parameters(lowerCaseNames);
    }

    /** The first value, or null. Header names must be given in lower case. */
    public @Nullable String first(String name) {
        List<String> all = values.get(name);
        return all == null || all.isEmpty() ? null : all.getFirst();
    }

    /** The first value, or the empty text. */
    public String text(String name) {
        String value = first(name);
        return value == null ? "" : value;
    }

    /** All values of a name. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether there is such a name, with or without a value. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * Whether the first value means true in Go's conversion of query parameters: anything but "",
     * "false" and "0".
     */
    public boolean flag(String name) {
        List<String> all = values.get(name);
        if (all == null) {
            return false;
        }
        String value = all.isEmpty() ? "" : all.getFirst();
        return !value.equals("false") && !value.equals("0");
    }

    /** All values by name. */
    public Map<String, List<String>> asMap() {
        return values;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
