package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.model.selector.LabelSelector.Requirement;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeRules;
import dev.pilothouse.server.scheduler.cluster.NodeTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which labels a node lacks so that a pod's rules accept it. */
final class LabelFixes {

    private static final String HOSTNAME = "kubernetes.io/hostname";

    private LabelFixes() {}

    /** The labels to be set; empty when no labels would help. */
    static List<Change> of(NodeRules rules, Node node) {
        List<Change> changes = new ArrayList<>();
        for (var label : new TreeMap<>(rules.selector()).entrySet()) {
            if (!label.getValue().equals(node.labels().get(label.getKey()))) {
                if (label.getKey().equals(HOSTNAME)) {
                    return List.of();
                }
                changes.add(
                        new Change.SetLabel(node.name(), label.getKey(), label.getValue(), false));
            }
        }
        List<NodeTerm> required = rules.required();
        if (required == null || required.stream().anyMatch(term -> term.matches(node))) {
            return changes;
        }
        List<Change> fewest = null;
        for (NodeTerm term : required) {
            List<Change> ofTerm = term(term, node);
            if (ofTerm != null && (fewest == null || ofTerm.size() < fewest.size())) {
                fewest = ofTerm;
            }
        }
        if (fewest == null) {
            return List.of();
        }
        changes.addAll(fewest);
        return changes;
    }

    private static @Nullable List<Change> term(NodeTerm term, Node node) {
        if (!term.names().isEmpty() || term.isEmpty()) {
            return null;
        }
        List<Change> changes = new ArrayList<>();
        for (Requirement requirement : term.labels().requirements()) {
            boolean holds = new LabelSelector(List.of(requirement)).matches(node.labels()::get);
            if (holds) {
                continue;
            }
            if (requirement.key().equals(HOSTNAME)) {
                return null;
            }
            changes.add(change(requirement, node));
        }
        return changes;
    }

    private static Change change(Requirement requirement, Node node) {
        String key = requirement.key();
        String first = requirement.values().stream().sorted().findFirst().orElse("true");
        return switch (requirement.operator()) {
            case IN -> new Change.SetLabel(node.name(), key, first, false);
            case EXISTS -> new Change.SetLabel(node.name(), key, "true", false);
            case NOT_IN, DOES_NOT_EXIST -> new Change.SetLabel(node.name(), key, "", true);
            case GREATER_THAN -> new Change.SetLabel(node.name(), key, beside(first, 1), false);
            case LESS_THAN -> new Change.SetLabel(node.name(), key, beside(first, -1), false);
        };
    }

    private static String beside(String number, int by) {
        try {
            return Long.toString(Long.parseLong(number) + by);
        } catch (NumberFormatException _) {
            return number;
        }
    }
}
