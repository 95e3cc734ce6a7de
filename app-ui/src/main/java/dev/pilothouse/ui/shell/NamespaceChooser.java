package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.cluster.TableEvents;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Chooses one of the namespaces there are, or all. JavaFX thread only. */
final class NamespaceChooser {

    private static final String ALL = "";

    private final ComboBox<String> box = new ComboBox<>();
    private final Executor pulse;
    private final Consumer<String> chosen;
    private final Subscription watch;
    private boolean updating;

    /**
     * Follows the namespaces of a cluster.
     *
     * @param chosen is told the namespace, empty for all
     */
    NamespaceChooser(Cluster cluster, Executor pulse, Consumer<String> chosen) {
        this.pulse = pulse;
        this.chosen = chosen;
        box.setId("namespace");
        box.getItems().setAll(ALL);
        box.setValue(ALL);
        box.setPrefWidth(160);
        box.setMinWidth(100);
        box.setVisibleRowCount(16);
        box.setAccessibleText(Texts.text("namespace.accessible"));
        box.setConverter(new Names());
        box.setButtonCell(new NameCell());
        box.setCellFactory(list -> new NameCell());
        box.valueProperty()
                .addListener((property, before, now) -> {
                    if (!updating && now != null) {
                        chosen.accept(now);
                    }
                });
        var kind = new Kind("", "v1", "namespaces", "Namespace", false);
        watch = cluster.followTable(kind, "", new Namespaces());
    }

    Region view() {
        return box;
    }

    /** The chosen namespace, empty for all. */
    String namespace() {
        return box.getValue() == null ? ALL : box.getValue();
    }

    /** Tells whether choosing makes sense for what is shown. */
    void enable(boolean namespaced) {
        box.setDisable(!namespaced);
    }

    void close() {
        watch.close();
    }

    /** The choice stays, unless its namespace is gone. */
    private void show(List<String> names) {
        String before = namespace();
        updating = true;
        try {
            List<String> all = new ArrayList<>(names);
            all.addFirst(ALL);
            box.getItems().setAll(all);
            // The items' change has taken the value away.
            box.setValue(null);
            box.setValue(all.contains(before) ? before : ALL);
        } finally {
            updating = false;
        }
        if (!before.equals(namespace())) {
            chosen.accept(namespace());
        }
    }

    private static final class Names extends StringConverter<String> {
        @Override
        public String toString(@Nullable String name) {
            return name == null || name.isEmpty() ? Texts.text("namespace.all") : name;
        }

        @Override
        public String fromString(String text) {
            return text;
        }
    }

    private static final class NameCell extends ListCell<String> {
        @Override
        protected void updateItem(@Nullable String name, boolean empty) {
            super.updateItem(name, empty);
            setText(empty || name == null ? null : new Names().toString(name));
        }
    }

    /** Called on the watching thread. */
    private final class Namespaces implements TableEvents {

        private final Map<String, String> names = new TreeMap<>();

        @Override
        public void listed(List<Column> columns, List<Row> rows) {
            names.clear();
            changed(rows);
        }

        @Override
        public void changed(List<Row> rows) {
            rows.forEach(row -> names.put(row.uid(), row.name()));
            tell();
        }

        @Override
        public void removed(String uid) {
            names.remove(uid);
            tell();
        }

        private void tell() {
            List<String> sorted = names.values().stream().sorted().toList();
            pulse.execute(() -> {
                if (!sorted.equals(box.getItems().subList(1, box.getItems().size()))) {
                    show(sorted);
                }
            });
        }

        @Override
        public void reached(String revision) {
            // Not shown.
        }

        @Override
        public void connection(Connection state) {
            // The table shows it.
        }
    }
}
