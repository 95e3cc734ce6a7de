package dev.pilothouse.ui.workbench;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a page can be found again; survives the application.
 *
 * @param type which screen, as {@link Screen#type()}
 * @param values what makes it another page of the screen: an object, a kind
 * @param state how it was left: a filter, columns; two places that differ only here are the same
 */
public record Place(String type, Map<String, String> values, Map<String, String> state) {

    /** Copies the maps. */
    public Place {
        values = Map.copyOf(values);
        state = Map.copyOf(state);
    }

    /** The only page of a screen. */
    public static Place of(String type) {
        return new Place(type, Map.of(), Map.of());
    }

    /** The page of an object. */
    public static Place of(String type, ObjectRef object) {
        return of(type, object.kind())
                .with("namespace", object.namespace())
                .with("name", object.name())
                .with("uid", object.uid());
    }

    /** The page of a kind. */
    public static Place of(String type, Kind kind) {
        return of(type).with("group", kind.group())
                .with("version", kind.version())
                .with("resource", kind.resource())
                .with("kind", kind.kind())
                .with("namespaced", String.valueOf(kind.namespaced()));
    }

    /** With one more value. */
    public Place with(String key, String value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(key, value);
        return new Place(type, more, state);
    }

    /** With one more piece of state; an empty one is left out. */
    public Place withState(String key, String value) {
        Map<String, String> more = new TreeMap<>(state);
        if (value.isEmpty()) {
            more.remove(key);
        } else {
            more.put(key, value);
        }
        return new Place(type, values, more);
    }

    /** A value, empty when there is none. */
    public String value(String key) {
        return values.getOrDefault(key, "");
    }

    /** A piece of state, empty when there is none. */
    public String state(String key) {
        return state.getOrDefault(key, "");
    }

    /** The kind, null when it is not the page of a kind or object. */
    public @Nullable Kind kind() {
        return value("resource").isEmpty()
                ? null
                : new Kind(
                        value("group"),
                        value("version"),
                        value("resource"),
                        value("kind"),
                        value("namespaced").equals("true"));
    }

    /** The object, null when it is not the page of one. */
    public @Nullable ObjectRef object() {
        Kind kind = kind();
        return kind == null || value("name").isEmpty()
                ? null
                : new ObjectRef(kind, value("namespace"), value("name"), value("uid"));
    }

    /** Whether both lead to the same page, whatever its state. */
    public boolean isSameAs(@Nullable Place other) {
        return other != null && type.equals(other.type) && Objects.equals(values, other.values);
    }

    /** As JSON. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("type", type);
        ObjectNode written = json.putObject("values");
        new TreeMap<>(values).forEach(written::put);
        ObjectNode left = json.putObject("state");
        new TreeMap<>(state).forEach(left::put);
        return json;
    }

    /** From JSON; what is missing is empty. */
    public static Place fromJson(JsonNode json) {
        return new Place(
                Json.text(json, "type"), texts(json.path("values")), texts(json.path("state")));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        return texts;
    }
}
