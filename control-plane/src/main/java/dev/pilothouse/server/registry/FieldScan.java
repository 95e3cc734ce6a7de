package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads a few texts out of JSON by their paths without building a tree: whole states are read back
 * at a start. Immutable.
 */
final class FieldScan {

    /** What is wanted of an object: its members of these names, each a text or an object again. */
    private record Want(String path, Map<String, Want> members) {

        @Nullable Want member(String name) {
            return members.get(name);
        }
    }

    private static final String LABELS = "metadata.labels";

    private final Want root = new Want("", new HashMap<>());

    /** A scan for labels and these paths, whose parts are separated by dots. */
    FieldScan(Collection<String> paths) {
        want(LABELS);
        paths.forEach(this::want);
    }

    private void want(String path) {
        Want at = root;
        for (String part : path.split("\\.")) {
            String below = at.path().isEmpty() ? part : at.path() + "." + part;
            at = at.members().computeIfAbsent(part, any -> new Want(below, new HashMap<>()));
        }
    }

    /**
     * What was found.
     *
     * @param labels the labels that are texts
     * @param texts the wanted scalars by path; nulls and what is not there are left out
     */
    record Found(Map<String, String> labels, Map<String, String> texts) {}

    /**
     * Scans an object.
     *
     * @throws tools.jackson.core.JacksonException when it is no JSON object
     */
    Found scan(byte[] json) {
        Found found = new Found(new HashMap<>(), new HashMap<>());
        try (JsonParser parser = Json.parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StreamReadException(parser, "not a JSON object");
            }
            members(parser, root, found);
        }
        return found;
    }

    private static void members(JsonParser parser, Want wanted, Found found) {
        String name = parser.nextName();
        while (name != null) {
            Want member = wanted.member(name);
            JsonToken value = parser.nextToken();
            if (member == null) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                if (member.path().equals(LABELS)) {
                    labels(parser, found.labels());
                } else {
                    members(parser, member, found);
                }
            } else if (value == JsonToken.START_ARRAY) {
                parser.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                found.texts().put(member.path(), parser.getString());
            }
            name = parser.nextName();
        }
    }

    private static void labels(JsonParser parser, Map<String, String> labels) {
        String name = parser.nextName();
        while (name != null) {
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                labels.put(name, parser.getString());
            } else {
                parser.skipChildren();
            }
            name = parser.nextName();
        }
    }
}
