package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.JsonPath;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * A column that the user has made, as {@code kubectl get -o custom-columns} has them. Its cells are
 * found in each object as it arrives; of the object nothing else is kept.
 *
 * @param name the heading
 * @param expression a path such as {@code .spec.nodeName}, in Kubernetes' dialect of JSONPath
 */
public record ExtraColumn(String name, String expression) {

    /** What kubectl prints where there is nothing. */
    private static final String NONE = "<none>";

    /**
     * Checks the expression.
     *
     * @throws IllegalArgumentException when it cannot be read; the message says why
     */
    public ExtraColumn {
        if (expression.isBlank() || expression.strip().matches("\\{?[.$@\\s]*\\}?")) {
            throw new IllegalArgumentException("it names no field");
        }
        path(expression);
    }

    private static JsonPath path(String expression) {
        return JsonPath.parse(expression);
    }

    JsonPath path() {
        return path(expression);
    }

    /** Whether more of the object is needed than its metadata. */
    boolean needsObject() {
        String bare = expression.strip().replaceFirst("^\\{\\s*", "").replaceFirst("^[$@]", "");
        return !bare.matches("\\.?metadata(\\..*|\\[.*|\\}.*)?");
    }

    /** The text of a cell: all that is found, separated by commas. */
    static String cell(JsonPath path, JsonNode object) {
        StringJoiner joined = new StringJoiner(",").setEmptyValue(NONE);
        for (JsonNode found : path.find(object)) {
            if (!found.isNull()) {
                joined.add(found.isValueNode() ? found.asString() : found.toString());
            }
        }
        return joined.toString();
    }
}
