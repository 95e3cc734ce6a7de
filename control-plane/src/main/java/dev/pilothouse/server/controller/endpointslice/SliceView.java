package dev.pilothouse.server.controller.endpointslice;

import dev.pilothouse.model.informer.IndexFunction;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.objects.NamespacedName;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which slice there is, and whether it has changed.
 *
 * @param namespace its namespace
 * @param name its name
 * @param service the Service that its label names, may be empty
 * @param manager who keeps it, may be empty
 * @param revision changes with it
 */
public record SliceView(
        String namespace, String name, String service, String manager, String revision) {

    /** An index of slices by namespace and name of their Service, with a slash between. */
    public static final String BY_SERVICE = "service";

    /** The indexes of an informer of slices. */
    public static final Map<String, IndexFunction<SliceView>> INDEXES =
            Map.of(BY_SERVICE, slice -> List.of(slice.serviceKey().toString()));

    /** Reads a slice. */
    public static SliceView of(ObjectNode slice) {
        return new SliceView(
                Json.text(slice, "metadata", "namespace"),
                Json.text(slice, "metadata", "name"),
                Json.text(slice, "metadata", "labels", SliceWriter.SERVICE),
                Json.text(slice, "metadata", "labels", SliceWriter.MANAGED_BY),
                Json.text(slice, "metadata", "resourceVersion"));
    }

    /** The Service that it belongs to. */
    public NamespacedName serviceKey() {
        return new NamespacedName(namespace, service);
    }
}
