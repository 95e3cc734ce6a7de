package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Taint;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Something that can be changed so that a pod finds a node. Immutable. */
public sealed interface Change {

    /** How much it asks of people: the smaller the better. */
    double cost();

    /** One sentence for people. */
    String description();

    /** One word for programs: the name of the kind of change. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** A change of the pod's own description, or of the template it is made from. */
    sealed interface OfPod extends Change {

        /** Changes a pod. */
        void apply(ObjectNode pod);
    }

    /** A change of a node. */
    sealed interface OfNode extends Change {

        /** Which node. */
        String node();
    }

    /**
     * Request less.
     *
     * @param path {@code containers} or {@code initContainers}
     * @param container its name
     * @param resource of what
     * @param from what it requests
     * @param to what it may request
     * @param share how much less that is, 0 to 1
     */
    record LowerRequest(
            String path, String container, String resource, String from, String to, double share)
            implements OfPod {

        @Override
        public double cost() {
            return 3 + 6 * share;
        }

        @Override
        public String description() {
            return "Lower the "
                    + resource
                    + " request of container "
                    + container
                    + " from "
                    + from
                    + " to "
                    + to;
        }

        @Override
        public void apply(ObjectNode pod) {
            for (ObjectNode each : Json.objects(pod, "spec", path)) {
                if (Json.text(each, "name").equals(container)) {
                    Json.child(Json.child(each, "resources"), "requests").put(resource, to);
                }
            }
        }
    }

    /** Request less for the pod as a whole. */
    record LowerPodRequest(String resource, String from, String to, double share) implements OfPod {

        @Override
        public double cost() {
            return 3 + 6 * share;
        }

        @Override
        public String description() {
            return "Lower the pod's " + resource + " request from " + from + " to " + to;
        }

        @Override
        public void apply(ObjectNode pod) {
            ObjectNode resources = Json.child(Json.child(pod, "spec"), "resources");
            Json.child(resources, "requests").put(resource, to);
        }
    }

    /** Tolerate a taint. */
    record AddToleration(Taint taint) implements OfPod {

        @Override
        public double cost() {
            return taint.key().startsWith("node.kubernetes.io/") ? 8 : 3;
        }

        @Override
        public String description() {
            return "Add a toleration of the taint " + taint;
        }

        @Override
        public void apply(ObjectNode pod) {
            ObjectNode toleration = Json.child(pod, "spec").withArray("tolerations").addObject();
            toleration.put("key", taint.key()).put("operator", "Equal");
            toleration.put("value", taint.value()).put("effect", taint.effect());
        }
    }

    /** Ask for no particular label. */
    record DropNodeSelector(String key) implements OfPod {

        @Override
        public double cost() {
            return 4;
        }

        @Override
        public String description() {
            return "Remove " + key + " from the pod's nodeSelector";
        }

        @Override
        public void apply(ObjectNode pod) {
            ObjectNode selector = Json.objectAt(pod, "spec", "nodeSelector");
            if (selector != null) {
                selector.remove(key);
            }
        }
    }

    /** Take away a rule about where the pod must be, such as its required node affinity. */
    record DropRequired(String affinity) implements OfPod {

        private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

        @Override
        public double cost() {
            return 5;
        }

        @Override
        public String description() {
            return "Remove the pod's required " + affinity + " rules, or make them preferred";
        }

        @Override
        public void apply(ObjectNode pod) {
            ObjectNode rules = Json.objectAt(pod, "spec", "affinity", affinity);
            if (rules != null) {
                rules.remove(REQUIRED);
            }
        }
    }

    /** Let the pod be spread less evenly. */
    record RaiseMaxSkew(String topologyKey, int from, int to) implements OfPod {

        @Override
        public double cost() {
            return 3 + Math.min(2, (to - from) * 0.2);
        }

        @Override
        public String description() {
            return "Raise maxSkew of " + topologyKey + " from " + from + " to " + to;
        }

        @Override
        public void apply(ObjectNode pod) {
            for (ObjectNode each : Json.objects(pod, "spec", "topologySpreadConstraints")) {
                if (Json.text(each, "topologyKey").equals(topologyKey)
                        && Json.number(each, 1, "maxSkew") < to) {
                    each.put("maxSkew", to);
                }
            }
        }
    }

    /** Let the pod start although it makes the spread worse. */
    record SoftenSpread(String topologyKey) implements OfPod {

        @Override
        public double cost() {
            return 4;
        }

        @Override
        public String description() {
            return "Set whenUnsatisfiable of the spread over " + topologyKey + " to ScheduleAnyway";
        }

        @Override
        public void apply(ObjectNode pod) {
            for (ObjectNode each : Json.objects(pod, "spec", "topologySpreadConstraints")) {
                if (Json.text(each, "topologyKey").equals(topologyKey)) {
                    each.put("whenUnsatisfiable", "ScheduleAnyway");
                    each.remove("minDomains");
                }
            }
        }
    }

    /** Do without a port of the node. */
    record DropHostPort(int port) implements OfPod {

        @Override
        public double cost() {
            return 4;
        }

        @Override
        public String description() {
            return "Remove hostPort " + port;
        }

        @Override
        public void apply(ObjectNode pod) {
            for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
                for (ObjectNode each : Json.objects(container, "ports")) {
                    if (Json.number(each, 0, "hostPort") == port) {
                        each.remove("hostPort");
                    }
                }
            }
        }
    }

    /** Wait for nothing more. */
    record RemoveGates(List<String> gates) implements OfPod {

        @Override
        public double cost() {
            return 1;
        }

        @Override
        public String description() {
            return "Remove the scheduling gates " + String.join(", ", gates);
        }

        @Override
        public void apply(ObjectNode pod) {
            Json.child(pod, "spec").set("schedulingGates", (ArrayNode) Json.array());
        }
    }

    /** Let pods onto a node again. */
    record Uncordon(String node) implements OfNode {

        @Override
        public double cost() {
            return 2;
        }

        @Override
        public String description() {
            return "Uncordon node " + node;
        }
    }

    /** Take a taint away. */
    record RemoveTaint(String node, Taint taint) implements OfNode {

        @Override
        public double cost() {
            return taint.key().startsWith("node.kubernetes.io/") ? 9 : 4;
        }

        @Override
        public String description() {
            return "Remove the taint " + taint + " from node " + node;
        }
    }

    /** Give a node a label, or take it away when the value is empty and it is not wanted. */
    record SetLabel(String node, String key, String value, boolean remove) implements OfNode {

        @Override
        public double cost() {
            return key.contains("kubernetes.io/") ? 7 : 3;
        }

        @Override
        public String description() {
            return remove
                    ? "Remove the label " + key + " from node " + node
                    : "Label node " + node + " with " + key + "=" + value;
        }
    }

    /** Take pods away. */
    record RemovePods(List<PodInfo> pods) implements Change {

        /** Copies the list. */
        public RemovePods {
            pods = List.copyOf(pods);
        }

        @Override
        public double cost() {
            return 4 + 1.5 * pods.size();
        }

        @Override
        public String description() {
            return "Delete or move "
                    + String.join(", ", pods.stream().map(PodInfo::key).sorted().toList());
        }
    }

    /** Something that cannot be tried out here. */
    record ByHand(String what) implements Change {

        @Override
        public double cost() {
            return 20;
        }

        @Override
        public String description() {
            return what;
        }
    }
}
