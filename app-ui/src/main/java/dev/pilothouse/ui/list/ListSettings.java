package dev.pilothouse.ui.list;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the lists of a cluster remember. JavaFX thread only. */
public final class ListSettings {

    private static final int RECENT = 6;

    private final Settings settings;
    private final String section;

    /**
     * Of a cluster.
     *
     * @param cluster its name
     */
    public ListSettings(Settings settings, String cluster) {
        this.settings = settings;
        this.section = "lists:" + cluster;
    }

    /** The namespaces that were chosen last, the latest first. */
    List<String> recentNamespaces() {
        List<String> recent = new ArrayList<>();
        settings.section(section).path("namespaces").forEach(name -> recent.add(name.asString("")));
        return recent;
    }

    /** A namespace has been chosen. */
    void chosen(String namespace) {
        List<String> recent = new ArrayList<>(recentNamespaces());
        recent.remove(namespace);
        recent.addFirst(namespace);
        ObjectNode all = settings.section(section);
        ArrayNode names = all.putArray("namespaces");
        recent.stream().limit(RECENT).forEach(names::add);
        settings.put(section, all);
    }

    /** How the columns of a kind's list were left; empty when they are as they come. */
    ObjectNode columns(Kind kind) {
        return settings.section(section).path("columns").path(key(kind)) instanceof ObjectNode found
                ? found
                : Json.object();
    }

    /** Remembers how the columns of a kind's list are. */
    void keepColumns(Kind kind, ObjectNode columns) {
        ObjectNode all = settings.section(section);
        Json.child(all, "columns").set(key(kind), columns);
        settings.put(section, all);
    }

    private static String key(Kind kind) {
        return kind.group().isEmpty() ? kind.resource() : kind.resource() + "." + kind.group();
    }
}
