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

    /** How the list of a kind was left. */
    ListLook look(Kind kind) {
        return ListLook.fromJson(settings.section(section).path("looks").path(key(kind)));
    }

    /** Remembers how the list of a kind is arranged. */
    void keep(Kind kind, ListLook look) {
        ObjectNode all = settings.section(section);
        Json.child(all, "looks").set(key(kind), look.toJson());
        settings.put(section, all);
    }

    private static String key(Kind kind) {
        return kind.qualified();
    }
}
