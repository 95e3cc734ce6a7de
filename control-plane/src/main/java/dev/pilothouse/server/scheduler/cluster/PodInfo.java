package dev.pilothouse.server.scheduler.cluster;

import java.util.List;

/**
 * A pod as the scheduler sees it. Immutable.
 *
 * @param shape what decides where it can go
 * @param name its name
 * @param uid its uid
 * @param node where it is, or empty
 * @param nominatedNode where room is being made for it, or empty
 * @param scheduler who is to place it
 * @param gates what it waits for before it may be placed
 * @param state where it is in its life
 * @param marked whether its status says already that it waits for a node
 * @param started when its node took it up, in milliseconds of the epoch, or 0
 */
public record PodInfo(
        PodShape shape,
        String name,
        String uid,
        String node,
        String nominatedNode,
        String scheduler,
        List<String> gates,
        State state,
        boolean marked,
        long started) {

    /** Where a pod is in its life. */
    public enum State {
        /** It is to run or runs. */
        ACTIVE,
        /** It is going away. */
        DELETING,
        /** It is going away to make room for another pod. */
        PREEMPTED,
        /** It takes no more room: it has succeeded or failed. */
        FINISHED
    }

    /** Copies the list. */
    public PodInfo {
        gates = List.copyOf(gates);
    }

    /** Where it lives. */
    public String namespace() {
        return shape.namespace();
    }

    /** Its priority. */
    public int priority() {
        return shape.priority();
    }

    /** Whether a node has been chosen. */
    public boolean isAssigned() {
        return !node.isEmpty();
    }

    /** The same pod on a node. */
    public PodInfo on(String chosen) {
        return new PodInfo(
                shape, name, uid, chosen, nominatedNode, scheduler, gates, state, marked, started);
    }

    /** The same pod of another shape. */
    public PodInfo shaped(PodShape other) {
        return new PodInfo(
                other, name, uid, node, nominatedNode, scheduler, gates, state, marked, started);
    }

    /** Namespace and name with a slash. */
    public String key() {
        return shape.namespace() + "/" + name;
    }
}
