package dev.pilothouse.server.controller.revision;

import dev.pilothouse.model.json.Json;
import java.util.Comparator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A state of a template.
 *
 * @param name the name of the controller revision
 * @param uid its uid
 * @param number counts upwards; the highest is the newest
 * @param created when it was made
 * @param tree the whole controller revision, not to be changed
 */
public record Revision(String name, String uid, long number, String created, ObjectNode tree) {

    /** The oldest first. */
    public static final Comparator<Revision> BY_NUMBER =
            Comparator.comparingLong(Revision::number)
                    .thenComparing(Revision::created)
                    .thenComparing(Revision::name);

    /** Reads a controller revision. */
    public static Revision of(ObjectNode tree) {
        return new Revision(
                Json.text(tree, "metadata", "name"),
                Json.text(tree, "metadata", "uid"),
                Json.number(tree, 0, "revision"),
                Json.text(tree, "metadata", "creationTimestamp"),
                tree);
    }

    /**
     * What a revision keeps of an object: a patch that brings the template back, as kubectl rollout
     * undo applies it.
     */
    public static ObjectNode dataOf(ObjectNode template) {
        ObjectNode data = Json.object();
        ObjectNode kept = data.putObject("spec").putObject("template");
        kept.put("$patch", "replace");
        template.properties()
                .forEach(entry -> kept.set(entry.getKey(), entry.getValue().deepCopy()));
        return data;
    }

    /** Whether it keeps this. */
    public boolean keeps(ObjectNode data) {
        return data.equals(tree.get("data"));
    }

    /** The template that it keeps. */
    public ObjectNode template() {
        ObjectNode kept = Json.objectAt(tree, "data", "spec", "template");
        ObjectNode template = kept == null ? Json.object() : kept.deepCopy();
        template.remove("$patch");
        return template;
    }

    /** A label's value, or empty. */
    public String label(String label) {
        return Json.text(tree, "metadata", "labels", label);
    }
}
