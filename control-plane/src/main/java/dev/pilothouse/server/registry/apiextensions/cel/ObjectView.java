package dev.pilothouse.server.registry.apiextensions.cel;

import dev.pilothouse.model.json.Json;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object as a map: by identifiers where its schema declares properties, by plain keys where
 * it is a map. Not to be changed.
 */
final class ObjectView extends AbstractMap<String, Object> {

    private final ObjectNode object;
    private final @Nullable ObjectNode schema;
    private final boolean escaped;

    ObjectView(ObjectNode object, @Nullable ObjectNode schema) {
        this.object = object;
        this.schema = schema;
        this.escaped = schema != null && Json.objectAt(schema, "properties") != null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && object.has(property(name));
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        JsonNode value = object.get(property(name));
        return value == null ? null : convert(property(name), value);
    }

    @Override
    public int size() {
        return object.size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return object.properties().stream().map(ObjectView.this::entry).iterator();
            }

            @Override
            public int size() {
                return object.size();
            }
        };
    }

    private Map.Entry<String, Object> entry(Map.Entry<String, JsonNode> entry) {
        String identifier = escaped ? PropertyNames.escape(entry.getKey()) : entry.getKey();
        return Map.entry(
                identifier == null ? entry.getKey() : identifier,
                convert(entry.getKey(), entry.getValue()));
    }

    private String property(String key) {
        return escaped ? PropertyNames.unescape(key) : key;
    }

    private Object convert(String name, JsonNode value) {
        ObjectNode own = schema == null ? null : Schemas.property(schema, name);
        return SchemaValues.of(
                value, own == null && schema != null ? Schemas.additional(schema) : own);
    }
}
