package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.meta.GroupResource;
import java.util.HashMap;
import java.util.Map;

/** Collects the printers by resource. */
final class Registry {

    private final Map<GroupResource, RowPrinter> printers = new HashMap<>();

    /** Adds a printer; columns are written as {@link TableColumns#of} reads them. */
    void add(String group, String resource, SimplePrinter.Row row, String... columns) {
        add(group, resource, new SimplePrinter(TableColumns.of(columns), row));
    }

    void add(String group, String resource, RowPrinter printer) {
        if (printers.put(new GroupResource(group, resource), printer) != null) {
            throw new IllegalStateException("two printers for " + resource + "." + group);
        }
    }

    Map<GroupResource, RowPrinter> all() {
        return Map.copyOf(printers);
    }
}
