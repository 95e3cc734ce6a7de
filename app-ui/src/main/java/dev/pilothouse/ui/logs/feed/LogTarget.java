package dev.pilothouse.ui.logs.feed;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pods whose logs are wanted.
 *
 * @param title what they are, for people
 * @param namespace where they are; empty for all namespaces
 * @param query the parameters of the list of pods that choose them
 * @param names only pods with these names; empty for all that the query chooses
 * @param container only containers with this name; empty for all
 */
public record LogTarget(
        String title, String namespace, String query, Set<String> names, String container) {

    /** Keeps a copy of the names. */
    public LogTarget {
        names = Set.copyOf(names);
    }

    /** One pod. */
    public static LogTarget pod(String namespace, String name) {
        return new LogTarget(
                name,
                namespace,
                "fieldSelector=metadata.name%3D" + ApiPaths.parameter(name),
                Set.of(),
                "");
    }

    /** Some pods of a namespace by their names. */
    public static LogTarget pods(String namespace, Set<String> names) {
        return names.size() == 1
                ? pod(namespace, names.iterator().next())
                : new LogTarget(String.join(", ", names), namespace, "", names, "");
    }

    /** Pods by a label selector, as kubectl's option takes it. */
    public static LogTarget selector(String title, String namespace, String selector) {
        String query = selector.isEmpty() ? "" : "labelSelector=" + ApiPaths.parameter(selector);
        return new LogTarget(title, namespace, query, Set.of(), "");
    }

    /** The pods of a node. */
    public static LogTarget node(String name) {
        return new LogTarget(
                name,
                "",
                "fieldSelector=spec.nodeName%3D" + ApiPaths.parameter(name),
                Set.of(),
                "");
    }

    /**
     * The pods that an object stands for: itself, those that its selector chooses, or those on it.
     *
     * @param object a Pod, Node, Namespace, or anything with a selector of pods
     * @param kind what it is; servers leave it out at times
     * @throws IllegalArgumentException when the object has nothing to do with pods
     */
    public static LogTarget of(ObjectNode object, String kind) {
        String namespace = Json.text(object, "metadata", "namespace");
        String name = Json.text(object, "metadata", "name");
        switch (kind) {
            case "Pod" -> {
                return pod(namespace, name);
            }
            case "Node" -> {
                return node(name);
            }
            case "Namespace" -> {
                return selector(name, name, "");
            }
            default -> {
                String selector = selector(object.path("spec").path("selector"));
                if (selector.isEmpty()) {
                    throw new IllegalArgumentException(kind);
                }
                return selector(kind + " " + name, namespace, selector);
            }
        }
    }

    /** The same pods, but only containers of a name; an empty name stands for all. */
    public LogTarget onlyContainer(String wanted) {
        return new LogTarget(title, namespace, query, names, wanted);
    }

    /** The text of a selector: a LabelSelector, or the plain labels of a Service. */
    public static String selector(JsonNode selector) {
        List<String> parts = new ArrayList<>();
        boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
        JsonNode labels = structured ? selector.path("matchLabels") : selector;
        labels.properties()
                .forEach(label -> parts.add(label.getKey() + "=" + label.getValue().asString("")));
        for (ObjectNode expression : Json.objects(selector, "matchExpressions")) {
            String key = Json.text(expression, "key");
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asString("")));
            String set = " (" + String.join(",", values) + ")";
            parts.add(
                    switch (Json.text(expression, "operator")) {
                        case "In" -> key + " in" + set;
                        case "NotIn" -> key + " notin" + set;
                        case "DoesNotExist" -> "!" + key;
                        default -> key;
                    });
        }
        return String.join(",", parts);
    }

    boolean wants(String pod) {
        return names.isEmpty() || names.contains(pod);
    }
}
