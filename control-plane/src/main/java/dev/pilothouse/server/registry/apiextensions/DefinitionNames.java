package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import java.util.Locale;

/** Group, scope and names of a CustomResourceDefinition. */
final class DefinitionNames {

    private DefinitionNames() {}

    static void validate(ObjectCheck spec) {
        if (spec.require("group")) {
            String group = spec.text("group");
            List<String> complaints = Names.dnsSubdomain(group);
            if (!complaints.isEmpty()) {
                spec.invalid("group", String.join(",", complaints));
            } else if (group.indexOf('.') < 0) {
                spec.invalid("group", "should be a domain with at least one dot");
            }
        }
        spec.requireOneOf("scope", List.of("Cluster", "Namespaced"));
        ObjectCheck names = spec.child("names");
        for (String field : List.of("plural", "singular", "kind", "listKind")) {
            names.require(field);
        }
        label(names, "plural");
        label(names, "singular");
        mixedCase(names, "kind");
        mixedCase(names, "listKind");
        if (names.has("kind") && names.text("kind").equals(names.text("listKind"))) {
            names.invalid("listKind", "kind and listKind may not be the same");
        }
        for (String field : List.of("shortNames", "categories")) {
            names.eachText(
                    field,
                    (name, path) -> {
                        List<String> complaints = Names.dns1035Label(name);
                        if (!complaints.isEmpty()) {
                            names.errors().invalid(path, name, String.join(",", complaints));
                        }
                    });
        }
    }

    private static void label(ObjectCheck names, String field) {
        List<String> complaints =
                names.has(field) ? Names.dns1035Label(names.text(field)) : List.of();
        if (!complaints.isEmpty()) {
            names.invalid(field, String.join(",", complaints));
        }
    }

    private static void mixedCase(ObjectCheck names, String field) {
        List<String> complaints =
                names.has(field)
                        ? Names.dns1035Label(names.text(field).toLowerCase(Locale.ROOT))
                        : List.of();
        if (!complaints.isEmpty()) {
            names.invalid(
                    field,
                    "may have mixed case, but should otherwise match: "
                            + String.join(",", complaints));
        }
    }
}
