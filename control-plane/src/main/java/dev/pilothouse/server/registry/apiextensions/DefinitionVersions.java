package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The versions of a CustomResourceDefinition: columns, subresources, selectable fields, schema. */
final class DefinitionVersions {

    private static final List<String> COLUMN_TYPES =
            List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> COLUMN_FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
    private static final int MAX_SELECTABLE = 8;

    private DefinitionVersions() {}

    static void validate(ObjectCheck spec) {
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
        if (repeated[0]) {
            spec.invalid("versions", "must contain unique version names");
        }
        if (storage[0] != 1) {
            spec.invalid("versions", "must have exactly one version marked as storage version");
        }
    }

    private static void version(ObjectCheck version) {
        String name = version.text("name");
        List<String> complaints = Names.dns1035Label(name);
        if (!complaints.isEmpty()) {
            version.errors().invalid(version.path("name"), name, String.join(",", complaints));
        }
        if (version.has("deprecationWarning") && !Json.bool(version.node(), "deprecated")) {
            version.invalid("deprecationWarning", "can only be set for deprecated versions");
        }
        ObjectCheck schema = version.child("schema");
        if (!schema.present("openAPIV3Schema")) {
            version.errors().required(schema.path("openAPIV3Schema"), "schemas are required");
        } else {
            StructuralSchemaCheck.root(schema.child("openAPIV3Schema"));
        }
        version.ifPresent("subresources", DefinitionVersions::subresources);
        version.each("additionalPrinterColumns", DefinitionVersions::column);
        selectable(version);
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
