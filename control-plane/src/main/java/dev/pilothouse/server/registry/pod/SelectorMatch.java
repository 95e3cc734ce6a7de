package dev.pilothouse.server.registry.pod;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Matches label selectors against labels, both as trees. */
public final class SelectorMatch {

    private SelectorMatch() {}

    /** Whether the labels satisfy every requirement; null stands for no selector, no labels. */
    public static boolean matches(@Nullable ObjectNode selector, @Nullable ObjectNode labels) {
        if (selector == null) {
            return true;
        }
        for (var entry : selector.path("matchLabels").properties()) {
            if (labels == null || !entry.getValue().equals(labels.get(entry.getKey()))) {
                return false;
            }
        }
        for (JsonNode requirement : selector.path("matchExpressions")) {
            if (!satisfied(requirement, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean satisfied(JsonNode requirement, @Nullable ObjectNode labels) {
        JsonNode value = labels == null ? null : labels.get(requirement.path("key").asString(""));
        boolean listed = false;
        for (JsonNode allowed : requirement.path("values")) {
            listed |= allowed.equals(value);
        }
        return switch (requirement.path("operator").asString("")) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            // What the validator complains of needs no second complaint.
            default -> true;
        };
    }
}
