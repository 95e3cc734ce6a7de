package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.schema.ResourceSchema.Column;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Columns with a function that fills them. */
record SimplePrinter(List<Column> columns, Row row) implements RowPrinter {

    /** Makes the cells of an object. */
    @FunctionalInterface
    interface Row {
        List<Object> cells(ObjectNode object, Instant now);
    }

    @Override
    public List<@Nullable Object> cells(ObjectNode object, Instant now) {
        return Collections.unmodifiableList(row.cells(object, now));
    }
}
