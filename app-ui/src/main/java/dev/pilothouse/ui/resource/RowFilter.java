package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a filter: words that must all be found in a row, in whatever column. A word after a
 * column's name and a colon must be in that column ({@code status:running}); after {@code >} or
 * {@code <} there is a number ({@code restarts:>3}); an exclamation mark before it turns it round
 * ({@code !kube-system}).
 */
final class RowFilter {

    private RowFilter() {}

    /**
     * The filter of a text.
     *
     * @param columns that the text may name, by the start of their names
     */
    static Predicate<Row> of(String text, List<Column> columns) {
        List<Predicate<Row>> all = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!word.isEmpty()) {
                all.add(word(word, columns));
            }
        }
        return row -> {
            for (Predicate<Row> each : all) {
                if (!each.test(row)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Predicate<Row> word(String word, List<Column> columns) {
        if (word.startsWith("!") && word.length() > 1) {
            return word(word.substring(1), columns).negate();
        }
        int colon = word.indexOf(':');
        if (colon > 0) {
            String name = word.substring(0, colon);
            String wanted = word.substring(colon + 1);
            if ("namespace".startsWith(name) && name.length() > 1) {
                return cell(Row::namespace, wanted);
            }
            for (int i = 0; i < columns.size(); i++) {
                int at = i;
                if (columns.get(i)
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace(" ", "")
                        .startsWith(name)) {
                    return cell(row -> row.cell(at), wanted);
                }
            }
        }
        return row -> anywhere(row, word);
    }

    /** Runs for each of perhaps 100,000 rows at every key. */
    private static boolean anywhere(Row row, String word) {
        if (contains(row.name(), word) || contains(row.namespace(), word)) {
            return true;
        }
        List<String> cells = row.cells();
        for (int i = 0; i < cells.size(); i++) {
            if (contains(cells.get(i), word)) {
                return true;
            }
        }
        return false;
    }

    private static Predicate<Row> cell(Function<Row, String> cell, String wanted) {
        if (wanted.length() > 1 && (wanted.startsWith(">") || wanted.startsWith("<"))) {
            try {
                double limit = Double.parseDouble(wanted.substring(1));
                boolean above = wanted.startsWith(">");
                return row -> compare(cell.apply(row), limit, above);
            } catch (NumberFormatException e) {
                // No number: a text like any other.
            }
        }
        List<String> any = List.of(wanted.split(","));
        return row -> {
            String text = cell.apply(row);
            for (String each : any) {
                if (contains(text, each)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static boolean compare(String cell, double limit, boolean above) {
        String number = cell.replaceFirst("^([0-9.]+).*", "$1");
        try {
            double value = Double.parseDouble(number);
            return above ? value > limit : value < limit;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean contains(String cell, String text) {
        return cell.toLowerCase(Locale.ROOT).contains(text);
    }
}
