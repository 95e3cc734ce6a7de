package dev.pilothouse.server.scheduler.decision;

import java.util.List;

/**
 * Changes that let a pod onto a node.
 *
 * @param node the node
 * @param changes what is to be changed
 * @param verified whether the filters let the pod in once that is changed
 */
public record Fix(String node, List<Change> changes, boolean verified) {

    /** Copies the list. */
    public Fix {
        changes = List.copyOf(changes);
    }

    /** How much it asks of people. */
    public double cost() {
        double cost = verified ? 0 : 100;
        for (Change change : changes) {
            cost += change.cost();
        }
        return cost;
    }

    /** Of which kind it is: fixes of one kind are alternatives to each other. */
    String kind() {
        return String.join("+", changes.stream().map(Change::type).distinct().sorted().toList());
    }
}
