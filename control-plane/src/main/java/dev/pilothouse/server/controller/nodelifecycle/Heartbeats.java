package dev.pilothouse.server.controller.nodelifecycle;

import dev.pilothouse.server.controller.nodes.NodeView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each node was last heard of, by our own clock: theirs may be wrong. A lease that is renewed
 * costs one look-up. Thread-safe.
 */
final class Heartbeats {

    private final InstantSource clock;
    private final Map<String, Instant> last = new ConcurrentHashMap<>();
    private final Map<String, String> leases = new ConcurrentHashMap<>();

    Heartbeats(InstantSource clock) {
        this.clock = clock;
    }

    /** A node was heard of. */
    void heard(String node) {
        last.put(node, clock.instant());
    }

    /** A node has renewed its lease; false when that was known already. */
    boolean renewed(String node, String time) {
        if (time.equals(leases.put(node, time))) {
            return false;
        }
        heard(node);
        return true;
    }

    /** A node has become known; it has its time from now on. */
    void known(String node) {
        last.putIfAbsent(node, clock.instant());
    }

    /** A node is gone. */
    void forget(String node) {
        last.remove(node);
        leases.remove(node);
    }

    /** All nodes have their time anew: it was not them who were silent. */
    void reset() {
        Instant now = clock.instant();
        last.replaceAll((_, _) -> now);
    }

    /** How long a node may be silent from now on; zero or less when it has been for too long. */
    Duration left(NodeView node) {
        Duration grace =
                node.ready().isEmpty()
                        ? NodeLifecycleController.STARTUP_GRACE
                        : NodeLifecycleController.GRACE;
        Instant since = last.computeIfAbsent(node.name(), _ -> clock.instant());
        return Duration.between(clock.instant(), since.plus(grace));
    }
}
