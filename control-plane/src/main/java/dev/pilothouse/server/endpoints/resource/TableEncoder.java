package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.printers.Printers;
import dev.pilothouse.server.registry.printers.RowPrinter;
import dev.pilothouse.server.registry.printers.Tables;
import dev.pilothouse.server.registry.printers.Tables.IncludeObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Tables as kubectl get shows them. */
final class TableEncoder {

    private static final GroupVersionResource SCALES =
            new GroupVersionResource("autoscaling", "v1", "scales");

    private final Function<ResourceKind, RowPrinter> printers;

    /** Prints rows with these printers. */
    TableEncoder(Function<ResourceKind, RowPrinter> printers) {
        this.printers = printers;
    }

    /** A table of objects in the version that their printer expects. */
    ObjectNode table(
            ResourceCall call,
            String version,
            List<ObjectNode> objects,
            ObjectNode listMeta,
            Instant now) {
        RowPrinter printer =
                call.info().subresource().equals("scale")
                        ? Printers.forResource(SCALES)
                        : printers.apply(call.kind());
        return Tables.table(version, printer, objects, include(call), listMeta, now);
    }

    private static IncludeObject include(ResourceCall call) {
        try {
            return IncludeObject.of(call.request().query().text("includeObject"));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
