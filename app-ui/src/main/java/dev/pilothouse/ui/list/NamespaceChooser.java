package dev.pilothouse.ui.list;

import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
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
    private final Namespaces namespaces;
    private final Runnable follow = this::show;
    private final Consumer<String> chosen;
    private boolean updating;

    /**
     * Offers the namespaces of a cluster, as they are at any time.
     *
     * @param chosen is told the namespace, empty for all
     */
    NamespaceChooser(Namespaces namespaces, Consumer<String> chosen) {
        this.namespaces = namespaces;
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
        namespaces.follow(follow);
        show();
    }

    Region view() {
        return box;
    }

    /** The chosen namespace, empty for all. */
    String namespace() {
        return box.getValue() == null ? ALL : box.getValue();
    }

    /** Chooses without telling. */
    void choose(String namespace) {
        updating = true;
        try {
            box.setValue(namespace);
        } finally {
            updating = false;
        }
    }

    /** Tells whether choosing makes sense for what is shown. */
    void enable(boolean namespaced) {
        box.setDisable(!namespaced);
    }

    void close() {
        namespaces.leave(follow);
    }

    /** The choice stays, unless its namespace is gone. */
    private void show() {
        List<String> names = namespaces.names();
        String before = namespace();
        if (!namespaces.isKnown()
                || names.equals(box.getItems().subList(1, box.getItems().size()))) {
            return;
        }
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
}
