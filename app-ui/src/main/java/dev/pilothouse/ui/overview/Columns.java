package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the columns of a table are, by their names. */
final class Columns {

    private final Map<String, Integer> places = new HashMap<>();

    void take(List<Column> columns) {
        places.clear();
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).name(), i);
        }
    }

    /** The text of a column, empty when there is none of that name. */
    String cell(Row row, String column) {
        Integer at = places.get(column);
        return at == null ? "" : row.cell(at);
    }
}
