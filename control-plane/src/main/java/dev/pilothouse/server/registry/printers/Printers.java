package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionResource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the printer of a resource. Thread-safe. */
public final class Printers {

    private static final Map<GroupResource, RowPrinter> BUILT_IN = builtIn();

    /** What the generic registry prints of kinds without columns of their own. */
    private static final RowPrinter DEFAULT =
            new SimplePrinter(
                    TableColumns.of("Name", "Created At:date"),
                    (object, now) ->
                            List.of(
                                    Cells.name(object),
                                    Json.text(object, "metadata", "creationTimestamp")));

    private Printers() {}

    /**
     * The printer of a built-in resource, whatever version it is served in. It expects objects as
     * they are stored: autoscalers as autoscaling/v2, events as core/v1.
     */
    public static RowPrinter forResource(GroupVersionResource resource) {
        return BUILT_IN.getOrDefault(resource.groupResource(), DEFAULT);
    }

    /**
     * The printer of a custom resource.
     *
     * @param additionalPrinterColumns the array of that name in the version of the definition, or
     *     null; without columns the age is shown
     */
    public static RowPrinter forCustom(@Nullable JsonNode additionalPrinterColumns) {
        return CustomPrinter.of(additionalPrinterColumns);
    }

    private static Map<GroupResource, RowPrinter> builtIn() {
        Registry registry = new Registry();
        registry.add("", "pods", new PodPrinter());
        WorkloadPrinters.register(registry);
        BatchPrinters.register(registry);
        NetworkPrinters.register(registry);
        ClusterPrinters.register(registry);
        StoragePrinters.register(registry);
        AccessPrinters.register(registry);
        EventPrinter.register(registry);
        AutoscalerPrinter.register(registry);
        PolicyPrinters.register(registry);
        ExtensionPrinters.register(registry);
        return registry.all();
    }
}
