package dev.pilothouse.model.selector;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Selects objects by labels: all requirements must hold. Immutable.
 *
 * @param requirements what must hold; empty selects everything
 */
public record LabelSelector(List<Requirement> requirements) {

    /** Selects everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    /** How a requirement compares. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        GREATER_THAN,
        LESS_THAN
    }

    /**
     * One condition on one label.
     *
     * @param key label name
     * @param operator how to compare
     * @param values what to compare with; one number for the two comparisons of size
     */
    public record Requirement(String key, Operator operator, Set<String> values) {

        /** Copies the values. */
        public Requirement {
            values = Set.copyOf(values);
        }

        boolean matches(@Nullable String value) {
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                case GREATER_THAN -> value != null && compare(value) > 0;
                case LESS_THAN -> value != null && compare(value) < 0;
            };
        }

        String format() {
            String list = values.stream().sorted().collect(Collectors.joining(","));
            return switch (operator) {
                case IN -> values.size() == 1 ? key + "=" + list : key + " in (" + list + ")";
                case NOT_IN ->
                        values.size() == 1 ? key + "!=" + list : key + " notin (" + list + ")";
                case EXISTS -> key;
                case DOES_NOT_EXIST -> "!" + key;
                case GREATER_THAN -> key + ">" + list;
                case LESS_THAN -> key + "<" + list;
            };
        }

        private int compare(String value) {
            try {
                return Long.compare(
                        Long.parseLong(value), Long.parseLong(values.iterator().next()));
            } catch (NumberFormatException _) {
                return 0;
            }
        }
    }

    /** Copies the list. */
    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads the form of the {@code labelSelector} query parameter.
     *
     * @throws ApiException 400 when it cannot be read
     */
    public static LabelSelector parse(String text) {
        return text.isBlank()
                ? EVERYTHING
                : new LabelSelector(new LabelSelectorParser(text).parse());
    }

    /**
     * Reads the structured form of an object's {@code selector} field with matchLabels and
     * matchExpressions. A missing selector selects nothing there and is not for this method; an
     * empty one selects everything.
     */
    public static LabelSelector fromJson(JsonNode selector) {
        List<Requirement> requirements = new ArrayList<>();
        Json.stringMap(selector, "matchLabels")
                .forEach((key, value) ->
                        requirements.add(new Requirement(key, Operator.IN, Set.of(value))));
        for (JsonNode expression : Json.objects(selector, "matchExpressions")) {
            Set<String> values = new HashSet<>();
            expression.path("values").forEach(value -> values.add(value.asString("")));
            Operator operator =
                    switch (Json.text(expression, "operator")) {
                        case "In" -> Operator.IN;
                        case "NotIn" -> Operator.NOT_IN;
                        case "Exists" -> Operator.EXISTS;
                        case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
                        default ->
                                throw ApiException.badRequest(
                                        "\""
                                                + Json.text(expression, "operator")
                                                + "\" is not a valid label selector operator");
                    };
            requirements.add(new Requirement(Json.text(expression, "key"), operator, values));
        }
        return new LabelSelector(requirements);
    }

    /**
     * Selects objects that have all these labels: the plain map form of Services and
     * ReplicationControllers.
     */
    public static LabelSelector ofMap(Map<String, String> labels) {
        return new LabelSelector(
                labels.entrySet().stream()
                        .map(label ->
                                new Requirement(
                                        label.getKey(), Operator.IN, Set.of(label.getValue())))
                        .toList());
    }

    /** Whether labels, asked for by name (null for missing), meet all requirements. */
    public boolean matches(Function<String, @Nullable String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels.apply(requirement.key()))) {
                return false;
            }
        }
        return true;
    }

    /** The query-string form, sorted by label: what scale subresources show. */
    public String format() {
        return requirements.stream()
                .map(Requirement::format)
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** Whether everything is selected. */
    public boolean isEverything() {
        return requirements.isEmpty();
    }
}
