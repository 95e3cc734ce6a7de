package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Row;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the rows of a table are grouped by. */
public enum Grouping {
    /** Not at all. */
    NONE,
    /** Who controls them: the Deployment of a pod, the CronJob of a Job. */
    OWNER,
    /** The node they run on. */
    NODE,
    /** Their namespace. */
    NAMESPACE;

    private static final String NODE_COLUMN = "Node";

    /** Its name in what is written down. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its name; none for an unknown one. */
    public static Grouping of(String key) {
        for (Grouping each : values()) {
            if (each.key().equals(key)) {
                return each;
            }
        }
        return NONE;
    }

    /** Whether rows of a kind can be grouped so. */
    public boolean fits(Kind kind) {
        return switch (this) {
            case NONE -> true;
            case OWNER, NAMESPACE -> kind.namespaced();
            case NODE -> kind.resource().equals("pods") && kind.group().isEmpty();
        };
    }

    /** The group of a row; null when rows of such columns have none. */
    @Nullable Function<Row, String> function(List<Column> columns) {
        return switch (this) {
            case NONE -> null;
            case OWNER -> Row::owner;
            case NAMESPACE -> Row::namespace;
            case NODE -> {
                int at = columns.stream().map(Column::name).toList().indexOf(NODE_COLUMN);
                yield at < 0 ? null : row -> row.cell(at).equals("<none>") ? "" : row.cell(at);
            }
        };
    }
}
