package dev.pilothouse.ui.cluster;

import java.util.List;

/**
 * One object as a row of the server's table.
 *
 * @param uid identity of the object
 * @param namespace empty for objects outside namespaces
 * @param name the object's name
 * @param cells texts in the order of the columns
 */
public record Row(String uid, String namespace, String name, List<String> cells) {

    public Row {
        cells = List.copyOf(cells);
    }
}
