package dev.pilothouse.ui.cluster;

import java.util.List;
import java.util.Map;

/**
 * One object as a row of the server's table.
 *
 * @param uid identity of the object
 * @param namespace empty for objects outside namespaces
 * @param name the object's name
 * @param created when it was made, as RFC 3339
 * @param revision its resource version
 * @param owner who controls it, such as {@code Deployment/web}; empty for nobody
 * @param labels its labels; rows with the same labels share them
 * @param cells texts in the order of the columns
 */
public record Row(
        String uid,
        String namespace,
        String name,
        String created,
        String revision,
        String owner,
        Map<String, String> labels,
        List<String> cells) {

    /** Copies what is not immutable yet. */
    public Row {
        labels = Map.copyOf(labels);
        cells = List.copyOf(cells);
    }

    /** Of an object without owner and labels. */
    public Row(
            String uid,
            String namespace,
            String name,
            String created,
            String revision,
            List<String> cells) {
        this(uid, namespace, name, created, revision, "", Map.of(), cells);
    }

    /** The text of a column, empty when the server sent too few. */
    public String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }
}
