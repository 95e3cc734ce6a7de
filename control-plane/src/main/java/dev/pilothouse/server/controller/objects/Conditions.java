package dev.pilothouse.server.controller.objects;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The conditions in the status of objects. */
public final class Conditions {

    private Conditions() {}

    /** The condition of a type, or null. */
    public static @Nullable ObjectNode find(@Nullable JsonNode object, String type) {
        ArrayNode conditions = Json.arrayAt(object, "status", "conditions");
        if (conditions != null) {
            for (JsonNode condition : conditions) {
                if (condition instanceof ObjectNode found
                        && Json.text(found, "type").equals(type)) {
                    return found;
                }
            }
        }
        return null;
    }

    /** The status of the condition of a type: True, False or Unknown; empty without one. */
    public static String status(@Nullable JsonNode object, String type) {
        return Json.text(find(object, type), "status");
    }

    /** Whether the condition of a type is True. */
    public static boolean isTrue(@Nullable JsonNode object, String type) {
        return status(object, type).equals("True");
    }

    /**
     * Sets a condition in {@code status.conditions}; its transition time changes with its status
     * only.
     *
     * @return whether anything but times has changed
     */
    public static boolean set(
            ObjectNode object,
            String type,
            String status,
            String reason,
            String message,
            Instant now) {
        ObjectNode holder = Json.child(object, "status");
        ObjectNode condition = find(object, type);
        if (condition == null) {
            ArrayNode conditions =
                    holder.get("conditions") instanceof ArrayNode present
                            ? present
                            : holder.putArray("conditions");
            condition = conditions.addObject().put("type", type);
        }
        boolean changed =
                !Json.text(condition, "status").equals(status)
                        || !Json.text(condition, "reason").equals(reason)
                        || !Json.text(condition, "message").equals(message);
        if (!Json.text(condition, "status").equals(status)) {
            condition.put("lastTransitionTime", time(now));
        }
        condition.put("status", status);
        put(condition, "reason", reason);
        put(condition, "message", message);
        return changed;
    }

    /** A moment as objects hold it: whole seconds. */
    public static String time(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void put(ObjectNode condition, String field, String value) {
        if (value.isEmpty()) {
            condition.remove(field);
        } else {
            condition.put(field, value);
        }
    }
}
