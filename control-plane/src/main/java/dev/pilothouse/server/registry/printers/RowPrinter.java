package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.schema.ResourceSchema.Column;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes the table row of an object, as kubectl get shows it. Stateless and thread-safe. */
public interface RowPrinter {

    /** The columns, name first. Source: Kubernetes' pkg/printers/internalversion. */
    List<Column> columns();

    /**
     * The cells of a row, one per column: String, Integer, Long, Double, Boolean, or null where a
     * custom resource has no such value.
     *
     * @param object the object in its stored version
     * @param now for ages
     */
    List<@Nullable Object> cells(ObjectNode object, Instant now);

    /**
     * The row's conditions: Completed for pods that have ended, by which clients fade a row.
     * Source: meta/v1 TableRowCondition.
     */
    default List<ObjectNode> conditions(ObjectNode object) {
        return List.of();
    }
}
