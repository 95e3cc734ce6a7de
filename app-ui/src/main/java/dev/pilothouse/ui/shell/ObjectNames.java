package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import javafx.scene.control.ListView;

/** The names of objects, each with its namespace, one below the other. JavaFX thread only. */
final class ObjectNames {

    private static final double LINE = 39;
    private static final double HIGHEST = 197;

    private final ListView<String> names = new ListView<>();

    ObjectNames(String id, List<ObjectRef> objects) {
        names.setId(id);
        names.setAccessibleText(Texts.text("objects.names"));
        show(objects, false);
    }

    ListView<String> view() {
        return names;
    }

    /**
     * Shows others.
     *
     * @param kinds whether their kinds are told as well
     */
    void show(List<ObjectRef> objects, boolean kinds) {
        names.getItems()
                .setAll(
                        objects.stream()
                                .map(object ->
                                        kinds
                                                ? object.kind().kind() + " " + place(object)
                                                : place(object))
                                .toList());
        names.setPrefHeight(Math.min(HIGHEST, LINE * objects.size() + 4));
        names.setMinHeight(Math.min(HIGHEST / 2, LINE * objects.size() + 4));
    }

    static String place(ObjectRef object) {
        return object.namespace().isEmpty()
                ? object.name()
                : object.namespace() + " / " + object.name();
    }
}
