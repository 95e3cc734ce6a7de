package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.i18n.Texts;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.TableColumn;

/** A column that knows the text and the order of its cells. */
final class LiveColumn extends TableColumn<LiveRow, LiveRow> implements KeyedColumn {

    /** The key of the column of namespaces, which no column of a server has. */
    private static final String NAMESPACE = "metadata.namespace";

    private final Function<Row, String> text;
    private final RowOrder order;
    private final boolean status;
    private final String key;
    private final int flashing;
    private double least;

    private LiveColumn(
            String title,
            String key,
            int flashing,
            Function<Row, String> text,
            RowOrder order,
            boolean right,
            boolean status,
            Function<LiveColumn, LiveCell> cells) {
        super(title);
        this.text = text;
        this.order = order;
        this.status = status;
        this.key = key;
        this.flashing = flashing;
        setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        setCellFactory(column -> {
            LiveCell cell = cells.apply(this);
            if (right) {
                cell.setAlignment(Pos.CENTER_RIGHT);
            }
            return cell;
        });
        if (right) {
            getStyleClass().add("numeric");
        }
    }

    /** The namespaces of the rows. */
    static LiveColumn namespace(Consumer<LiveCell> made) {
        var column =
                new LiveColumn(
                        Texts.text("table.namespace"),
                        NAMESPACE,
                        -1,
                        Row::namespace,
                        RowOrder.of(Row::namespace),
                        false,
                        false,
                        cells(made));
        column.least = 104;
        Fit.usual(column, 120);
        return column;
    }

    /** A column of the server's table. */
    static LiveColumn of(Column column, int index, AgeClock ages, Consumer<LiveCell> made) {
        Function<Row, String> text = row -> row.cell(index);
        String name = column.name().toLowerCase(Locale.ROOT);
        RowOrder order = RowOrder.byNumbers(text);
        boolean goesOn = index > 0 && name.equals("age");
        if (index == 0) {
            order = RowOrder.of(Row::name);
        } else if (goesOn) {
            // The server's text is of the moment it was sent; ages go on.
            text = row -> age(row, row.cell(index));
            order = RowOrder.of(Row::created).turned();
        }
        boolean status = name.equals("status") || name.equals("phase");
        // Ages change all the time; that is no news.
        int flashing = name.equals("age") || name.equals("last seen") ? -1 : index;
        var live =
                new LiveColumn(
                        column.name(),
                        column.name(),
                        flashing,
                        text,
                        order,
                        column.numeric(),
                        status,
                        goesOn ? cell -> new AgeCell(cell, ages) : cells(made));
        live.setVisible(!column.wide());
        double heading = 32 + 8 * column.name().length();
        live.least = Math.max(index == 0 ? 120 : roomFor(name), heading);
        Fit.usual(live, index == 0 ? 210 : live.least);
        return live;
    }

    /**
     * What may come later has to fit as well: CrashLoopBackOff, ContainerCreating, 12 (10m ago).
     */
    private static double roomFor(String column) {
        return switch (column) {
            case "status", "phase" -> 158;
            case "restarts" -> 112;
            default -> 76;
        };
    }

    private static Function<LiveColumn, LiveCell> cells(Consumer<LiveCell> made) {
        return column -> {
            var cell = new LiveCell(column);
            made.accept(cell);
            return cell;
        };
    }

    @Override
    public String text(Row row) {
        return text.apply(row);
    }

    @Override
    public String key() {
        return key;
    }

    /** The cell of the row whose change is to be seen; -1 for none. */
    int flashing() {
        return flashing;
    }

    /** How narrow it is at least, unless the user wants it. */
    double least() {
        return least;
    }

    /** Whether the cells say how well the object is. */
    boolean isStatus() {
        return status;
    }

    /** The order of the rows by this column, as the user has turned it. */
    RowOrder order() {
        return getSortType() == SortType.DESCENDING ? order.turned() : order;
    }

    private static String age(Row row, String sent) {
        return row.created().isEmpty() ? sent : AgeClock.said(row.created(), Instant.now());
    }
}
