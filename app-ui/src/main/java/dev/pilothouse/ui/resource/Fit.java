package dev.pilothouse.ui.resource;

import java.util.List;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.text.Text;

/** Makes columns as wide as what is in them, unless the user has made them otherwise. */
final class Fit {

    /** So many of the first rows are looked at. */
    private static final int ROWS = 200;

    /** Space at both sides of a cell's text, and a little for what gets longer. */
    private static final double AROUND = 30;

    private static final double WIDEST = 340;

    /** Letters that are measured; more do not fit anyway. */
    private static final int MOST = 100;

    private static final String USUAL = "usual width";

    private Fit() {}

    /** Gives a column a width that is not the user's choice. */
    static void usual(TableColumn<LiveRow, ?> column, double width) {
        column.getProperties().put(USUAL, width);
        column.setPrefWidth(width);
    }

    /** How wide the user wants a column; 0 when it was never said. */
    static double chosen(TableColumn<LiveRow, ?> column) {
        double width = column.getPrefWidth();
        return Double.valueOf(width).equals(column.getProperties().get(USUAL)) ? 0 : width;
    }

    /** Widens columns to their texts. */
    static void fit(TableView<LiveRow> view) {
        List<LiveRow> rows =
                view.getItems().stream().filter(row -> !row.isHeading()).limit(ROWS).toList();
        for (TableColumn<LiveRow, ?> column : view.getColumns()) {
            if (column instanceof LiveColumn live && chosen(column) == 0) {
                double wanted = AROUND;
                int longest = 0;
                for (LiveRow row : rows) {
                    String text = live.text(row.row());
                    // Measuring takes time; much shorter texts are not the widest.
                    if (text.length() + 3 >= longest) {
                        longest = Math.max(longest, text.length());
                        String seen = text.substring(0, Math.min(text.length(), MOST));
                        double width = new Text(seen).getLayoutBounds().getWidth();
                        wanted = Math.max(wanted, width + AROUND);
                    }
                }
                double width = Math.clamp(Math.ceil(wanted), live.least(), WIDEST);
                usual(column, Math.max(width, live.least()));
            }
        }
    }
}
