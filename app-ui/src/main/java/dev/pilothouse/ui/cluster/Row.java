package dev.pilothouse.ui.cluster;

import java.util.List;

/**
 * One object as a row of the server's table.
 *
 * @param uid identity of the object
 * @param namespace empty for objects outside namespaces
 * @param name the object's name
 * @param created when it was made, as RFC 3339
 * @param revision its resource version
 * @param cells texts in the order of the columns
 */
public record Row(
        String uid,
        String namespace,
        String name,
        String created,
        String revision,
        List<String> cells) {

    public Row {
        cells = List.copyOf(cells);
    }

    /** The text of a column, empty when the server sent too few. */
    public String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }
}
