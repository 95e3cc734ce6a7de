package dev.pilothouse.server.controller.nodes;

import dev.pilothouse.model.informer.IndexFunction;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.objects.PodState;
import dev.pilothouse.server.record.ObjectReference;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What controllers of nodes need to know of a pod.
 *
 * @param key its name
 * @param uid its uid
 * @param node the node it is on, empty before it is placed
 * @param created when it was made
 * @param ended whether it has ended for good
 * @param evicted whether its node has put it off
 * @param ready whether it is ready
 * @param deleting whether it is going away
 * @param tolerations which taints it tolerates
 */
public record NodePod(
        NamespacedName key,
        String uid,
        String node,
        String created,
        boolean ended,
        boolean evicted,
        boolean ready,
        boolean deleting,
        List<Toleration> tolerations) {

    /** An index of pods by their node. */
    public static final String BY_NODE = "node";

    /** The indexes of an informer of pods. */
    public static final Map<String, IndexFunction<NodePod>> INDEXES =
            Map.of(BY_NODE, pod -> pod.node().isEmpty() ? List.of() : List.of(pod.node()));

    /** What nearly all pods tolerate; kept once. */
    private static final List<Toleration> USUAL =
            List.of(
                    new Toleration(Taint.NOT_READY, "Exists", "", Taint.NO_EXECUTE, 300L),
                    new Toleration(Taint.UNREACHABLE, "Exists", "", Taint.NO_EXECUTE, 300L));

    /** Copies the list. */
    public NodePod {
        tolerations = tolerations.equals(USUAL) ? USUAL : List.copyOf(tolerations);
    }

    /** Reads a pod. */
    public static NodePod of(ObjectNode pod) {
        return new NodePod(
                NamespacedName.of(pod),
                Json.text(pod, "metadata", "uid"),
                Json.text(pod, "spec", "nodeName"),
                Json.text(pod, "metadata", "creationTimestamp"),
                PodState.isTerminal(pod),
                Json.text(pod, "status", "reason").equals("Evicted"),
                PodState.isReady(pod),
                PodState.isDeleting(pod),
                Json.objects(pod, "spec", "tolerations").stream().map(Toleration::of).toList());
    }

    /** What events about it name. */
    public ObjectReference reference() {
        return new ObjectReference("v1", "Pod", key.namespace(), key.name(), uid, "", "");
    }
}
