package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.schema.ResourceSchema.Column;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes the table row of an object, as kubectl get shows it. Stateless and thread-safe. */
public interface RowPrinter {

    /** The columns, name first. Source: Kubernetes' pkg/printers/internalversion. */
    List<Column> columns();

    /**
     * The cells of a row, one per column: String, Integer, Long or Boolean.
     *
     * @param object the object in its stored version
     * @param now for ages
     */
    List<Object> cells(ObjectNode object, Instant now);
}
