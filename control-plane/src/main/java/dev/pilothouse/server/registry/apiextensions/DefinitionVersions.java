package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.apiextensions.cel.SchemaRules;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The versions of a CustomResourceDefinition: columns, subresources, selectable fields, schema. A
 * schema that all versions share is complained about once, in the place where Kubernetes keeps it.
 */
final class DefinitionVersions {

    private static final List<String> COLUMN_TYPES =
            List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> COLUMN_FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
    private static final int MAX_SELECTABLE = 8;
    private static final String SCHEMA = "openAPIV3Schema";

    private final @Nullable ObjectNode common;
    private final Set<ObjectNode> accepted;

    private DefinitionVersions(ObjectCheck spec, @Nullable ObjectNode before) {
        Set<ObjectNode> schemas = schemas(spec.node());
        boolean everywhere =
                Json.objects(spec.node(), "versions").stream()
                        .allMatch(version -> Json.objectAt(version, "schema", SCHEMA) != null);
        this.common = everywhere && schemas.size() == 1 ? schemas.iterator().next() : null;
        this.accepted = before == null ? Set.of() : schemas(before);
    }

    private static Set<ObjectNode> schemas(ObjectNode spec) {
        Set<ObjectNode> schemas = new HashSet<>();
        for (ObjectNode version : Json.objects(spec, "versions")) {
            ObjectNode schema = Json.objectAt(version, "schema", SCHEMA);
            if (schema != null) {
                schemas.add(schema);
            }
        }
        return schemas;
    }

    /**
     * Checks all versions.
     *
     * @param before the definition's spec as it was before, or null; rules that were good then need
     *     not be compiled again
     */
    static void validate(ObjectCheck spec, @Nullable ObjectNode before) {
        new DefinitionVersions(spec, before).validate(spec);
    }

    private void validate(ObjectCheck spec) {
        Set<String> names = new HashSet<>();
        boolean[] repeated = new boolean[1];
        int[] storage = new int[1];
        spec.each(
                "versions",
                version -> {
                    repeated[0] |= !names.add(version.text("name"));
                    storage[0] += Json.bool(version.node(), "storage") ? 1 : 0;
                    version(version);
                });
        if (common != null) {
            FieldPath path = spec.path("validation").child(SCHEMA);
            schema(ObjectCheck.of(common, path, spec.errors()));
        }
        if (repeated[0]) {
            spec.invalid("versions", "must contain unique version names");
        }
        if (storage[0] != 1) {
            spec.invalid("versions", "must have exactly one version marked as storage version");
        }
    }

    private void version(ObjectCheck version) {
        String name = version.text("name");
        List<String> complaints = Names.dns1035Label(name);
        if (!complaints.isEmpty()) {
            version.errors().invalid(version.path("name"), name, String.join(",", complaints));
        }
        if (version.has("deprecationWarning") && !Json.bool(version.node(), "deprecated")) {
            version.invalid("deprecationWarning", "can only be set for deprecated versions");
        }
        ObjectCheck schema = version.child("schema");
        if (!schema.present(SCHEMA)) {
            version.errors().required(schema.path(SCHEMA), "schemas are required");
        } else if (common == null) {
            schema(schema.child(SCHEMA));
        }
        version.ifPresent("subresources", DefinitionVersions::subresources);
        version.each("additionalPrinterColumns", DefinitionVersions::column);
        selectable(version);
    }

    /** Rules that cannot rely on the types of their values would only raise more complaints. */
    private void schema(ObjectCheck schema) {
        int before = schema.errors().size();
        StructuralSchemaCheck.root(schema);
        if (schema.errors().size() == before && !accepted.contains(schema.node())) {
            SchemaRules.check(schema);
        }
    }

    private static void subresources(ObjectCheck subresources) {
        subresources.ifPresent(
                "scale",
                scale -> {
                    below(scale, "specReplicasPath", ".spec.", "should be a json path under .spec");
                    below(
                            scale,
                            "statusReplicasPath",
                            ".status.",
                            "should be a json path under .status");
                    String labels = scale.text("labelSelectorPath");
                    if (!labels.isEmpty()
                            && !labels.startsWith(".spec.")
                            && !labels.startsWith(".status.")) {
                        scale.invalid(
                                "labelSelectorPath",
                                "should be a json path under either .spec or .status");
                    }
                });
    }

    private static void below(ObjectCheck scale, String field, String parent, String detail) {
        if (scale.require(field) && !scale.text(field).startsWith(parent)) {
            scale.invalid(field, detail);
        }
    }

    private static void column(ObjectCheck column) {
        column.require("name");
        if (column.require("type") && !COLUMN_TYPES.contains(column.text("type"))) {
            column.invalid("type", "must be one of " + String.join(",", COLUMN_TYPES));
        }
        if (column.has("format") && !COLUMN_FORMATS.contains(column.text("format"))) {
            column.invalid("format", "must be one of " + String.join(",", COLUMN_FORMATS));
        }
        if (column.require("jsonPath")) {
            simplePath(column);
        }
    }

    private static void selectable(ObjectCheck version) {
        if (version.size("selectableFields") > MAX_SELECTABLE) {
            version.errors()
                    .tooMany(
                            version.path("selectableFields"),
                            version.size("selectableFields"),
                            MAX_SELECTABLE);
        }
        Set<String> seen = new HashSet<>();
        version.each(
                "selectableFields",
                field -> {
                    if (!field.require("jsonPath")) {
                        return;
                    }
                    simplePath(field);
                    if (!seen.add(field.text("jsonPath"))) {
                        field.errors().duplicate(field.path("jsonPath"), field.text("jsonPath"));
                    }
                    if (field.text("jsonPath").startsWith(".metadata.")) {
                        field.invalid("jsonPath", "must not point to fields in metadata");
                    }
                });
    }

    private static void simplePath(ObjectCheck owner) {
        if (!owner.text("jsonPath").startsWith(".")) {
            owner.invalid("jsonPath", "must be a simple json path starting with .");
        }
    }
}
