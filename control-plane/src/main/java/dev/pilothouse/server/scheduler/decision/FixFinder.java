package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodReader;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.placement.Checks;
import dev.pilothouse.server.scheduler.placement.Checks.Verdict;
import dev.pilothouse.server.scheduler.plugins.NodeResourcesFit;
import dev.pilothouse.server.scheduler.plugins.NodeResourcesFit.Shortage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the smallest changes that would let a pod onto a node: for the nodes that lack least, each
 * refusal is answered in all known ways, one after the other, and what is offered has been tried
 * out with the filters. Thread-safe.
 */
public final class FixFinder {

    private static final int NODES = 24;
    private static final int DEPTH = 8;

    private final Profile profile;
    private final Function<String, Map<String, String>> namespaces;

    /** Uses these plug-ins; also looks at the labels of namespaces by their names. */
    public FixFinder(Profile profile, Function<String, Map<String, String>> namespaces) {
        this.profile = profile;
        this.namespaces = namespaces;
    }

    private record Situation(ObjectNode tree, Snapshot snapshot, List<Change> changes) {}

    /** Looks for the best fix of each kind, the best of all first. */
    public List<Fix> find(ObjectNode pod, Snapshot snapshot) {
        PodReader reader = new PodReader();
        Situation start = new Situation(pod, snapshot, List.of());
        PodInfo info = reader.read(pod);
        if (!info.gates().isEmpty()) {
            start = after(start, List.of(new Change.RemoveGates(info.gates())));
        }
        Map<String, Fix> best = new HashMap<>();
        for (int position : nearest(reader.read(start.tree()), snapshot)) {
            search(start, position, reader, best, 0);
        }
        return best.values().stream().sorted(Comparator.comparingDouble(Fix::cost)).toList();
    }

    /** The positions of the nodes that lack least. */
    private List<Integer> nearest(PodInfo pod, Snapshot snapshot) {
        Checks checks = Checks.of(profile, pod, snapshot);
        Map<Integer, Double> lacks = new HashMap<>();
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < snapshot.size(); i++) {
            NodeInfo node = snapshot.at(i);
            double lack = 0;
            for (Verdict verdict : checks.verdicts(node)) {
                lack += verdict.status().isSuccess() ? 0 : lack(verdict, pod, node);
            }
            lacks.put(i, lack);
            positions.add(i);
        }
        positions.sort(Comparator.comparing(position -> lacks.getOrDefault(position, 0.0)));
        return positions.subList(0, Math.min(NODES, positions.size()));
    }

    private static double lack(Verdict verdict, PodInfo pod, NodeInfo node) {
        if (!verdict.plugin().equals(NodeResourcesFit.NAME)) {
            return 1;
        }
        double lack = 0.5;
        for (Shortage shortage : NodeResourcesFit.shortages(pod.shape().demand(), node)) {
            lack += (double) (shortage.requested() - shortage.free()) / shortage.requested();
        }
        return lack;
    }

    private void search(
            Situation situation, int position, PodReader reader, Map<String, Fix> best, int depth) {
        NodeInfo node = situation.snapshot().at(position);
        PodInfo pod = reader.read(situation.tree());
        Checks checks = Checks.of(profile, pod, situation.snapshot());
        Remedies remedies =
                new Remedies(namespaces, situation.tree(), pod, node, situation.snapshot());
        Status rejection = checks.rejection();
        List<List<Change>> ways;
        if (rejection != null) {
            ways =
                    rejection.plugin().equals("NodeAffinity")
                            ? remedies.freeOfNodeRules()
                            : List.of(List.of(new Change.ByHand(sentence(rejection))));
        } else if (checks.names() != null && !checks.names().contains(node.name())) {
            ways = remedies.freeOfNodeRules();
        } else {
            Verdict refusal = firstRefusal(checks, node);
            if (refusal == null) {
                keep(new Fix(node.name(), situation.changes(), true), best);
                return;
            }
            ways = remedies.of(refusal);
        }
        for (List<Change> way : ways) {
            Situation next = after(situation, way);
            if (way.getFirst() instanceof Change.ByHand) {
                keep(new Fix(node.name(), next.changes(), false), best);
            } else if (depth < DEPTH && mayBeBest(next, best)) {
                search(next, position, reader, best, depth + 1);
            }
        }
    }

    private static @Nullable Verdict firstRefusal(Checks checks, NodeInfo node) {
        for (Verdict verdict : checks.verdicts(node)) {
            if (!verdict.status().isSuccess()) {
                return verdict;
            }
        }
        return null;
    }

    private static String sentence(Status rejection) {
        return "Resolve what "
                + rejection.plugin()
                + " says: "
                + String.join(", ", rejection.reasons());
    }

    /** More changes cost more, so what costs more already than a fix of every kind is given up. */
    private static boolean mayBeBest(Situation situation, Map<String, Fix> best) {
        double worst = 0;
        for (Fix fix : best.values()) {
            worst = Math.max(worst, fix.cost());
        }
        return best.size() < 4 || new Fix("", situation.changes(), true).cost() < worst;
    }

    private static void keep(Fix fix, Map<String, Fix> best) {
        if (!fix.changes().isEmpty()) {
            best.merge(fix.kind(), fix, (one, other) -> one.cost() <= other.cost() ? one : other);
        }
    }

    private static Situation after(Situation situation, List<Change> changes) {
        ObjectNode tree = situation.tree().deepCopy();
        Snapshot snapshot = situation.snapshot();
        for (Change change : changes) {
            switch (change) {
                case Change.OfPod ofPod -> ofPod.apply(tree);
                case Change.OfNode ofNode -> snapshot = changed(snapshot, ofNode);
                case Change.RemovePods(List<PodInfo> pods) -> snapshot = without(snapshot, pods);
                case Change.ByHand _ -> {}
            }
        }
        List<Change> all = new ArrayList<>(situation.changes());
        all.addAll(changes);
        return new Situation(tree, snapshot, all);
    }

    static Snapshot changed(Snapshot snapshot, Change.OfNode change) {
        int position = snapshot.position(change.node());
        Node node = snapshot.at(position).node();
        Node changed =
                switch (change) {
                    case Change.Uncordon _ -> node.withUnschedulable(false);
                    case Change.RemoveTaint(_, var taint) -> node.withoutTaint(taint);
                    case Change.SetLabel(_, String key, _, boolean remove) when remove ->
                            node.withoutLabel(key);
                    case Change.SetLabel(_, String key, String value, _) ->
                            node.withLabel(key, value);
                };
        return snapshot.with(position, snapshot.at(position).withNode(changed));
    }

    static Snapshot without(Snapshot snapshot, List<PodInfo> pods) {
        Snapshot left = snapshot;
        for (PodInfo pod : pods) {
            int position = left.position(pod.node());
            if (position >= 0) {
                left = left.with(position, left.at(position).without(pod.uid()));
            }
        }
        return left;
    }
}
