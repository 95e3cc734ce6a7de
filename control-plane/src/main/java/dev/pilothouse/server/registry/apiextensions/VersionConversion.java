package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.structural.Defaulting;
import dev.pilothouse.model.schema.structural.Pruning;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.CustomConversion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts custom resources by what their definitions say. What is read from the store first gets
 * what the schema of the version in which it is stored has come to say: new defaults, and without
 * fields it no longer knows. Source: apiextensions-apiserver's pkg/apiserver/conversion and
 * customresource_handler.go.
 */
public final class VersionConversion implements CustomConversion {

    private final CustomResources resources;
    private final ConversionReviews reviews;

    /**
     * Converts versions that are known here.
     *
     * @param reviews calls webhooks
     */
    public VersionConversion(CustomResources resources, ConversionReviews reviews) {
        this.resources = resources;
        this.reviews = reviews;
    }

    @Override
    public List<ObjectNode> toServed(ResourceKind served, List<ObjectNode> objects) {
        objects.forEach(object -> complete(served, object));
        return convert(served, served.gvk(), objects);
    }

    @Override
    public ObjectNode toStored(ResourceKind served, ObjectNode object) {
        GroupVersionKind stored =
                new GroupVersionKind(
                        served.storage().group(), served.storage().version(), served.gvk().kind());
        return stored.apiVersion().equals(Json.text(object, "apiVersion"))
                ? object
                : convert(served, stored, List.of(object.deepCopy())).getFirst();
    }

    @Override
    public boolean mayBlock(ResourceKind kind) {
        CustomResourceVersion version = resources.find(kind);
        return version != null && version.webhook() != null;
    }

    private List<ObjectNode> convert(
            ResourceKind served, GroupVersionKind wanted, List<ObjectNode> objects) {
        List<ObjectNode> others =
                objects.stream()
                        .filter(object ->
                                !Json.text(object, "apiVersion").equals(wanted.apiVersion()))
                        .toList();
        CustomResourceVersion version = resources.find(served);
        ConversionWebhook webhook = version == null ? null : version.webhook();
        if (webhook == null || others.isEmpty()) {
            others.forEach(object -> object.put("apiVersion", wanted.apiVersion()));
            return objects;
        }
        List<ObjectNode> converted = reviews.convert(webhook, others, wanted);
        List<ObjectNode> result = new ArrayList<>(objects.size());
        int next = 0;
        for (ObjectNode object : objects) {
            boolean other = !Json.text(object, "apiVersion").equals(wanted.apiVersion());
            result.add(other ? converted.get(next++) : object);
        }
        return result;
    }

    /** Brings an object up to its own version's schema as it is today. */
    private void complete(ResourceKind served, ObjectNode object) {
        CustomResourceVersion version = own(served, Json.text(object, "apiVersion"));
        if (version != null) {
            Pruning.prune(object, version.schema());
            Defaulting.apply(object, version.schema());
        }
    }

    private @Nullable CustomResourceVersion own(ResourceKind served, String apiVersion) {
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        GroupVersionResource storage = served.storage();
        CustomResourceVersion own =
                resources.find(
                        new GroupVersionResource(storage.group(), version, storage.resource()));
        return own == null ? resources.find(storage) : own;
    }
}
