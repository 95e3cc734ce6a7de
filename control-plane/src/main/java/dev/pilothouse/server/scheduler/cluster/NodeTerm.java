package dev.pilothouse.server.scheduler.cluster;

import dev.pilothouse.model.selector.LabelSelector;
import java.util.List;
import java.util.Set;

/**
 * Requirements of a node that must all hold.
 *
 * @param labels about its labels
 * @param names about its name: {@code matchFields} of {@code metadata.name}
 */
public record NodeTerm(LabelSelector labels, List<NameRule> names) {

    /**
     * A requirement of a node's name.
     *
     * @param in whether the name must be one of these, or must be none of them
     * @param values names
     */
    public record NameRule(boolean in, Set<String> values) {}

    /** Copies the list. */
    public NodeTerm {
        names = List.copyOf(names);
    }

    /** Whether there is nothing to hold, which no node satisfies. */
    public boolean isEmpty() {
        return labels.isEverything() && names.isEmpty();
    }

    /** Whether a node satisfies it. */
    public boolean matches(Node node) {
        return !isEmpty() && labels.matches(node.labels()::get) && matchesName(node.name());
    }

    private boolean matchesName(String name) {
        for (NameRule rule : names) {
            if (rule.values().contains(name) != rule.in()) {
                return false;
            }
        }
        return true;
    }
}
