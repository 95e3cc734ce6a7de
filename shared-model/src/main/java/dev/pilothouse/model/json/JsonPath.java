package dev.pilothouse.model.json;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A path into a JSON tree in Kubernetes' dialect of JSONPath, as printer columns and sort keys use
 * it: children, indexes, slices, unions, wildcards, recursive descent and filters. Surrounding
 * braces and a leading {@code $} are optional. Missing fields find nothing. Immutable and
 * thread-safe. Source: client-go util/jsonpath.
 */
public final class JsonPath {

    private final String text;
    private final List<PathStep> steps;

    private JsonPath(String text, List<PathStep> steps) {
        this.text = text;
        this.steps = steps;
    }

    /**
     * Reads a path such as <code>.status.conditions[?(@.type=="Ready")].status</code>.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    public static JsonPath parse(String text) {
        return new JsonPath(text, new JsonPathParser(text).parse());
    }

    /** Everything at the path, in document order; empty when there is nothing. */
    public List<JsonNode> find(JsonNode root) {
        return find(steps, root);
    }

    static List<JsonNode> find(List<PathStep> steps, JsonNode root) {
        List<JsonNode> current = List.of(root);
        for (PathStep step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : current) {
                step.apply(node, next);
            }
            current = next;
        }
        return current;
    }

    @Override
    public String toString() {
        return text;
    }
}
