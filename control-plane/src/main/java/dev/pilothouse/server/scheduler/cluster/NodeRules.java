package dev.pilothouse.server.scheduler.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes a pod must have or would like to have.
 *
 * @param selector labels that the node must have
 * @param required one of these must hold; null when there is no such rule
 * @param preferred what adds to a node's score
 */
public record NodeRules(
        Map<String, String> selector,
        @Nullable List<NodeTerm> required,
        List<Preference> preferred) {

    /** Any node will do. */
    public static final NodeRules NONE = new NodeRules(Map.of(), null, List.of());

    /**
     * A preferred kind of node.
     *
     * @param weight 1 to 100
     * @param term what must hold; one without requirements holds for every node
     */
    public record Preference(int weight, NodeTerm term) {}

    /** Copies the collections. */
    public NodeRules {
        selector = Map.copyOf(selector);
        required = required == null ? null : List.copyOf(required);
        preferred = List.copyOf(preferred);
    }

    /** Whether nothing must hold. */
    public boolean acceptsAll() {
        return selector.isEmpty() && required == null;
    }

    /** Whether a node has what it must have. */
    public boolean accepts(Node node) {
        for (Map.Entry<String, String> label : selector.entrySet()) {
            if (!label.getValue().equals(node.labels().get(label.getKey()))) {
                return false;
            }
        }
        if (required == null) {
            return true;
        }
        for (NodeTerm term : required) {
            if (term.matches(node)) {
                return true;
            }
        }
        return false;
    }

    /** The only nodes that can be accepted, by name, or null when names are not restricted. */
    public @Nullable Set<String> names() {
        if (required == null || required.isEmpty()) {
            return null;
        }
        Set<String> all = new HashSet<>();
        for (NodeTerm term : required) {
            Set<String> ofTerm = null;
            for (NodeTerm.NameRule rule : term.names()) {
                if (rule.in()) {
                    if (ofTerm == null) {
                        ofTerm = new HashSet<>(rule.values());
                    } else {
                        ofTerm.retainAll(rule.values());
                    }
                }
            }
            if (ofTerm == null) {
                return null;
            }
            all.addAll(ofTerm);
        }
        return all;
    }
}
