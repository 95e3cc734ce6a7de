package dev.pilothouse.ui.yaml;

import dev.pilothouse.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A value and where it stands in the text. */
public sealed interface YamlNode {

    /** Where it stands; offsets are those of the whole text. */
    Span span();

    /** The value, as the server reads it. */
    JsonNode json();

    /**
     * Fields.
     *
     * @param flow whether it is written in braces
     */
    record Mapping(Span span, boolean flow, List<Entry> entries) implements YamlNode {

        /** Copies the list. */
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The field of that name, the last one when there are several; null for none. */
        public @Nullable Entry entry(String key) {
            return entries.reversed().stream()
                    .filter(entry -> entry.key().equals(key))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public ObjectNode json() {
            ObjectNode object = Json.object();
            for (Entry entry : entries) {
                // Merge keys give way to the mapping's own.
                if (entry.key().equals("<<") && entry.value() instanceof Mapping merged) {
                    merged.json().properties().stream()
                            .filter(each -> !object.has(each.getKey()))
                            .forEach(each -> object.set(each.getKey(), each.getValue()));
                } else {
                    object.set(entry.key(), entry.value().json());
                }
            }
            return object;
        }
    }

    /** A field. */
    record Entry(String key, Span keySpan, YamlNode value) {}

    /**
     * A list.
     *
     * @param flow whether it is written in brackets
     */
    record Sequence(Span span, boolean flow, List<YamlNode> items) implements YamlNode {

        /** Copies the list. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public ArrayNode json() {
            ArrayNode array = Json.array();
            items.forEach(item -> array.add(item.json()));
            return array;
        }
    }

    /**
     * Text, a number, true, false or null.
     *
     * @param block whether it is written below a {@code |} or {@code >}
     */
    record Scalar(Span span, JsonNode json, boolean block) implements YamlNode {}

    /** The node at a path of keys and list positions; null for none. */
    default @Nullable YamlNode at(List<?> path) {
        YamlNode node = this;
        for (Object step : path) {
            YamlNode next =
                    switch (node) {
                        case Mapping mapping -> {
                            Entry entry = mapping.entry(String.valueOf(step));
                            yield entry == null ? null : entry.value();
                        }
                        case Sequence sequence
                                when step instanceof Integer index
                                        && index < sequence.items().size() ->
                                sequence.items().get(index);
                        default -> null;
                    };
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }
}
