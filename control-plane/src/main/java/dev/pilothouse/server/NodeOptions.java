package dev.pilothouse.server;

/**
 * The nodes that a cluster has from the start.
 *
 * @param process how many nodes run host processes as pods
 * @param simulated how many nodes only pretend to run pods
 */
public record NodeOptions(int process, int simulated) {

    /** No nodes: an API server and its controllers only. */
    public static final NodeOptions NONE = new NodeOptions(0, 0);

    /** What a cluster has when nothing else is asked for. */
    public static final NodeOptions DEFAULT = new NodeOptions(1, 0);

    public NodeOptions {
        if (process < 0 || simulated < 0) {
            throw new IllegalArgumentException("there cannot be fewer than no nodes");
        }
    }
}
