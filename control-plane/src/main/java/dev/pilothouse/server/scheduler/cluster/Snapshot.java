package dev.pilothouse.server.scheduler.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All nodes at one moment. Immutable; a snapshot that differs in one node shares nearly everything
 * with its predecessor, so that each attempt to place a pod can keep the one it saw, and what
 * differs between two of them is found at once.
 */
public final class Snapshot {

    private static final int BITS = 6;
    private static final int CHUNK = 1 << BITS;

    /** No nodes. */
    public static final Snapshot EMPTY = of(List.of());

    private final NodeInfo[][] chunks;
    private final Layout layout;

    /** On how many nodes there are pods with affinities. */
    private final int choosy;

    /** On how many nodes there are pods that must be away from others. */
    private final int aloof;

    /** Where each node is, and what only changes with the set of nodes. */
    private record Layout(int size, Map<String, Integer> positions, Map<String, Integer> images) {}

    /** Is told of a node that differs. */
    @FunctionalInterface
    public interface Difference {

        /** The node at a position was another one or had other pods. */
        void at(int position, NodeInfo before, NodeInfo now);
    }

    private Snapshot(NodeInfo[][] chunks, Layout layout, int choosy, int aloof) {
        this.chunks = chunks;
        this.layout = layout;
        this.choosy = choosy;
        this.aloof = aloof;
    }

    /**
     * All these nodes. Zones take turns, so that a search that stops early has seen all of them.
     * Source: pkg/scheduler/backend/cache/node_tree.go.
     */
    public static Snapshot of(Collection<NodeInfo> nodes) {
        Map<String, List<NodeInfo>> zones = new LinkedHashMap<>();
        nodes.forEach(node ->
                zones.computeIfAbsent(node.node().zone(), _ -> new ArrayList<>()).add(node));
        List<NodeInfo> ordered = new ArrayList<>(nodes.size());
        for (int round = 0; ordered.size() < nodes.size(); round++) {
            for (List<NodeInfo> zone : zones.values()) {
                if (round < zone.size()) {
                    ordered.add(zone.get(round));
                }
            }
        }
        return ordered(ordered);
    }

    private static Snapshot ordered(List<NodeInfo> nodes) {
        NodeInfo[][] chunks = new NodeInfo[(nodes.size() + CHUNK - 1) >> BITS][];
        Map<String, Integer> positions = HashMap.newHashMap(nodes.size());
        Map<String, Integer> images = new HashMap<>();
        int choosy = 0;
        int aloof = 0;
        for (int i = 0; i < nodes.size(); i++) {
            if ((i & (CHUNK - 1)) == 0) {
                chunks[i >> BITS] = new NodeInfo[Math.min(CHUNK, nodes.size() - i)];
            }
            NodeInfo node = nodes.get(i);
            chunks[i >> BITS][i & (CHUNK - 1)] = node;
            positions.put(node.name(), i);
            choosy += choosy(node);
            aloof += aloof(node);
            node.node().images().keySet().forEach(image -> images.merge(image, 1, Integer::sum));
        }
        Layout layout = new Layout(nodes.size(), positions, images);
        return new Snapshot(chunks, layout, choosy, aloof);
    }

    private static int choosy(NodeInfo node) {
        return node.affinityPods().isEmpty() ? 0 : 1;
    }

    private static int aloof(NodeInfo node) {
        return node.antiAffinityPods().isEmpty() ? 0 : 1;
    }

    /** How many nodes there are. */
    public int size() {
        return layout.size();
    }

    /** The node at a position. */
    public NodeInfo at(int position) {
        return chunks[position >> BITS][position & (CHUNK - 1)];
    }

    /** Where a node is, or -1. */
    public int position(String name) {
        return layout.positions().getOrDefault(name, -1);
    }

    /** The node of that name, or null. */
    public @Nullable NodeInfo find(String name) {
        int position = position(name);
        return position < 0 ? null : at(position);
    }

    /** On how many nodes an image is. */
    public int nodesWith(String image) {
        return layout.images().getOrDefault(image, 0);
    }

    /** Whether some pod on some node has affinities of any sort. */
    public boolean hasAffinityPods() {
        return choosy > 0;
    }

    /** Whether some pod on some node must be away from others. */
    public boolean hasAntiAffinityPods() {
        return aloof > 0;
    }

    /** The same but for the node at a position, which must have the same name. */
    public Snapshot with(int position, NodeInfo node) {
        NodeInfo[][] changed = chunks.clone();
        NodeInfo[] chunk = changed[position >> BITS].clone();
        NodeInfo before = chunk[position & (CHUNK - 1)];
        chunk[position & (CHUNK - 1)] = node;
        changed[position >> BITS] = chunk;
        return new Snapshot(
                changed,
                layout,
                choosy + choosy(node) - choosy(before),
                aloof + aloof(node) - aloof(before));
    }

    /** Whether both have the same nodes at the same positions; what is on them may differ. */
    @SuppressWarnings("ReferenceEquality") // made anew whenever nodes come or go
    public boolean sameNodes(Snapshot other) {
        return layout == other.layout;
    }

    /** Tells what differs from an earlier one with the same nodes. */
    @SuppressWarnings("ReferenceEquality") // one object for one state is what makes this cheap
    public void differences(Snapshot earlier, Difference difference) {
        if (this == earlier) {
            return;
        }
        for (int c = 0; c < chunks.length; c++) {
            NodeInfo[] now = chunks[c];
            NodeInfo[] before = earlier.chunks[c];
            if (now == before) {
                continue;
            }
            for (int i = 0; i < now.length; i++) {
                if (now[i] != before[i]) {
                    difference.at((c << BITS) + i, before[i], now[i]);
                }
            }
        }
    }

    /** All nodes in order. */
    public List<NodeInfo> nodes() {
        List<NodeInfo> all = new ArrayList<>(size());
        for (NodeInfo[] chunk : chunks) {
            all.addAll(Arrays.asList(chunk));
        }
        return all;
    }
}
