package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.server.registry.printers.Printers;
import dev.pilothouse.server.registry.printers.RowPrinter;
import dev.pilothouse.server.registry.printers.Tables;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Tables as kubectl get shows them. */
final class TableEncoder {

    private TableEncoder() {}

    static ObjectNode table(
            ResourceCall call, String version, List<ObjectNode> objects, ObjectNode listMeta, Instant now) {
        RowPrinter printer = Printers.forKind(call.kind());
        String include = call.request().query().text("includeObject");
        return Tables.table(printer, objects, include, listMeta, version, now);
    }
}
