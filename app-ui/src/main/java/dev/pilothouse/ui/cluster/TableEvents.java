package dev.pilothouse.ui.cluster;

import java.util.List;

/** Receives a live table. Called on the watching thread, never two calls at a time. */
public interface TableEvents {

    /** A whole list has come: all rows before it are void. */
    void listed(List<String> columns, List<Row> rows);

    /** An object was added or changed. */
    void changed(Row row);

    /** An object is gone. */
    void removed(String uid);

    /** The connection works again, or does not, with the reason in a sentence. */
    void failed(String reason);
}
