package dev.pilothouse.server.controller.nodes;

import dev.pilothouse.model.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A toleration of a pod. Source: core/v1 Toleration and its ToleratesTaint.
 *
 * @param key the taints' key, empty for all
 * @param operator Equal, Exists, Lt or Gt
 * @param value the taints' value
 * @param effect the taints' effect, empty for all
 * @param seconds how long, null for ever
 */
public record Toleration(
        String key, String operator, String value, String effect, @Nullable Long seconds) {

    /** Reads an element of {@code spec.tolerations}. */
    public static Toleration of(ObjectNode json) {
        JsonNode seconds = json.path("tolerationSeconds");
        return new Toleration(
                Json.text(json, "key"),
                Json.text(json, "operator"),
                Json.text(json, "value"),
                Json.text(json, "effect"),
                seconds.isNumber() ? (Long) seconds.asLong() : null);
    }

    /** Whether it tolerates a taint, for a time at least. */
    public boolean tolerates(Taint taint) {
        if ((!effect.isEmpty() && !effect.equals(taint.effect()))
                || (!key.isEmpty() && !key.equals(taint.key()))) {
            return false;
        }
        return switch (operator) {
            case "", "Equal" -> value.equals(taint.value());
            case "Exists" -> true;
            case "Lt" -> compare(taint) < 0;
            case "Gt" -> compare(taint) > 0;
            default -> false;
        };
    }

    /** How the taint's number compares to ours; 0 when one of them is no number. */
    private int compare(Taint taint) {
        try {
            return Long.compare(Long.parseLong(taint.value()), Long.parseLong(value));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
