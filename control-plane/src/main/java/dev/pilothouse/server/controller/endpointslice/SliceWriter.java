package dev.pilothouse.server.controller.endpointslice;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.objects.NamespacedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, changes and deletes the slices of Services for one controller. Thread-safe. */
public final class SliceWriter {

    /** The slices. */
    public static final GroupVersionResource SLICES =
            new GroupVersionResource("discovery.k8s.io", "v1", "endpointslices");

    /** The label that names the Service of a slice. */
    public static final String SERVICE = "kubernetes.io/service-name";

    /** The label that names who keeps a slice. */
    public static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    private final ResourceClient client;
    private final String manager;

    /**
     * What slices look like that belong to one owner.
     *
     * @param service the Service
     * @param labels their labels beside the name of the Service and the manager
     * @param annotations their annotations
     * @param owner a reference to what they belong to
     */
    public record Look(
            NamespacedName service,
            Map<String, String> labels,
            Map<String, String> annotations,
            ObjectNode owner) {}

    /**
     * A writer.
     *
     * @param client acts as the controller
     * @param manager marks the slices that it keeps
     */
    public SliceWriter(ApiClient client, String manager) {
        this.client = client.resource(SLICES);
        this.manager = manager;
    }

    /**
     * Brings the slices of a Service where they should be.
     *
     * @param wanted the endpoints; an address type without any has one empty slice
     * @param addressTypes which address types the Service has
     */
    public void sync(Look look, Map<SliceKey, List<ObjectNode>> wanted, List<String> addressTypes) {
        Map<SliceKey, List<ObjectNode>> filled = new LinkedHashMap<>(wanted);
        filled.values().removeIf(List::isEmpty);
        List<ObjectNode> present = new ArrayList<>();
        Map<String, ObjectNode> before = new LinkedHashMap<>();
        for (ObjectNode slice : list(look.service())) {
            before.put(Json.text(slice, "metadata", "name"), slice.deepCopy());
            present.add(slice);
        }
        SliceDiff diff = SliceDiff.of(present, filled);
        placeholders(diff, filled, addressTypes);
        diff.creates().forEach(added -> create(look, added));
        List<ObjectNode> kept = new ArrayList<>(diff.updates());
        kept.addAll(diff.unchanged());
        for (ObjectNode slice : kept) {
            dress(slice, look);
            if (!slice.equals(before.get(Json.text(slice, "metadata", "name")))) {
                client.update(slice);
            }
        }
        diff.deletes().forEach(this::delete);
    }

    /** Deletes all slices of a Service that this writer keeps. */
    public void deleteAll(NamespacedName service) {
        list(service).forEach(this::delete);
    }

    private List<ObjectNode> list(NamespacedName service) {
        String selector = SERVICE + "=" + service.name() + "," + MANAGED_BY + "=" + manager;
        List<ObjectNode> slices =
                client.list(ListOptions.in(service.namespace()).withLabels(selector)).items();
        for (ObjectNode slice : slices) {
            // Items of lists do not say what they are.
            slice.put("kind", "EndpointSlice").put("apiVersion", "discovery.k8s.io/v1");
        }
        return slices;
    }

    /** A slice without endpoints says that somebody looked. */
    private static void placeholders(
            SliceDiff diff, Map<SliceKey, List<ObjectNode>> wanted, List<String> addressTypes) {
        Set<String> missing = new HashSet<>(addressTypes);
        wanted.keySet().forEach(key -> missing.remove(key.addressType()));
        for (String type : missing) {
            SliceKey empty = new SliceKey(type, List.of());
            List<ObjectNode> reusable =
                    diff.deletes().stream()
                            .filter(slice -> Json.text(slice, "addressType").equals(type))
                            .toList();
            if (reusable.isEmpty()) {
                diff.creates().add(new SliceDiff.Added(empty, Json.array()));
            } else {
                ObjectNode slice = reusable.getFirst();
                slice.set("endpoints", Json.array());
                slice.set("ports", Json.array());
                diff.deletes().remove(slice);
                diff.updates().add(slice);
            }
        }
    }

    private void create(Look look, SliceDiff.Added added) {
        ObjectNode slice = Json.object();
        slice.put("kind", "EndpointSlice").put("apiVersion", "discovery.k8s.io/v1");
        // A cut name keeps room for the random end; the server cuts long prefixes by itself.
        slice.putObject("metadata")
                .put("generateName", look.service().name() + "-")
                .put("namespace", look.service().namespace());
        dress(slice, look);
        slice.put("addressType", added.key().addressType());
        slice.set("endpoints", added.endpoints());
        slice.set("ports", added.key().portsJson());
        client.create(slice);
    }

    private void dress(ObjectNode slice, Look look) {
        ObjectNode metadata = Json.child(slice, "metadata");
        ObjectNode labels = Json.object();
        look.labels().forEach(labels::put);
        labels.put(SERVICE, look.service().name());
        labels.put(MANAGED_BY, manager);
        metadata.set("labels", labels);
        if (!look.annotations().isEmpty()) {
            ObjectNode annotations = Json.child(metadata, "annotations");
            look.annotations().forEach(annotations::put);
        }
        metadata.putArray("ownerReferences").add(look.owner());
        for (String list : List.of("endpoints", "ports")) {
            JsonNode value = slice.get(list);
            if (value == null || value.isNull()) {
                slice.putArray(list);
            }
        }
    }

    private void delete(ObjectNode slice) {
        JsonNode metadata = slice.path("metadata");
        try {
            client.delete(
                    Json.text(metadata, "namespace"),
                    Json.text(metadata, "name"),
                    DeleteOptions.DEFAULT);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
