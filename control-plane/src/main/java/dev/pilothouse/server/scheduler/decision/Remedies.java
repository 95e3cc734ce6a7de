package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.HostPort;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.NodeTerm;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.PodVolume;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.SpreadConstraint;
import dev.pilothouse.server.scheduler.cluster.Taint;
import dev.pilothouse.server.scheduler.placement.Checks.Verdict;
import dev.pilothouse.server.scheduler.plugins.NodeResourcesFit;
import dev.pilothouse.server.scheduler.plugins.NodeResourcesFit.Shortage;
import dev.pilothouse.server.scheduler.plugins.SpreadFilter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** What can be done about the refusal of one plug-in; each way is a list of changes. */
final class Remedies {

    private static final int MOST_PODS = 5;

    private final Function<String, Map<String, String>> namespaces;
    private final ObjectNode tree;
    private final PodInfo pod;
    private final NodeInfo node;
    private final Snapshot snapshot;
    private final List<List<Change>> ways = new ArrayList<>();

    Remedies(
            Function<String, Map<String, String>> namespaces,
            ObjectNode tree,
            PodInfo pod,
            NodeInfo node,
            Snapshot snapshot) {
        this.namespaces = namespaces;
        this.tree = tree;
        this.pod = pod;
        this.node = node;
        this.snapshot = snapshot;
    }

    /** The ways out of a refusal, perhaps none. */
    List<List<Change>> of(Verdict verdict) {
        switch (verdict.plugin()) {
            case "NodeUnschedulable" -> way(List.of(new Change.Uncordon(node.name())));
            case "TaintToleration" -> taints();
            case "NodeAffinity" -> {
                way(LabelFixes.of(pod.shape().nodes(), node.node()));
                freeOfNodeRules();
            }
            case "NodePorts" -> ports();
            case "NodeResourcesFit" -> resources();
            case "PodTopologySpread" -> spread(verdict);
            case "InterPodAffinity" -> affinity();
            case "VolumeRestrictions" -> sharers();
            default -> {}
        }
        if (ways.isEmpty()) {
            String reasons = String.join(", ", verdict.status().reasons());
            way(List.of(new Change.ByHand(byHand(verdict.plugin(), reasons))));
        }
        return ways;
    }

    /** Lets the pod go to any node. */
    List<List<Change>> freeOfNodeRules() {
        List<Change> changes = new ArrayList<>();
        pod.shape()
                .nodes()
                .selector()
                .forEach((key, value) -> {
                    if (!value.equals(node.node().labels().get(key))) {
                        changes.add(new Change.DropNodeSelector(key));
                    }
                });
        List<NodeTerm> required = pod.shape().nodes().required();
        if (required != null && required.stream().noneMatch(term -> term.matches(node.node()))) {
            changes.add(new Change.DropRequired("nodeAffinity"));
        }
        way(changes);
        return ways;
    }

    private static String byHand(String plugin, String reasons) {
        return switch (plugin) {
            case "VolumeBinding", "VolumeZone" ->
                    "Provide storage that the node can reach: " + reasons;
            case "NodeVolumeLimits" -> "Use a node with fewer attached volumes: " + reasons;
            default -> "Resolve what " + plugin + " says: " + reasons;
        };
    }

    private void way(List<? extends Change> changes) {
        if (!changes.isEmpty()) {
            ways.add(List.copyOf(changes));
        }
    }

    private void taints() {
        List<Taint> taints =
                node.node().taints().stream()
                        .filter(taint -> taint.repels() && !pod.shape().tolerates(taint))
                        .toList();
        way(taints.stream().map(Change.AddToleration::new).toList());
        way(taints.stream().map(taint -> new Change.RemoveTaint(node.name(), taint)).toList());
    }

    private void ports() {
        Set<Integer> taken = new LinkedHashSet<>();
        List<HostPort> wanted = pod.shape().demand().ports();
        for (HostPort port : wanted) {
            if (node.ports().stream().anyMatch(port::conflicts)) {
                taken.add(port.port());
            }
        }
        way(taken.stream().map(Change.DropHostPort::new).toList());
        without(other ->
                other.shape().demand().ports().stream()
                        .anyMatch(port -> wanted.stream().anyMatch(port::conflicts)));
    }

    private void resources() {
        List<Shortage> shortages = NodeResourcesFit.shortages(pod.shape().demand(), node);
        List<Change> less = new ArrayList<>();
        for (Shortage shortage : shortages) {
            List<Change> cuts =
                    RequestCuts.isRequested(shortage.resource())
                            ? RequestCuts.to(tree, shortage.resource(), shortage.free())
                            : List.of();
            if (cuts.isEmpty()) {
                less.clear();
                break;
            }
            less.addAll(cuts);
        }
        way(less);
        List<PodInfo> room = RoomFinder.find(pod, node);
        if (!room.isEmpty()) {
            way(List.of(new Change.RemovePods(room)));
        }
    }

    private void spread(Verdict verdict) {
        if (!(verdict.filter() instanceof SpreadFilter filter)) {
            return;
        }
        List<Integer> skews = filter.skews(node);
        List<Change> raise = new ArrayList<>();
        List<Change> soften = new ArrayList<>();
        for (int i = 0; i < filter.constraints().size(); i++) {
            SpreadConstraint constraint = filter.constraints().get(i);
            String key = constraint.topologyKey();
            if (skews.isEmpty()) {
                if (!node.node().labels().containsKey(key)) {
                    soften.add(new Change.SoftenSpread(key));
                }
            } else if (skews.get(i) > constraint.maxSkew()) {
                raise.add(new Change.RaiseMaxSkew(key, constraint.maxSkew(), skews.get(i)));
                soften.add(new Change.SoftenSpread(key));
            }
        }
        way(raise);
        way(soften);
    }

    private void affinity() {
        PodShape shape = pod.shape();
        if (!shape.affinity().required().isEmpty()) {
            way(List.of(new Change.DropRequired("podAffinity")));
        }
        List<PodInfo> disliked =
                near(other ->
                        matching(shape.affinity().requiredAnti(), other.shape(), other.node()));
        List<PodInfo> dislikers =
                near(other ->
                        matching(other.shape().affinity().requiredAnti(), shape, other.node()));
        if (!disliked.isEmpty()) {
            way(List.of(new Change.DropRequired("podAntiAffinity")));
        }
        Set<PodInfo> all = new LinkedHashSet<>(disliked);
        all.addAll(dislikers);
        if (!all.isEmpty() && all.size() <= MOST_PODS) {
            way(List.of(new Change.RemovePods(List.copyOf(all))));
        }
    }

    /** Whether a term means a pod, and nodes are in the same domain of it. */
    private boolean matching(List<AffinityTerm> terms, PodShape meant, String where) {
        NodeInfo there = snapshot.find(where);
        if (there == null) {
            return false;
        }
        for (AffinityTerm term : terms) {
            String domain = node.node().labels().get(term.topologyKey());
            Node other = there.node();
            if (domain != null
                    && domain.equals(other.labels().get(term.topologyKey()))
                    && term.matches(meant, namespaces)) {
                return true;
            }
        }
        return false;
    }

    private List<PodInfo> near(Predicate<PodInfo> meant) {
        List<PodInfo> found = new ArrayList<>();
        for (int i = 0; i < snapshot.size() && found.size() <= MOST_PODS; i++) {
            for (PodInfo other : snapshot.at(i).pods()) {
                if (meant.test(other)) {
                    found.add(other);
                }
            }
        }
        return found;
    }

    private void sharers() {
        List<String> claims =
                pod.shape().volumes().stream()
                        .map(volume -> volume.claim() + volume.disk())
                        .toList();
        List<PodInfo> sharers =
                near(other ->
                        other.namespace().equals(pod.namespace())
                                && other.shape().volumes().stream()
                                        .map(Remedies::identity)
                                        .anyMatch(claims::contains));
        if (!sharers.isEmpty()) {
            way(List.of(new Change.RemovePods(sharers)));
        }
    }

    private static String identity(PodVolume volume) {
        return volume.claim() + volume.disk();
    }

    private void without(Predicate<PodInfo> meant) {
        List<PodInfo> holders = node.pods().stream().filter(meant).toList();
        if (!holders.isEmpty()) {
            way(List.of(new Change.RemovePods(holders)));
        }
    }
}
