package dev.pilothouse.ui.cluster;

import java.util.List;

/** Receives a live table. Called on the watching thread, never two calls at a time. */
public interface TableEvents {

    /** A whole list, or the first part of the first one: all rows before it are void. */
    void listed(List<Column> columns, List<Row> rows);

    /** Objects were added or changed, or are a further part of the first list. */
    void changed(List<Row> rows);

    /** An object is gone. */
    void removed(String uid);

    /** The server has told everything up to a revision. */
    void reached(String revision);

    /** The connection has changed. */
    void connection(Connection state);
}
