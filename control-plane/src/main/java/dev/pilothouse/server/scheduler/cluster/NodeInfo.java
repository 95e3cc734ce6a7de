package dev.pilothouse.server.scheduler.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A node with the pods on it and what they take up together. Immutable. */
public final class NodeInfo {

    private static final PodInfo[] NONE = {};

    private final Node node;
    private final PodInfo[] pods;
    private final PodInfo[] affinityPods;
    private final PodInfo[] antiAffinityPods;
    private final PodInfo[] volumePods;
    private final HostPort[] ports;
    private final Resources requested;
    private final long scoredMilliCpu;
    private final long scoredMemory;
    private final int lowestPriority;

    /** A node without pods. */
    public NodeInfo(Node node) {
        this(
                node,
                NONE,
                NONE,
                NONE,
                NONE,
                new HostPort[0],
                Resources.ZERO,
                0,
                0,
                Integer.MAX_VALUE);
    }

    private NodeInfo(
            Node node,
            PodInfo[] pods,
            PodInfo[] affinityPods,
            PodInfo[] antiAffinityPods,
            PodInfo[] volumePods,
            HostPort[] ports,
            Resources requested,
            long scoredMilliCpu,
            long scoredMemory,
            int lowestPriority) {
        this.node = node;
        this.pods = pods;
        this.affinityPods = affinityPods;
        this.antiAffinityPods = antiAffinityPods;
        this.volumePods = volumePods;
        this.ports = ports;
        this.requested = requested;
        this.scoredMilliCpu = scoredMilliCpu;
        this.scoredMemory = scoredMemory;
        this.lowestPriority = lowestPriority;
    }

    /** The node. */
    public Node node() {
        return node;
    }

    /** Its name. */
    public String name() {
        return node.name();
    }

    /** The pods on it. */
    public List<PodInfo> pods() {
        return Collections.unmodifiableList(Arrays.asList(pods));
    }

    /** How many pods are on it. */
    public int podCount() {
        return pods.length;
    }

    /** One of its pods, in the order in which they came. */
    public PodInfo podAt(int index) {
        return pods[index];
    }

    /**
     * Tells which pods are not the same objects as at an earlier time. Pods come to the end, so
     * that hardly any need to be looked at.
     *
     * @param gone is told of pods that are not there any more
     * @param come is told of pods that were not there
     */
    @SuppressWarnings("ReferenceEquality") // the cache replaces a pod's object when it matters
    public void changes(NodeInfo earlier, Consumer<PodInfo> gone, Consumer<PodInfo> come) {
        PodInfo[] before = earlier.pods;
        int least = Math.min(before.length, pods.length);
        int head = 0;
        while (head < least && before[head] == pods[head]) {
            head++;
        }
        int tail = 0;
        while (tail < least - head
                && before[before.length - 1 - tail] == pods[pods.length - 1 - tail]) {
            tail++;
        }
        tellMissing(before, pods, head, tail, gone);
        tellMissing(pods, before, head, tail, come);
    }

    private static void tellMissing(
            PodInfo[] some, PodInfo[] others, int head, int tail, Consumer<PodInfo> missing) {
        for (int i = head; i < some.length - tail; i++) {
            if (!holds(others, some[i], head, tail)) {
                missing.accept(some[i]);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private static boolean holds(PodInfo[] pods, PodInfo pod, int head, int tail) {
        for (int i = head; i < pods.length - tail; i++) {
            if (pods[i] == pod) {
                return true;
            }
        }
        return false;
    }

    /** Those of its pods that care about other pods. */
    public List<PodInfo> affinityPods() {
        return Collections.unmodifiableList(Arrays.asList(affinityPods));
    }

    /** Those of its pods that must not be near certain pods. */
    public List<PodInfo> antiAffinityPods() {
        return Collections.unmodifiableList(Arrays.asList(antiAffinityPods));
    }

    /** Those of its pods that have volumes which matter. */
    public List<PodInfo> volumePods() {
        return Collections.unmodifiableList(Arrays.asList(volumePods));
    }

    /** The ports that its pods have. */
    public List<HostPort> ports() {
        return Collections.unmodifiableList(Arrays.asList(ports));
    }

    /** What its pods request. */
    public Resources requested() {
        return requested;
    }

    /** The CPU its pods take up as scores see it. */
    public long scoredMilliCpu() {
        return scoredMilliCpu;
    }

    /** The memory its pods take up as scores see it. */
    public long scoredMemory() {
        return scoredMemory;
    }

    /** The lowest priority of its pods, the largest number without pods. */
    public int lowestPriority() {
        return lowestPriority;
    }

    /** The pod of that uid, or null. */
    public @Nullable PodInfo pod(String uid) {
        for (PodInfo pod : pods) {
            if (pod.uid().equals(uid)) {
                return pod;
            }
        }
        return null;
    }

    /** With one pod more. */
    public NodeInfo with(PodInfo pod) {
        PodShape shape = pod.shape();
        return new NodeInfo(
                node,
                append(pods, pod),
                shape.affinity().isEmpty() ? affinityPods : append(affinityPods, pod),
                shape.affinity().requiredAnti().isEmpty()
                        ? antiAffinityPods
                        : append(antiAffinityPods, pod),
                shape.volumes().isEmpty() ? volumePods : append(volumePods, pod),
                withPorts(shape.demand().ports()),
                requested.plus(shape.requests()),
                scoredMilliCpu + shape.demand().scoredMilliCpu(),
                scoredMemory + shape.demand().scoredMemory(),
                Math.min(lowestPriority, shape.priority()));
    }

    /** Without the pod of that uid; this when it is not there. */
    public NodeInfo without(String uid) {
        PodInfo gone = pod(uid);
        if (gone == null) {
            return this;
        }
        PodShape shape = gone.shape();
        PodInfo[] left = remove(pods, gone);
        return new NodeInfo(
                node,
                left,
                remove(affinityPods, gone),
                remove(antiAffinityPods, gone),
                remove(volumePods, gone),
                shape.demand().ports().isEmpty() ? ports : portsOf(left),
                requested.minus(shape.requests()),
                scoredMilliCpu - shape.demand().scoredMilliCpu(),
                scoredMemory - shape.demand().scoredMemory(),
                shape.priority() > lowestPriority ? lowestPriority : lowest(left));
    }

    /** Without the pods that are meant. */
    public NodeInfo withoutAll(Predicate<PodInfo> gone) {
        NodeInfo left = this;
        for (PodInfo pod : pods) {
            if (gone.test(pod)) {
                left = left.without(pod.uid());
            }
        }
        return left;
    }

    /** The same pods on a changed node. */
    public NodeInfo withNode(Node changed) {
        return new NodeInfo(
                changed,
                pods,
                affinityPods,
                antiAffinityPods,
                volumePods,
                ports,
                requested,
                scoredMilliCpu,
                scoredMemory,
                lowestPriority);
    }

    private HostPort[] withPorts(List<HostPort> more) {
        if (more.isEmpty()) {
            return ports;
        }
        HostPort[] all = Arrays.copyOf(ports, ports.length + more.size());
        for (int i = 0; i < more.size(); i++) {
            all[ports.length + i] = more.get(i);
        }
        return all;
    }

    private static HostPort[] portsOf(PodInfo[] pods) {
        List<HostPort> all = new ArrayList<>();
        for (PodInfo pod : pods) {
            all.addAll(pod.shape().demand().ports());
        }
        return all.toArray(HostPort[]::new);
    }

    private static int lowest(PodInfo[] pods) {
        int lowest = Integer.MAX_VALUE;
        for (PodInfo pod : pods) {
            lowest = Math.min(lowest, pod.priority());
        }
        return lowest;
    }

    private static PodInfo[] append(PodInfo[] pods, PodInfo pod) {
        PodInfo[] more = Arrays.copyOf(pods, pods.length + 1);
        more[pods.length] = pod;
        return more;
    }

    private static PodInfo[] remove(PodInfo[] pods, PodInfo gone) {
        for (int i = 0; i < pods.length; i++) {
            if (pods[i].uid().equals(gone.uid())) {
                PodInfo[] fewer = new PodInfo[pods.length - 1];
                System.arraycopy(pods, 0, fewer, 0, i);
                System.arraycopy(pods, i + 1, fewer, i, fewer.length - i);
                return fewer;
            }
        }
        return pods;
    }
}
