package dev.pilothouse.model.json;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One step of a {@link JsonPath}: adds what it selects from a node. */
sealed interface PathStep {

    void apply(JsonNode node, List<JsonNode> found);

    /** A field of an object. */
    record Child(String name) implements PathStep {
        @Override
        public void apply(JsonNode node, List<JsonNode> found) {
            JsonNode child = node.get(name);
            if (child != null) {
                found.add(child);
            }
        }
    }

    /** All fields of an object or elements of an array. */
    record Wildcard() implements PathStep {
        @Override
        public void apply(JsonNode node, List<JsonNode> found) {
            node.forEach(found::add);
        }
    }

    /** The node and everything below it. */
    record Descent() implements PathStep {
        @Override
        public void apply(JsonNode node, List<JsonNode> found) {
            found.add(node);
            for (JsonNode child : node) {
                apply(child, found);
            }
        }
    }

    /** An element; a negative index counts from the end. */
    record Index(int index) implements PathStep {
        @Override
        public void apply(JsonNode node, List<JsonNode> found) {
            int position = index < 0 ? node.size() + index : index;
            if (node.isArray() && position >= 0 && position < node.size()) {
                found.add(node.get(position));
            }
        }
    }

    /** Elements from start up to, not including, end; negative bounds count from the end. */
    record Slice(@Nullable Integer start, @Nullable Integer end, int step) implements PathStep {
        @Override
        public void apply(JsonNode node, List<JsonNode> found) {
            if (!node.isArray()) {
                return;
            }
            int from = start == null ? 0 : bound(start, node.size());
            int to = end == null ? node.size() : bound(end, node.size());
            for (int i = from; i < to; i += step) {
                found.add(node.get(i));
            }
        }

        private static int bound(int value, int size) {
            return Math.clamp(value < 0 ? value + size : value, 0, size);
        }
    }

    /** Several steps, one after the other, from the same node. */
    record Union(List<PathStep> steps) implements PathStep {
        @Override
        public void apply(JsonNode node, List<JsonNode> found) {
            for (PathStep step : steps) {
                step.apply(node, found);
            }
        }
    }

    /** The elements for which a condition holds. */
    record Filter(Predicate<JsonNode> condition) implements PathStep {
        @Override
        public void apply(JsonNode node, List<JsonNode> found) {
            if (node.isArray()) {
                for (JsonNode element : node) {
                    if (condition.test(element)) {
                        found.add(element);
                    }
                }
            }
        }
    }
}
