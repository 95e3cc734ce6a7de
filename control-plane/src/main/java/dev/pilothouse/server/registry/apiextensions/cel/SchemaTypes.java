package dev.pilothouse.server.registry.apiextensions.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.pilothouse.model.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types that the values of a schema have in rules. Values whose schema says nothing have none
 * and cannot be written in rules. Source: apiserver's pkg/cel/common/schemas.go.
 */
@SuppressWarnings("Immutable") // Nothing changes once it is made.
final class SchemaTypes implements CelTypeProvider {

    private static final String ROOT = "selfType";

    private final Map<String, CelType> structs = new LinkedHashMap<>();
    private final @Nullable CelType self;

    /** The types of a schema; {@code resource} says whether it is that of a whole resource. */
    SchemaTypes(ObjectNode schema, boolean resource) {
        this.self = typeOf(schema, resource, ROOT);
    }

    /** The type of a value of the schema, or null when rules cannot be written about it. */
    @Nullable CelType self() {
        return self;
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(structs.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(structs.get(name));
    }

    private @Nullable CelType typeOf(ObjectNode schema, boolean resource, String name) {
        if (Schemas.isIntOrString(schema)) {
            return SimpleType.DYN;
        }
        if (resource) {
            return struct(Schemas.resource(schema), name);
        }
        return switch (Json.text(schema, "type")) {
            case "array" -> list(schema, name);
            case "object" -> object(schema, name);
            case "string" ->
                    switch (Json.text(schema, "format")) {
                        case "byte" -> SimpleType.BYTES;
                        case "duration" -> SimpleType.DURATION;
                        case "date", "date-time" -> SimpleType.TIMESTAMP;
                        default -> SimpleType.STRING;
                    };
            case "boolean" -> SimpleType.BOOL;
            case "number" -> SimpleType.DOUBLE;
            case "integer" -> SimpleType.INT;
            default -> null;
        };
    }

    private @Nullable CelType list(ObjectNode schema, String name) {
        ObjectNode items = Schemas.items(schema);
        CelType element =
                items == null ? null : typeOf(items, Schemas.isResource(items), name + ".@idx");
        return element == null ? null : ListType.create(element);
    }

    private @Nullable CelType object(ObjectNode schema, String name) {
        ObjectNode additional = Schemas.additional(schema);
        if (additional == null) {
            return struct(schema, name);
        }
        CelType value = typeOf(additional, Schemas.isResource(additional), name + ".@elem");
        return value == null ? null : MapType.create(SimpleType.STRING, value);
    }

    private CelType struct(ObjectNode schema, String name) {
        Map<String, CelType> fields = new LinkedHashMap<>();
        ObjectNode properties = Json.objectAt(schema, "properties");
        if (properties != null) {
            for (Map.Entry<String, JsonNode> entry : properties.properties()) {
                String identifier = PropertyNames.escape(entry.getKey());
                if (identifier != null && entry.getValue() instanceof ObjectNode property) {
                    CelType type =
                            typeOf(property, Schemas.isResource(property), name + "." + identifier);
                    if (type != null) {
                        fields.put(identifier, type);
                    }
                }
            }
        }
        StructType struct =
                StructType.create(
                        name,
                        ImmutableSet.copyOf(fields.keySet()),
                        field -> Optional.ofNullable(fields.get(field)));
        structs.put(name, struct);
        return struct;
    }
}
