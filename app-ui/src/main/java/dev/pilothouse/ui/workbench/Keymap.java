package dev.pilothouse.ui.workbench;

import dev.pilothouse.model.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which keys do what: those that commands and verbs come with, unless the user has chosen others.
 * JavaFX thread only.
 */
public final class Keymap {

    private final Map<String, String> chosen = new TreeMap<>();
    private final Map<String, List<KeyStroke>> parsed = new HashMap<>();

    /** With the user's choices, as {@link #toJson()} has them. */
    public Keymap(ObjectNode choices) {
        choices.properties()
                .forEach(entry -> chosen.put(entry.getKey(), entry.getValue().asString("")));
    }

    /** The keys of something, as the user has chosen or else as it comes. */
    public String keys(String id, String usual) {
        return chosen.getOrDefault(id, usual);
    }

    /** The strokes that do something. */
    public List<KeyStroke> strokes(String id, String usual) {
        return parsed.computeIfAbsent(keys(id, usual), KeyStroke::parse);
    }

    /** As people read it, such as {@code Ctrl+K}; empty when no key does it. */
    public String text(String id, String usual) {
        List<KeyStroke> strokes = strokes(id, usual);
        return strokes.isEmpty() ? "" : strokes.getFirst().text();
    }

    /** Whether the user has chosen other keys. */
    public boolean isChosen(String id) {
        return chosen.containsKey(id);
    }

    /** Chooses keys; no keys at all is a choice too. */
    public void choose(String id, String keys) {
        chosen.put(id, keys);
    }

    /** Goes back to the keys it comes with. */
    public void reset(String id) {
        chosen.remove(id);
    }

    /** The choices: ids and keys. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        chosen.forEach(json::put);
        return json;
    }
}
