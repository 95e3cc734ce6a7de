package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.HumanDuration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cell values that many kinds share. */
final class Cells {

    static final String NONE = "<none>";
    static final String UNSET = "<unset>";

    private Cells() {}

    static String name(ObjectNode object) {
        return Json.text(object, "metadata", "name");
    }

    static String age(ObjectNode object, Instant now) {
        return since(object, now, "metadata", "creationTimestamp");
    }

    static String since(JsonNode object, Instant now, String... path) {
        return HumanDuration.since(Json.text(object, path), now);
    }

    static String textOr(@Nullable JsonNode object, String missing, String... path) {
        String text = Json.text(object, path);
        return text.isEmpty() ? missing : text;
    }

    /** Text as it is, any other value as JSON; the default when it is missing. */
    static String anyOr(@Nullable JsonNode object, String missing, String... path) {
        JsonNode value = Json.at(object, path);
        return value == null ? missing : plain(value);
    }

    /** Text as it is, any other value as JSON. */
    static String plain(JsonNode value) {
        return value.isString() ? value.stringValue() : Json.string(value);
    }

    static long number(@Nullable JsonNode object, String... path) {
        return Json.number(object, 0, path);
    }

    static long size(@Nullable JsonNode object, String... path) {
        JsonNode value = Json.at(object, path);
        return value == null ? 0 : value.size();
    }

    static boolean terminating(ObjectNode object) {
        return !Json.text(object, "metadata", "deletionTimestamp").isEmpty();
    }

    /** Texts of an array, separated. */
    static String join(@Nullable JsonNode object, String separator, String... path) {
        JsonNode array = Json.at(object, path);
        return array == null
                ? ""
                : array.valueStream().map(Cells::plain).collect(Collectors.joining(separator));
    }

    /** Names of the containers in a pod spec. */
    static String containers(@Nullable JsonNode podSpec) {
        return each(podSpec, "containers", "name");
    }

    /** Images of the containers in a pod spec. */
    static String images(@Nullable JsonNode podSpec) {
        return each(podSpec, "containers", "image");
    }

    private static String each(@Nullable JsonNode object, String array, String field) {
        return Json.objects(object, array).stream()
                .map(element -> Json.text(element, field))
                .collect(Collectors.joining(","));
    }

    /** A map of labels as {@code a=b,c=d}, sorted. Source: apimachinery labels FormatLabels. */
    static String labels(@Nullable JsonNode object, String... path) {
        Map<String, String> labels = new TreeMap<>(Json.stringMap(object, path));
        return labels.isEmpty()
                ? NONE
                : labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    /** Up to {@code shown} values, then how many more there are. */
    static String some(List<String> values, int shown, String separator) {
        String text = values.stream().limit(shown).collect(Collectors.joining(separator));
        return values.size() > shown ? text + " + " + (values.size() - shown) + " more..." : text;
    }

    /** {@code True} or {@code False}, as printers write truth values in text columns. */
    static String truth(boolean value) {
        return value ? "True" : "False";
    }
}
