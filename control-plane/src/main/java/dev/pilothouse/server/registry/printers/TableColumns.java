package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.schema.ResourceSchema.Column;
import java.util.ArrayList;
import java.util.List;

/** Reads short descriptions of columns. */
final class TableColumns {

    private TableColumns() {}

    /**
     * Columns from texts of the form {@code Title}, {@code Title:type} and {@code +Title} for the
     * wide view only. The column called Name is the name column.
     */
    static List<Column> of(String... texts) {
        List<Column> columns = new ArrayList<>(texts.length);
        for (String text : texts) {
            int priority = text.startsWith("+") ? 1 : 0;
            int colon = text.indexOf(':');
            String title = text.substring(priority, colon < 0 ? text.length() : colon);
            String type = colon < 0 ? "string" : text.substring(colon + 1);
            columns.add(new Column(title, type, title.equals("Name") ? "name" : "", priority));
        }
        return List.copyOf(columns);
    }
}
