package dev.pilothouse.server.scheduler.cluster;

import java.util.List;

/**
 * Lets a pod onto nodes with a taint.
 *
 * @param key empty for all
 * @param operator {@code Exists} or {@code Equal}, which is also meant by empty
 * @param value compared by {@code Equal}
 * @param effect empty for all
 */
public record Toleration(String key, String operator, String value, String effect) {

    /** Whether a taint is tolerated. Source: api/core/v1 Toleration.ToleratesTaint. */
    public boolean tolerates(Taint taint) {
        if (!effect.isEmpty() && !effect.equals(taint.effect())) {
            return false;
        }
        if (!key.isEmpty() && !key.equals(taint.key())) {
            return false;
        }
        return switch (operator) {
            case "", "Equal" -> value.equals(taint.value());
            case "Exists" -> true;
            default -> false;
        };
    }

    /** Whether one of them tolerates a taint. */
    public static boolean anyTolerates(List<Toleration> tolerations, Taint taint) {
        for (Toleration toleration : tolerations) {
            if (toleration.tolerates(taint)) {
                return true;
            }
        }
        return false;
    }
}
