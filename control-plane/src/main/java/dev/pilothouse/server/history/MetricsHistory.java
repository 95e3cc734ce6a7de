package dev.pilothouse.server.history;

import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.node.NodeUsage;
import dev.pilothouse.server.node.NodeUsage.ContainerUsage;
import dev.pilothouse.server.node.NodeUsage.PodUsage;
import dev.pilothouse.server.node.NodeUsage.Usage;
import dev.pilothouse.server.storage.SeriesStore;
import dev.pilothouse.server.storage.SeriesStore.Block;
import dev.pilothouse.server.storage.SeriesStore.Resolution;
import dev.pilothouse.server.storage.SeriesStore.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures all nodes and pods every 15 seconds and keeps what it has measured. The newest quarter
 * of an hour is in memory and lost in a crash; the rest is in the store, which is opened when there
 * is something to keep. Thread-safe.
 */
public final class MetricsHistory implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsHistory.class);
    private static final String NODE = "Node";
    private static final String POD = "Pod";

    private final NodeAgents agents;
    private final Supplier<SeriesStore> opener;
    private final Delays delays;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SeriesKey, Samples> open = new HashMap<>();
    private long span = -1;
    private long firstSpan = -1;
    private boolean closed;
    private @Nullable SeriesStore store;

    /**
     * A history that does not measure yet.
     *
     * @param opener opens the store, at most once; it is closed with the history
     */
    public MetricsHistory(
            NodeAgents agents, Supplier<SeriesStore> opener, Delays delays, InstantSource clock) {
        this.agents = agents;
        this.opener = opener;
        this.delays = delays;
        this.clock = clock;
    }

    @Override
    public void start() {
        again();
    }

    private void again() {
        long millis = clock.millis();
        long step = Span.FINE.step() * 1000;
        Duration wait = Duration.ofMillis(step - Math.floorMod(millis, step));
        delays.after(
                wait, () -> Thread.ofVirtual().name("metrics-history").start(this::measureAndGoOn));
    }

    private void measureAndGoOn() {
        try {
            if (measure()) {
                again();
            }
        } catch (RuntimeException e) {
            LOG.error("the metrics history could not be written", e);
            again();
        }
    }

    /** Measures once; false when closed. */
    boolean measure() {
        List<NodeUsage> measured = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String node : agents.nodes()) {
            NodeAgent agent = agents.find(node);
            if (agent != null) {
                names.add(node);
                measured.add(agent.usage(node));
            }
        }
        long now = Math.floorDiv(clock.millis() + 500, 1000L);
        long time = now - Math.floorMod(now, Span.FINE.step());
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            turn(time);
            for (int i = 0; i < names.size(); i++) {
                add(new SeriesKey(NODE, "", names.get(i), ""), time, measured.get(i).total());
                measured.get(i).pods().forEach(pod -> add(pod, time));
            }
        } finally {
            lock.unlock();
        }
        return true;
    }

    private void add(PodUsage pod, long time) {
        for (ContainerUsage container : pod.containers()) {
            SeriesKey key =
                    new SeriesKey(POD, pod.pod().namespace(), pod.pod().name(), container.name());
            add(key, time, container.usage());
        }
    }

    private void add(SeriesKey key, long time, Usage usage) {
        open.computeIfAbsent(key, _ -> new Samples())
                .add(time, usage.cpuNanoCores() / 1000, usage.memoryBytes() / 1024);
    }

    /** Begins a new span when its time has come: what was measured before is written. */
    private void turn(long time) {
        long now = Span.FINE.of(time);
        if (now == span) {
            return;
        }
        if (span >= 0 && (store != null || !open.isEmpty())) {
            flush();
            new Retention(store(), clock).apply();
        }
        firstSpan = firstSpan < 0 ? now : firstSpan;
        span = now;
    }

    private void flush() {
        if (open.isEmpty()) {
            return;
        }
        SeriesStore target = store();
        List<Block> blocks = new ArrayList<>(open.size());
        open.forEach((key, samples) -> blocks.add(new Block(key, pack(target, key, samples))));
        open.clear();
        target.put(Resolution.FINE, span, blocks);
    }

    /** The first block may go on with one from before a restart. */
    private byte[] pack(SeriesStore target, SeriesKey key, Samples samples) {
        if (span == firstSpan) {
            byte[] earlier = target.read(Resolution.FINE, key, span, span).get(span);
            if (earlier != null) {
                Samples both = BlockCodec.decode(earlier);
                both.addAll(samples);
                return BlockCodec.encode(both);
            }
        }
        return BlockCodec.encode(samples);
    }

    private SeriesStore store() {
        SeriesStore opened = store;
        if (opened == null) {
            opened = opener.get();
            store = opened;
        }
        return opened;
    }

    /**
     * What a node has used from one moment to another, in order of time.
     *
     * @param from seconds since 1970
     * @param to seconds since 1970, included
     */
    Samples node(String name, long from, long to) {
        lock.lock();
        try {
            return read(new SeriesKey(NODE, "", name, ""), from, to);
        } finally {
            lock.unlock();
        }
    }

    /** What the containers of a pod have used, by name. */
    Map<String, Samples> pod(String namespace, String name, long from, long to) {
        lock.lock();
        try {
            Map<String, Samples> containers = new TreeMap<>();
            for (SeriesKey key : store().series(POD, namespace, name)) {
                containers.put(key.part(), read(key, from, to));
            }
            for (SeriesKey key : open.keySet()) {
                if (key.kind().equals(POD)
                        && key.namespace().equals(namespace)
                        && key.name().equals(name)) {
                    containers.computeIfAbsent(key.part(), _ -> read(key, from, to));
                }
            }
            return containers;
        } finally {
            lock.unlock();
        }
    }

    private Samples read(SeriesKey key, long from, long to) {
        Samples all = new Samples();
        Instant now = clock.instant();
        if (now.minus(Span.FINE.kept()).getEpochSecond() > from) {
            read(Span.COARSE, key, from, to, all);
        }
        read(Span.FINE, key, from, to, all);
        Samples newest = open.get(key);
        if (newest != null) {
            add(all, newest, from, to);
        }
        return all;
    }

    private void read(Span kind, SeriesKey key, long from, long to, Samples all) {
        long oldest = Math.max(kind.of(from), store().oldest(kind.resolution()));
        if (oldest < 0) {
            return;
        }
        long newest = Math.min(kind.of(to), kind.of(clock.millis() / 1000));
        for (byte[] block : store().read(kind.resolution(), key, oldest, newest).values()) {
            add(all, BlockCodec.decode(block), from, to);
        }
    }

    private static void add(Samples all, Samples some, long from, long to) {
        for (int i = 0; i < some.size(); i++) {
            if (some.time(i) >= from && some.time(i) <= to) {
                all.add(some.time(i), some.microCores(i), some.kibibytes(i));
            }
        }
    }

    /** Writes what is in memory, and closes the store. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            flush();
        } catch (RuntimeException e) {
            LOG.warn("the newest metrics could not be written", e);
        } finally {
            SeriesStore opened = store;
            if (opened != null) {
                opened.close();
            }
            lock.unlock();
        }
    }
}
