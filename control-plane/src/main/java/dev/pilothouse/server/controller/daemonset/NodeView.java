package dev.pilothouse.server.controller.daemonset;

import dev.pilothouse.model.json.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What decides whether a daemon set's pod belongs on a node. Immutable.
 *
 * @param name the node's name
 * @param labels its labels
 * @param taints its taints
 */
public record NodeView(String name, Map<String, String> labels, List<Taint> taints) {

    /** Keeps pods away that do not tolerate it. */
    record Taint(String key, String value, String effect) {}

    /** Reads a node. */
    public static NodeView of(ObjectNode node) {
        return new NodeView(
                Json.text(node, "metadata", "name"),
                Map.copyOf(Json.stringMap(node, "metadata", "labels")),
                Json.objects(node, "spec", "taints").stream()
                        .map(taint ->
                                new Taint(
                                        Json.text(taint, "key"),
                                        Json.text(taint, "value"),
                                        Json.text(taint, "effect")))
                        .toList());
    }
}
