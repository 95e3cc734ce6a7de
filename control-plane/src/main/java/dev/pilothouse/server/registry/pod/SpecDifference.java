package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.json.Json;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Says what differs between two specs, for people: one line per member and side. */
public final class SpecDifference {

    private SpecDifference() {}

    /** Lines with a minus for the old values and a plus for the new ones. */
    public static String describe(JsonNode old, JsonNode now) {
        StringBuilder text = new StringBuilder();
        members("", old, now, text);
        return text.toString();
    }

    private static void members(String prefix, JsonNode old, JsonNode now, StringBuilder text) {
        if (old.isObject() && now.isObject()) {
            var names = new TreeSet<>(old.propertyNames());
            names.addAll(now.propertyNames());
            for (String name : names) {
                String path = prefix.isEmpty() ? name : prefix + "." + name;
                members(path, old.path(name), now.path(name), text);
            }
        } else if (old.isArray() && now.isArray() && old.size() == now.size()) {
            for (int i = 0; i < old.size(); i++) {
                members(prefix + "[" + i + "]", old.path(i), now.path(i), text);
            }
        } else if (!old.equals(now)) {
            line('-', prefix, old, text);
            line('+', prefix, now, text);
        }
    }

    private static void line(char sign, String path, JsonNode value, StringBuilder text) {
        if (!value.isMissingNode()) {
            text.append(sign).append(' ').append(path).append(": ");
            text.append(Json.string(value)).append('\n');
        }
    }
}
