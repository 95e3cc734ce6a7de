package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.scene.layout.VBox;

/** Rows of pairs or keys; the last one is always free for one more. JavaFX thread only. */
final class PairRows {

    private final Pairs pairs;
    private final boolean valued;
    private final Runnable changed;
    private final List<PairRow> rows = new ArrayList<>();
    private final VBox root = new VBox(8);

    /**
     * Rows.
     *
     * @param valued whether keys have values here
     * @param changed is told when they are no longer what they were
     */
    PairRows(Pairs pairs, boolean valued, Map<String, String> current, Runnable changed) {
        this.pairs = pairs;
        this.valued = valued;
        this.changed = changed;
        current.forEach(this::add);
        add("", "");
        free();
    }

    VBox view() {
        return root;
    }

    int size() {
        return rows.size();
    }

    /** Gives the keyboard to the free row. */
    void focus() {
        rows.getLast().focus();
    }

    /** What the rows say; a key that is there twice counts once. */
    Map<String, String> pairs() {
        Map<String, String> said = new TreeMap<>();
        for (PairRow row : rows) {
            if (!row.isBlank()) {
                said.put(row.key(), row.value());
            }
        }
        return said;
    }

    /**
     * Lets each row say what is wrong with it.
     *
     * @param taken keys that must not be here
     * @return whether nothing is
     */
    boolean check(Set<String> taken) {
        Map<String, Long> times =
                rows.stream()
                        .filter(row -> !row.isBlank())
                        .collect(Collectors.groupingBy(PairRow::key, Collectors.counting()));
        boolean right = true;
        for (PairRow row : rows) {
            boolean twice = times.getOrDefault(row.key(), 0L) > 1 || taken.contains(row.key());
            right &= row.check(twice);
        }
        return right;
    }

    private void add(String key, String value) {
        PairRow row = new PairRow(pairs, key, value, valued, this::typed, this::remove);
        rows.add(row);
        root.getChildren().add(row.view());
    }

    private void typed() {
        if (!rows.getLast().isBlank()) {
            add("", "");
        }
        free();
        changed.run();
    }

    private void remove(PairRow row) {
        int at = rows.indexOf(row);
        rows.remove(at);
        // The keyboard goes on where the row was, not to wherever it would fall.
        rows.get(at).focus();
        root.getChildren().remove(row.view());
        changed.run();
    }

    private void free() {
        rows.forEach(row -> row.removable(row != rows.getLast()));
    }
}
