package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and changes the conditions of a status. */
public final class Conditions {

    private Conditions() {}

    /** The condition of a type, or null. */
    public static @Nullable ObjectNode find(@Nullable ObjectNode status, String type) {
        for (ObjectNode condition : Json.objects(status, "conditions")) {
            if (Json.text(condition, "type").equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /** Whether the condition of a type is there and true. */
    public static boolean isTrue(@Nullable ObjectNode status, String type) {
        return Json.text(find(status, type), "status").equals("True");
    }

    /** The reason of the condition of a type, or empty. */
    public static String reason(@Nullable ObjectNode status, String type) {
        return Json.text(find(status, type), "reason");
    }

    /** A new condition that changed just now. */
    public static ObjectNode condition(
            String type, String value, String reason, String message, Instant now) {
        ObjectNode condition = Json.object();
        condition.put("type", type);
        condition.put("status", value);
        condition.put("lastTransitionTime", time(now));
        condition.put("reason", reason);
        condition.put("message", message);
        return condition;
    }

    /** Puts a condition at the end, in place of the one of its type. */
    public static void put(ObjectNode status, ObjectNode condition) {
        remove(status, Json.text(condition, "type"));
        status.withArray("conditions").add(condition);
    }

    /** Takes the condition of a type out. Returns whether there was one. */
    public static boolean remove(ObjectNode status, String type) {
        ArrayNode conditions = Json.arrayAt(status, "conditions");
        if (conditions == null) {
            return false;
        }
        ArrayNode kept = Json.array();
        conditions.forEach(condition -> {
            if (!Json.text(condition, "type").equals(type)) {
                kept.add(condition);
            }
        });
        boolean removed = kept.size() < conditions.size();
        if (kept.isEmpty()) {
            status.remove("conditions");
        } else {
            status.set("conditions", kept);
        }
        return removed;
    }

    /** A time as objects carry it. */
    public static String time(Instant when) {
        return when.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
