package dev.pilothouse.server.quota;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Amounts of named resources. Immutable. Source: apiserver's pkg/quota/v1/resources.go.
 *
 * @param values the amounts by name
 */
public record Amounts(Map<String, Quantity> values) {

    /** Nothing. */
    public static final Amounts NONE = new Amounts(Map.of());

    /** Copies the map. */
    public Amounts {
        values = Map.copyOf(values);
    }

    /** One amount. */
    public static Amounts of(String name, Quantity amount) {
        return new Amounts(Map.of(name, amount));
    }

    /** Reads a ResourceList; what is no quantity is passed over. */
    public static Amounts of(@Nullable JsonNode list) {
        if (list == null || !list.isObject() || list.isEmpty()) {
            return NONE;
        }
        Map<String, Quantity> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : list.properties()) {
            String text = entry.getValue().asString("");
            if (Quantity.isValid(text)) {
                values.put(entry.getKey(), Quantity.parse(text));
            }
        }
        return new Amounts(values);
    }

    /** The amount of a resource, zero when it is not named. */
    public Quantity get(String name) {
        return values.getOrDefault(name, Quantity.ZERO);
    }

    /** Whether a resource is named. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Whether no resource is named. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The sums of both, of all resources that either names. */
    public Amounts plus(Amounts other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        Map<String, Quantity> sums = new HashMap<>(values);
        other.values.forEach((name, amount) -> sums.merge(name, amount, Quantity::add));
        return new Amounts(sums);
    }

    /** What this is more than the other, of the resources that this names. */
    public Amounts beyond(Amounts other) {
        Map<String, Quantity> more = new HashMap<>();
        values.forEach((name, amount) -> {
            Quantity difference = amount.subtract(other.get(name));
            if (difference.signum() > 0) {
                more.put(name, difference);
            }
        });
        return new Amounts(more);
    }

    /** The larger of both, resource by resource. */
    public Amounts max(Amounts other) {
        Map<String, Quantity> larger = new HashMap<>(values);
        other.values.forEach((name, amount) ->
                larger.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
        return new Amounts(larger);
    }

    /** Only the named resources. */
    public Amounts only(Collection<String> names) {
        Map<String, Quantity> kept = new HashMap<>(values);
        kept.keySet().retainAll(names);
        return kept.size() == values.size() ? this : new Amounts(kept);
    }

    /** A ResourceList, in order of names. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        new TreeMap<>(values).forEach((name, amount) -> json.put(name, amount.toString()));
        return json;
    }

    /** As refusals name amounts: {@code pods=1,requests.cpu=500m}. */
    @Override
    public String toString() {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
