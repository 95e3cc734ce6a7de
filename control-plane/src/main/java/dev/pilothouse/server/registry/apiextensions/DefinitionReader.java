package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.ResourceSchema;
import dev.pilothouse.model.schema.ResourceSchema.Subresource;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.structural.StructuralSchema;
import dev.pilothouse.model.schema.structural.StructuralTypes;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.apiextensions.CustomResourceVersion.Scale;
import dev.pilothouse.server.registry.apiextensions.cel.ObjectRules;
import dev.pilothouse.server.registry.printers.Printers;
import dev.pilothouse.server.registry.printers.RowPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the versions of a custom resource out of its definition. Thread-safe. */
final class DefinitionReader {

    private static final List<String> VERBS =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");
    private static final List<String> SUBRESOURCE_VERBS = List.of("get", "patch", "update");
    private static final GroupVersionKind SCALE =
            new GroupVersionKind("autoscaling", "v1", "Scale");

    private final StructuralTypes types;

    DefinitionReader(Schema builtIn) {
        this.types = new StructuralTypes(builtIn);
    }

    /**
     * All versions of a definition.
     *
     * @param definition a valid definition; taken over
     * @param names the names that were accepted
     */
    List<CustomResourceVersion> read(ObjectNode definition, ObjectNode names) {
        List<CustomResourceVersion> versions = new ArrayList<>();
        ConversionWebhook webhook = ConversionWebhook.of(definition);
        for (ObjectNode version : Json.objects(definition, "spec", "versions")) {
            versions.add(version(definition, names, version, webhook));
        }
        return versions;
    }

    private CustomResourceVersion version(
            ObjectNode definition,
            ObjectNode names,
            ObjectNode version,
            @Nullable ConversionWebhook webhook) {
        GroupVersionResource resource = resource(definition, Json.text(version, "name"));
        GroupVersionKind gvk =
                new GroupVersionKind(
                        resource.group(), resource.version(), Json.text(names, "kind"));
        ObjectNode openApi = Json.objectAt(version, "schema", "openAPIV3Schema");
        ObjectNode source = openApi == null ? Json.object() : openApi;
        StructuralSchema schema = StructuralSchema.of(source);
        RowPrinter printer = Printers.forCustom(version.get("additionalPrinterColumns"));
        ResourceSchema served = served(definition, names, version, gvk, resource, printer);
        boolean hasStatus = served.subresources().containsKey("status");
        ResourceKind kind =
                new ResourceKind(
                        served,
                        types.objectType(served.typeName(), gvk, schema),
                        resource(definition, storageVersion(definition)),
                        true,
                        isMixed(definition));
        return new CustomResourceVersion(
                kind,
                schema,
                new ObjectRules(source),
                source,
                types.metadataOnly(gvk),
                printer,
                scale(version),
                webhook,
                hasStatus,
                Json.bool(version, "served"),
                warning(version, gvk));
    }

    private static ResourceSchema served(
            ObjectNode definition,
            ObjectNode names,
            ObjectNode version,
            GroupVersionKind gvk,
            GroupVersionResource resource,
            RowPrinter printer) {
        String prefix = resource.group() + "." + resource.version() + ".";
        return new ResourceSchema(
                resource,
                gvk.kind(),
                Json.text(definition, "spec", "scope").equals("Namespaced"),
                VERBS,
                prefix + gvk.kind(),
                prefix + Json.text(names, "listKind"),
                Json.text(names, "singular"),
                texts(names, "shortNames"),
                texts(names, "categories"),
                printer.columns(),
                selectableFields(version),
                subresources(version, gvk));
    }

    private static GroupVersionResource resource(ObjectNode definition, String version) {
        return new GroupVersionResource(
                Json.text(definition, "spec", "group"),
                version,
                Json.text(definition, "spec", "names", "plural"));
    }

    /** The version in which objects are stored from now on. */
    static String storageVersion(ObjectNode definition) {
        return Json.objects(definition, "spec", "versions").stream()
                .filter(version -> Json.bool(version, "storage"))
                .map(version -> Json.text(version, "name"))
                .findFirst()
                .orElse("");
    }

    /**
     * Whether objects may be stored otherwise than a version shows them: in another version, or
     * from before a default was added or a field was dropped.
     */
    private static boolean isMixed(ObjectNode definition) {
        String storage = storageVersion(definition);
        return texts(definition, "status", "storedVersions").stream()
                        .anyMatch(stored -> !stored.equals(storage))
                || Json.objects(definition, "spec", "versions").size() > 1
                || Json.number(definition, 1, "metadata", "generation") > 1;
    }

    private static Map<String, Subresource> subresources(ObjectNode version, GroupVersionKind gvk) {
        Map<String, Subresource> subresources = new TreeMap<>();
        if (Json.objectAt(version, "subresources", "status") != null) {
            subresources.put("status", subresource("status", gvk));
        }
        if (Json.objectAt(version, "subresources", "scale") != null) {
            subresources.put("scale", subresource("scale", SCALE));
        }
        return subresources;
    }

    private static Subresource subresource(String name, GroupVersionKind body) {
        return new Subresource(name, SUBRESOURCE_VERBS, List.of(), body, false);
    }

    private static @Nullable Scale scale(ObjectNode version) {
        ObjectNode scale = Json.objectAt(version, "subresources", "scale");
        return scale == null
                ? null
                : new Scale(
                        path(scale, "specReplicasPath"),
                        path(scale, "statusReplicasPath"),
                        path(scale, "labelSelectorPath"));
    }

    private static List<String> selectableFields(ObjectNode version) {
        return Json.objects(version, "selectableFields").stream()
                .map(field -> path(field, "jsonPath"))
                .toList();
    }

    private static String path(ObjectNode node, String field) {
        String path = Json.text(node, field);
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static String warning(ObjectNode version, GroupVersionKind gvk) {
        if (!Json.bool(version, "deprecated")) {
            return "";
        }
        String text = Json.text(version, "deprecationWarning");
        return text.isEmpty() ? gvk.apiVersion() + " " + gvk.kind() + " is deprecated" : text;
    }

    static List<String> texts(ObjectNode node, String... path) {
        var array = Json.arrayAt(node, path);
        return array == null
                ? List.of()
                : array.valueStream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .toList();
    }
}
