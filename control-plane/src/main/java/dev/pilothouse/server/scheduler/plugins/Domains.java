package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeRules;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.SpreadConstraint;
import dev.pilothouse.server.scheduler.cluster.Taint;
import dev.pilothouse.server.scheduler.cluster.Toleration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Into which domains nodes fall, and which nodes are left out with all their pods. Two that are
 * equal say the same of every node. Immutable.
 *
 * @param key the node label whose values are the domains
 * @param others further labels without which a node is left out
 * @param rules what a node must have, or null when that does not matter
 * @param tolerations what a node's taints must be tolerated by, or null when they do not matter
 */
record Domains(
        String key,
        Set<String> others,
        @Nullable NodeRules rules,
        @Nullable List<Toleration> tolerations) {

    /**
     * Those of a constraint of a pod.
     *
     * @param together constraints of which a node must have all labels
     */
    static Domains of(PodShape pod, SpreadConstraint constraint, List<SpreadConstraint> together) {
        Set<String> others = new TreeSet<>();
        together.forEach(other -> others.add(other.topologyKey()));
        others.remove(constraint.topologyKey());
        boolean picky = constraint.honorAffinity() && !pod.nodes().acceptsAll();
        return new Domains(
                constraint.topologyKey(),
                Set.copyOf(others),
                picky ? pod.nodes() : null,
                constraint.honorTaints() ? pod.tolerations() : null);
    }

    /** All nodes that have a label. */
    static Domains ofAll(String key) {
        return new Domains(key, Set.of(), null, null);
    }

    /** The domain of a node, or null when it is left out. */
    @Nullable String of(Node node) {
        String domain = node.labels().get(key);
        return domain != null && includes(node) ? domain : null;
    }

    private boolean includes(Node node) {
        if (rules != null && !rules.accepts(node)) {
            return false;
        }
        for (String other : others) {
            if (!node.labels().containsKey(other)) {
                return false;
            }
        }
        return tolerations == null || tolerates(tolerations, node);
    }

    private static boolean tolerates(List<Toleration> tolerations, Node node) {
        for (Taint taint : node.taints()) {
            if (taint.repels() && !Toleration.anyTolerates(tolerations, taint)) {
                return false;
            }
        }
        return true;
    }
}
