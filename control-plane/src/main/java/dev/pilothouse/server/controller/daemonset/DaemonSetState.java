package dev.pilothouse.server.controller.daemonset;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.workload.IntOrPercent;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.Templates;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a daemon set asks for. Does not change the tree. */
record DaemonSetState(ObjectNode tree) {

    static final String HASH = "controller-revision-hash";
    private static final String GENERATION = "pod-template-generation";
    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    String name() {
        return Json.text(tree, "metadata", "name");
    }

    String namespace() {
        return Json.text(tree, "metadata", "namespace");
    }

    String uid() {
        return Json.text(tree, "metadata", "uid");
    }

    int generation() {
        return (int) Json.number(tree, 0, "metadata", "generation");
    }

    int minReadySeconds() {
        return (int) Json.number(tree, 0, "spec", "minReadySeconds");
    }

    int historyLimit() {
        return (int) Json.number(tree, 10, "spec", "revisionHistoryLimit");
    }

    boolean rolls() {
        return !Json.text(tree, "spec", "updateStrategy", "type").equals("OnDelete");
    }

    /** On how many of so many nodes there may be an old and a new pod at once. */
    int maxSurge(int nodes) {
        return rolls() ? limit("maxSurge", nodes, 0) : 0;
    }

    /** On how many of so many nodes there may be no pod that is available. */
    int maxUnavailable(int nodes) {
        int unavailable = limit("maxUnavailable", nodes, 1);
        // With neither, nothing could ever be done.
        return unavailable == 0 && maxSurge(nodes) == 0 ? 1 : unavailable;
    }

    @Nullable ObjectNode status() {
        return Json.objectAt(tree, "status");
    }

    /** A pod without a node. */
    ObjectNode pod(String hash) {
        ObjectNode pod = Templates.pod(tree.path("spec").path("template"), namespace());
        ObjectNode metadata = Json.child(pod, "metadata");
        metadata.put("generateName", Templates.namePrefix(name()));
        metadata.putArray("ownerReferences")
                .add(WorkloadKind.DAEMON_SET.controllerReference(name(), uid()));
        ObjectNode labels = Json.child(metadata, "labels");
        labels.put(HASH, hash);
        String generation = templateGeneration();
        if (!generation.isEmpty()) {
            labels.put(GENERATION, generation);
        }
        tolerate(Json.child(pod, "spec"));
        return pod;
    }

    /** The same pod for a node; the scheduler binds it there and nowhere else. */
    static ObjectNode onNode(ObjectNode pod, String node) {
        ObjectNode copy = pod.deepCopy();
        ObjectNode affinity = Json.child(Json.child(copy, "spec"), "affinity");
        ObjectNode required =
                Json.child(
                        Json.child(affinity, "nodeAffinity"),
                        "requiredDuringSchedulingIgnoredDuringExecution");
        ObjectNode field =
                required.putArray("nodeSelectorTerms")
                        .addObject()
                        .putArray("matchFields")
                        .addObject();
        field.put("key", "metadata.name").put("operator", "In").putArray("values").add(node);
        return copy;
    }

    /** Whether a pod has the present template. */
    boolean isUpdated(PodView pod, String hash) {
        String generation = templateGeneration();
        return pod.label(HASH).equals(hash)
                || (!generation.isEmpty() && pod.label(GENERATION).equals(generation));
    }

    private String templateGeneration() {
        return Json.text(tree, "metadata", "annotations", TEMPLATE_GENERATION);
    }

    /** Daemons run on nodes where others do not. */
    private static void tolerate(ObjectNode spec) {
        toleration(spec, "not-ready", "NoExecute");
        toleration(spec, "unreachable", "NoExecute");
        toleration(spec, "disk-pressure", "NoSchedule");
        toleration(spec, "memory-pressure", "NoSchedule");
        toleration(spec, "pid-pressure", "NoSchedule");
        toleration(spec, "unschedulable", "NoSchedule");
        if (Json.bool(spec, "hostNetwork")) {
            toleration(spec, "network-unavailable", "NoSchedule");
        }
    }

    private static void toleration(ObjectNode spec, String name, String effect) {
        ObjectNode toleration = Json.object();
        toleration.put("key", "node.kubernetes.io/" + name);
        toleration.put("operator", "Exists");
        toleration.put("effect", effect);
        ArrayNode kept = Json.array();
        for (JsonNode other : spec.path("tolerations")) {
            if (!Json.text(other, "key").equals("node.kubernetes.io/" + name)
                    || !Json.text(other, "effect").equals(effect)) {
                kept.add(other);
            }
        }
        spec.set("tolerations", kept.add(toleration));
    }

    private int limit(String field, int nodes, int missing) {
        return IntOrPercent.of(
                Json.at(tree, "spec", "updateStrategy", "rollingUpdate", field),
                nodes,
                RoundingMode.UP,
                missing);
    }
}
