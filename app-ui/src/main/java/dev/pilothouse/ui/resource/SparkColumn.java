package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.chart.Sparkline;
import dev.pilothouse.ui.cluster.Row;
import java.util.Arrays;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/** A column of small charts, each with its last value beside. */
final class SparkColumn extends TableColumn<LiveRow, LiveRow> implements KeyedColumn {

    private static final double WIDTH = 124;

    private final Spark spark;

    SparkColumn(Spark spark, Consumer<SparkCell> made) {
        super(spark.title());
        this.spark = spark;
        Fit.usual(this, WIDTH);
        // Only what is seen is known.
        setSortable(false);
        setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        setCellFactory(column -> {
            SparkCell cell = new SparkCell(spark);
            made.accept(cell);
            return cell;
        });
    }

    @Override
    public String key() {
        return spark.key();
    }

    @Override
    public String text(Row row) {
        Spark.Chart chart = spark.chart().apply(row);
        return chart == null ? "" : chart.text();
    }

    /** A cell that looks again when it is told to. */
    static final class SparkCell extends TableCell<LiveRow, LiveRow> {

        private final Spark spark;
        private final Sparkline line = new Sparkline();
        private double[] values = {};

        SparkCell(Spark spark) {
            this.spark = spark;
            line.setMinWidth(44);
            line.setPrefWidth(44);
            line.setMaxWidth(44);
            setGraphicTextGap(6);
        }

        @Override
        protected void updateItem(@Nullable LiveRow item, boolean empty) {
            super.updateItem(item, empty);
            sync();
        }

        /** Shows what there is now. */
        void sync() {
            LiveRow live = isEmpty() ? null : getItem();
            Spark.Chart chart =
                    live == null || live.isHeading() ? null : spark.chart().apply(live.row());
            if (chart == null) {
                setText("");
                setGraphic(null);
                return;
            }
            setText(chart.text());
            if (!Arrays.equals(values, chart.values())) {
                values = chart.values();
                line.show(values);
            }
            if (getGraphic() == null) {
                setGraphic(line);
            }
        }
    }
}
