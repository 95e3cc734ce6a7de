package dev.pilothouse.server.controller.nodelifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides how fast pods may be evicted from lost nodes. A zone loses one node in ten seconds; when
 * most of a zone is lost at once, more likely the network is, and evictions slow down or stop; when
 * everything is lost, nothing is evicted. Thread-safe. Source: node_lifecycle_controller.go,
 * ComputeZoneState and handleDisruption, with the defaults of kube-controller-manager.
 */
final class Zones {

    private static final double NORMAL_RATE = 0.1;
    private static final double REDUCED_RATE = 0.01;
    private static final int LARGE_CLUSTER = 50;
    private static final double UNHEALTHY_SHARE = 0.55;

    private final Map<String, Member> members = new HashMap<>();
    private final Map<String, Zone> zones = new HashMap<>();

    /** How much of a zone is lost. */
    enum State {
        NORMAL,
        PARTIAL_DISRUPTION,
        FULL_DISRUPTION
    }

    private record Member(String zone, boolean ready) {}

    private static final class Zone {
        private int ready;
        private int lost;
        private @Nullable Instant last;

        State state() {
            if (ready == 0 && lost > 0) {
                return State.FULL_DISRUPTION;
            }
            boolean most = lost > 2 && (double) lost / (lost + ready) >= UNHEALTHY_SHARE;
            return most ? State.PARTIAL_DISRUPTION : State.NORMAL;
        }
    }

    /** A node is in a zone; returns whether evictions may be faster now, or stop. */
    synchronized boolean put(String node, String zone, boolean ready) {
        Member now = new Member(zone, ready);
        Member before = members.put(node, now);
        if (now.equals(before)) {
            return false;
        }
        Map<String, State> states = states();
        count(before, -1);
        count(now, 1);
        return !states.equals(states());
    }

    /** A node is gone. */
    synchronized boolean remove(String node) {
        Map<String, State> states = states();
        count(members.remove(node), -1);
        return !states.equals(states());
    }

    /** Whether every zone is lost. */
    synchronized boolean allLost() {
        return !zones.isEmpty()
                && zones.values().stream().allMatch(zone -> zone.state() == State.FULL_DISRUPTION);
    }

    synchronized State state(String zone) {
        Zone found = zones.get(zone);
        return found == null ? State.NORMAL : found.state();
    }

    /**
     * Asks to evict the pods of a node. Zero means yes, and counts; otherwise how long to wait
     * before asking again, null for until a zone's state changes.
     */
    synchronized @Nullable Duration evict(String zoneName, Instant now) {
        Zone zone = zones.get(zoneName);
        double rate = zone == null || allLost() ? 0 : rate(zone);
        if (zone == null || rate == 0) {
            return null;
        }
        if (zone.last != null) {
            Duration pause = Duration.ofMillis((long) (1000 / rate));
            Duration left = Duration.between(now, zone.last.plus(pause));
            if (left.isPositive()) {
                return left;
            }
        }
        zone.last = now;
        return Duration.ZERO;
    }

    private static double rate(Zone zone) {
        return switch (zone.state()) {
            case NORMAL, FULL_DISRUPTION -> NORMAL_RATE;
            case PARTIAL_DISRUPTION -> zone.ready + zone.lost > LARGE_CLUSTER ? REDUCED_RATE : 0;
        };
    }

    private Map<String, State> states() {
        Map<String, State> states = new HashMap<>();
        zones.forEach((name, zone) -> states.put(name, zone.state()));
        return states;
    }

    private void count(@Nullable Member member, int by) {
        if (member == null) {
            return;
        }
        Zone zone = zones.computeIfAbsent(member.zone(), _ -> new Zone());
        if (member.ready()) {
            zone.ready += by;
        } else {
            zone.lost += by;
        }
        if (zone.ready + zone.lost == 0) {
            zones.remove(member.zone());
        }
    }
}
