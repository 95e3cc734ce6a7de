package dev.pilothouse.ui.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Which objects a table has, and what it tells of them.
 *
 * @param namespaces only objects of these; empty for all
 * @param labels a label selector that the server applies, such as {@code app=web,tier!=db}; empty
 *     for all objects
 * @param columns further columns, after the server's
 * @param from the revision that the rows already shown are of: the table goes on from there, and is
 *     listed as a whole when it must be; empty to show a list part by part as it arrives
 */
public record TableQuery(
        List<String> namespaces, String labels, List<ExtraColumn> columns, String from) {

    /** All objects, with the server's columns. */
    public static final TableQuery ALL = new TableQuery(List.of(), "", List.of(), "");

    /** Copies the lists. */
    public TableQuery {
        namespaces = List.copyOf(namespaces);
        columns = List.copyOf(columns);
    }

    /** The objects of a namespace, or of all when that is empty. */
    public static TableQuery of(String namespace) {
        return namespace.isEmpty() ? ALL : new TableQuery(List.of(namespace), "", List.of(), "");
    }

    /** The same, going on from a revision. */
    public TableQuery from(String revision) {
        return new TableQuery(namespaces, labels, columns, revision);
    }

    /** The parameters of its requests. */
    String parameters() {
        List<String> parameters = new ArrayList<>();
        if (!labels.isEmpty()) {
            parameters.add("labelSelector=" + ApiPaths.parameter(labels));
        }
        // Tables carry the metadata of their objects; more is asked for only when it is needed.
        if (columns.stream().anyMatch(ExtraColumn::needsObject)) {
            parameters.add("includeObject=Object");
        }
        return String.join("&", parameters);
    }
}
