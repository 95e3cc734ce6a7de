package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import dev.pilothouse.server.registry.validation.Urls;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of CustomResourceDefinitions. Source: apiextensions-apiserver's pkg/apis/apiextensions and
 * pkg/registry/customresourcedefinition. The conditions are set by whoever serves the resources.
 */
public final class CustomResourceDefinitionStrategy implements ResourceStrategy {

    @Override
    public void setDefaults(ObjectNode definition) {
        ObjectNode spec = Json.child(definition, "spec");
        ObjectNode names = Json.child(spec, "names");
        String kind = Json.text(names, "kind");
        if (!kind.isEmpty()) {
            Defaults.text(names, "singular", kind.toLowerCase(Locale.ROOT));
            Defaults.text(names, "listKind", kind + "List");
        }
        if (Json.at(spec, "conversion") == null) {
            spec.putObject("conversion").put("strategy", "None");
        }
        ObjectNode service =
                Json.objectAt(spec, "conversion", "webhook", "clientConfig", "service");
        if (service != null) {
            Defaults.number(service, "port", 443);
        }
    }

    @Override
    public void prepareForCreate(ObjectNode definition, StrategyContext context) {
        ObjectNode status = definition.putObject("status");
        status.putArray("conditions");
        status.putObject("acceptedNames").put("plural", "").put("kind", "");
        storedVersions(definition);
    }

    @Override
    public void prepareForUpdate(ObjectNode definition, ObjectNode old, StrategyContext context) {
        ResourceStrategy.keep("status", definition, old);
        storedVersions(definition);
    }

    /** Every version that ever was the storage version is noted. */
    private static void storedVersions(ObjectNode definition) {
        ObjectNode status = Json.child(definition, "status");
        ArrayNode stored = Json.arrayAt(status, "storedVersions");
        ArrayNode versions = stored == null ? status.putArray("storedVersions") : stored;
        for (ObjectNode version : Json.objects(definition, "spec", "versions")) {
            String name = Json.text(version, "name");
            if (Json.bool(version, "storage")
                    && versions.valueStream().noneMatch(known -> known.asString("").equals(name))) {
                versions.add(name);
            }
        }
    }

    @Override
    public void validate(ObjectNode definition, FieldErrors errors) {
        validate(definition, null, errors);
    }

    private static void validate(
            ObjectNode definition, @Nullable ObjectNode old, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(definition, errors).child("spec");
        String name = Json.text(definition, "metadata", "name");
        String expected = Json.text(spec.node(), "names", "plural") + "." + spec.text("group");
        if (!name.equals(expected)) {
            errors.invalid(
                    FieldPath.of("metadata").child("name"),
                    name,
                    "must be spec.names.plural+\".\"+spec.group");
        }
        DefinitionNames.validate(spec);
        DefinitionVersions.validate(spec, old == null ? null : Json.objectAt(old, "spec"));
        conversion(spec.child("conversion"));
        if (Json.bool(spec.node(), "preserveUnknownFields")) {
            spec.invalid(
                    "preserveUnknownFields",
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
                            + " spec.versions[*].schema instead");
        }
        keptVersions(definition, errors);
        ApiApproval.validate(definition, errors);
    }

    private static void conversion(ObjectCheck conversion) {
        conversion.requireOneOf("strategy", List.of("None", "Webhook"));
        if (!conversion.text("strategy").equals("Webhook")) {
            if (conversion.present("webhook")) {
                conversion.forbidden(
                        "webhook", "should not be set when strategy is not set to Webhook");
            }
            return;
        }
        ObjectCheck webhook = conversion.child("webhook");
        if (!webhook.present("clientConfig")) {
            webhook.errors()
                    .required(
                            webhook.path("clientConfig"),
                            "required when strategy is set to Webhook, but not set");
        } else {
            Urls.clientConfig(webhook.child("clientConfig"));
        }
        webhook.require("conversionReviewVersions");
    }

    private static void keptVersions(ObjectNode definition, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        Json.objects(definition, "spec", "versions")
                .forEach(version -> names.add(Json.text(version, "name")));
        ObjectCheck.of(definition, errors)
                .child("status")
                .eachText(
                        "storedVersions",
                        (version, path) -> {
                            if (!names.contains(version)) {
                                errors.invalid(
                                        path,
                                        version,
                                        "missing from spec.versions; "
                                                + version
                                                + " was previously a storage version, and must remain in spec.versions"
                                                + " until a storage migration ensures no data remains persisted in "
                                                + version
                                                + " and removes "
                                                + version
                                                + " from status.storedVersions");
                            }
                        });
    }

    @Override
    public void validateUpdate(ObjectNode definition, ObjectNode old, FieldErrors errors) {
        validate(definition, old, errors);
        ObjectCheck spec = ObjectCheck.of(definition, errors).child("spec");
        ObjectNode before = Json.child(old, "spec");
        ObjectNode names = Json.child(before, "names");
        if (isEstablished(old)) {
            spec.immutable("scope", before);
            spec.child("names").immutable("kind", names);
        }
        spec.immutable("group", before);
        spec.child("names").immutable("plural", names);
    }

    private static boolean isEstablished(ObjectNode definition) {
        return Json.objects(definition, "status", "conditions").stream()
                .anyMatch(condition ->
                        Json.text(condition, "type").equals("Established")
                                && Json.text(condition, "status").equals("True"));
    }

    @Override
    public void validateStatusUpdate(ObjectNode definition, ObjectNode old, FieldErrors errors) {
        keptVersions(definition, errors);
        if (Json.objects(definition, "spec", "versions").stream()
                .anyMatch(version -> Json.bool(version, "storage"))) {
            ObjectCheck.of(definition, errors)
                    .child("status")
                    .require("storedVersions", "must have at least one stored version");
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    @Override
    public List<String> deletionFinalizers() {
        return List.of(CustomResourceCleanup.FINALIZER);
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
