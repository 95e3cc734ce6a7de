package dev.pilothouse.ui.action;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the scheduler would put pods, without anything being done. Only the embedded server can
 * tell; see docs/scheduling.md.
 */
public final class Placements {

    private static final String PATH = "/apis/scheduling.pilothouse.dev/v1/simulations";

    private final List<Place> places;

    /**
     * Where a pod would go.
     *
     * @param node empty for none
     * @param message why there is none; empty when there is one
     */
    public record Place(String namespace, String name, String node, String message) {}

    private Placements(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /**
     * Of more pods of a workload; blocks.
     *
     * @throws IOException when the server cannot tell
     */
    public static Placements more(Cluster cluster, ObjectNode workload, int pods)
            throws IOException, InterruptedException {
        ObjectNode found = Json.objectAt(workload, "spec", "template");
        ObjectNode template = found == null ? Json.object() : found.deepCopy();
        Json.child(template, "metadata")
                .put("namespace", Json.text(workload, "metadata", "namespace"))
                .put("name", Json.text(workload, "metadata", "name"));
        ObjectNode question = Json.object();
        ObjectNode asked = question.putObject("spec").putArray("pods").addObject();
        asked.set("template", template);
        asked.put("replicas", pods);
        return ask(cluster, question);
    }

    /**
     * Of the pods of a node that is thought away; blocks.
     *
     * @throws IOException when the server cannot tell
     */
    public static Placements without(Cluster cluster, String node)
            throws IOException, InterruptedException {
        ObjectNode question = Json.object();
        question.putObject("spec").putArray("withoutNodes").add(node);
        return ask(cluster, question);
    }

    private static Placements ask(Cluster cluster, ObjectNode question)
            throws IOException, InterruptedException {
        ObjectNode answer = cluster.call(ApiCall.post(PATH, question));
        List<Place> places = new ArrayList<>();
        for (ObjectNode each : Json.objects(answer, "status", "placements")) {
            places.add(
                    new Place(
                            Json.text(each, "namespace"),
                            Json.text(each, "name"),
                            Json.text(each, "nodeName"),
                            Json.text(each, "message")));
        }
        return new Placements(places);
    }

    /** All pods. */
    public List<Place> places() {
        return places;
    }

    /** How many pods each node would get. */
    public Map<String, Integer> byNode() {
        Map<String, Integer> counts = new TreeMap<>();
        places.stream()
                .filter(place -> !place.node().isEmpty())
                .forEach(place -> counts.merge(place.node(), 1, Integer::sum));
        return counts;
    }

    /** How many pods would find no node. */
    public long unplaced() {
        return places.stream().filter(place -> place.node().isEmpty()).count();
    }

    /** Why the first of those would find none, empty when all do. */
    public String reason() {
        return places.stream()
                .filter(place -> place.node().isEmpty())
                .findFirst()
                .map(Place::message)
                .orElse("");
    }
}
