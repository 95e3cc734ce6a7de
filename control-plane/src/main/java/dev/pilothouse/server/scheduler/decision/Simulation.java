package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodReader;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.placement.Nominations;
import dev.pilothouse.server.scheduler.placement.Placement;
import dev.pilothouse.server.scheduler.placement.Placer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells where pods would go: {@code spec.pods} are templates with a number of replicas, {@code
 * spec.withoutNodes} are nodes that are thought away, whose pods have to go elsewhere. Nothing is
 * changed. Thread-safe.
 */
final class Simulation {

    private static final int MOST = 100_000;

    private final Profile profile;

    Simulation(Profile profile) {
        this.profile = profile;
    }

    ObjectNode run(ObjectNode question, Snapshot start) {
        List<PodInfo> pods = new ArrayList<>();
        Snapshot snapshot = start;
        ArrayNode without = Json.arrayAt(question, "spec", "withoutNodes");
        if (without != null) {
            for (JsonNode name : without) {
                snapshot = without(snapshot, name.asString(""), pods);
            }
        }
        PodReader reader = new PodReader();
        for (ObjectNode asked : Json.objects(question, "spec", "pods")) {
            add(pods, asked, reader);
        }
        pods.sort(Comparator.comparingInt(PodInfo::priority).reversed());
        ObjectNode answer = question.deepCopy();
        answer.put("kind", "PlacementSimulation").put("apiVersion", DecisionWriter.API_VERSION);
        answer.set("status", place(pods, snapshot));
        return answer;
    }

    private ObjectNode place(List<PodInfo> pods, Snapshot start) {
        ObjectNode status = Json.object();
        ArrayNode placements = status.putArray("placements");
        Placer placer = new Placer(profile, new Nominations(), new Random(0));
        Snapshot snapshot = start;
        int unplaced = 0;
        for (PodInfo pod : pods) {
            ObjectNode json = placements.addObject();
            json.put("namespace", pod.namespace()).put("name", pod.name());
            if (!pod.node().isEmpty()) {
                json.put("from", pod.node());
            }
            PodInfo free = pod.on("");
            switch (placer.place(free, snapshot)) {
                case Placement.Found found -> {
                    json.put("nodeName", found.node());
                    int position = snapshot.position(found.node());
                    snapshot =
                            snapshot.with(
                                    position, snapshot.at(position).with(free.on(found.node())));
                }
                case Placement.None none -> {
                    json.put("message", none.diagnosis().message());
                    unplaced++;
                }
            }
        }
        status.put("placed", pods.size() - unplaced).put("unplaced", unplaced);
        return status;
    }

    private static Snapshot without(Snapshot snapshot, String name, List<PodInfo> pods) {
        List<NodeInfo> left = new ArrayList<>();
        for (NodeInfo node : snapshot.nodes()) {
            if (node.name().equals(name)) {
                pods.addAll(node.pods());
            } else {
                left.add(node);
            }
        }
        if (left.size() == snapshot.size()) {
            throw ApiException.badRequest("there is no node \"" + name + "\"");
        }
        return Snapshot.of(left);
    }

    private static void add(List<PodInfo> pods, ObjectNode asked, PodReader reader) {
        long replicas = Json.number(asked, 1, "replicas");
        ObjectNode template = Json.objectAt(asked, "template");
        if (template == null || Json.objectAt(template, "spec") == null) {
            throw ApiException.badRequest("spec.pods[].template.spec is needed");
        }
        if (replicas < 0 || pods.size() + replicas > MOST) {
            throw ApiException.badRequest("between 0 and " + MOST + " pods can be simulated");
        }
        ObjectNode pod = template.deepCopy();
        ObjectNode metadata = Json.child(pod, "metadata");
        String namespace = Json.text(metadata, "namespace");
        metadata.put("namespace", namespace.isEmpty() ? "default" : namespace);
        String name = Json.text(metadata, "name");
        PodInfo first = reader.read(pod);
        for (int i = 0; i < replicas; i++) {
            String numbered = (name.isEmpty() ? "pod" : name) + "-" + i;
            pods.add(
                    new PodInfo(
                            first.shape(),
                            numbered,
                            "simulated-" + pods.size(),
                            "",
                            "",
                            first.scheduler(),
                            List.of(),
                            PodInfo.State.ACTIVE,
                            false,
                            0));
        }
    }
}
