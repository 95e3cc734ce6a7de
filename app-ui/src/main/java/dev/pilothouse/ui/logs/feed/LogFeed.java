package dev.pilothouse.ui.logs.feed;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.ObjectEvents;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.logs.feed.SourceState.Phase;
import dev.pilothouse.ui.logs.store.LogStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the logs of all containers of the chosen pods: pods that come are read as well, and what
 * was read of pods that go stays. Thread-safe.
 */
public final class LogFeed implements AutoCloseable {

    /** The most logs that are read at a time; each takes a connection. */
    public static final int MOST = 250;

    private final Cluster cluster;
    private final LogStore store;
    private final LogTarget target;
    private final History history;
    private final boolean previous;
    private final Runnable changed;
    private final Map<String, Map<String, ContainerLog>> logs = new HashMap<>();
    private final List<ContainerLog> all = new ArrayList<>();
    private final List<SourceState> leftOut = new ArrayList<>();
    private Subscription pods;
    private Connection connection = new Connection.Connecting();
    private boolean listed;
    private boolean paused;
    private boolean closed;

    /**
     * Starts to read.
     *
     * @param previous whether the containers before the last restarts are read as well
     * @param changed told when {@link #sources} or {@link #connection} have changed; from any
     *     thread, must be quick
     */
    public LogFeed(
            Cluster cluster,
            LogStore store,
            LogTarget target,
            History history,
            boolean previous,
            Runnable changed) {
        this.cluster = cluster;
        this.store = store;
        this.target = target;
        this.history = history;
        this.previous = previous;
        this.changed = changed;
        this.pods = follow();
    }

    private Subscription follow() {
        return cluster.followObjects(
                Kinds.PODS, target.namespace(), target.query(), new PodEvents());
    }

    /** Stops reading, as long as nobody looks; then it goes on where it was. */
    public synchronized void pause(boolean stop) {
        if (stop != paused && !closed) {
            paused = stop;
            all.forEach(log -> log.pause(stop));
            if (stop) {
                pods.close();
            } else {
                pods = follow();
            }
        }
    }

    /** All containers that are or were read, those with the lowest numbers first. */
    public synchronized List<SourceState> sources() {
        List<SourceState> states = new ArrayList<>(all.size() + leftOut.size());
        all.forEach(log -> states.add(log.now()));
        states.addAll(leftOut);
        return states;
    }

    /** How the list of pods stands to the server. */
    public synchronized Connection connection() {
        return connection;
    }

    /** Whether the pods are known; before that there are none to be shown. */
    public synchronized boolean isListed() {
        return listed;
    }

    /** Tries again at once what waits after a failure. */
    public synchronized void retry() {
        pods.retry();
        all.forEach(ContainerLog::retry);
    }

    private synchronized void pod(ObjectNode pod) {
        if (closed || !target.wants(Json.text(pod, "metadata", "name"))) {
            return;
        }
        String uid = Json.text(pod, "metadata", "uid");
        Map<String, ContainerLog> known = logs.computeIfAbsent(uid, _ -> new HashMap<>());
        ContainerState.of(pod)
                .forEach((name, state) -> {
                    if (target.container().isEmpty() || target.container().equals(name)) {
                        container(known, pod, name, state, false);
                        if (previous && state.previous()) {
                            container(known, pod, name, state, true);
                        }
                    }
                });
    }

    private void container(
            Map<String, ContainerLog> known,
            ObjectNode pod,
            String name,
            ContainerState state,
            boolean before) {
        String key = before ? name + "/previous" : name;
        ContainerLog log = known.get(key);
        if (log == null && all.size() < MOST) {
            log =
                    new ContainerLog(
                            cluster,
                            store,
                            history,
                            source(pod, name, before, Phase.WAITING),
                            changed);
            known.put(key, log);
            all.add(log);
            log.update(state);
            log.start();
            changed.run();
        } else if (log != null && !before) {
            log.update(state);
        } else if (log == null && leftOut.size() < MOST) {
            SourceState out = source(pod, name, before, Phase.LEFT_OUT);
            if (!leftOut.contains(out)) {
                leftOut.add(out);
                changed.run();
            }
        }
    }

    private SourceState source(ObjectNode pod, String name, boolean before, Phase phase) {
        return new SourceState(
                phase == Phase.LEFT_OUT ? MOST : all.size(),
                Json.text(pod, "metadata", "namespace"),
                Json.text(pod, "metadata", "name"),
                name,
                before,
                phase,
                "",
                0,
                0);
    }

    private synchronized void gone(String uid) {
        logs.getOrDefault(uid, Map.of()).values().forEach(ContainerLog::podGone);
    }

    /** Ends all reading. */
    @Override
    public synchronized void close() {
        closed = true;
        pods.close();
        all.forEach(ContainerLog::close);
    }

    private final class PodEvents implements ObjectEvents {
        @Override
        public void listed(List<ObjectNode> objects) {
            Set<String> here = new HashSet<>();
            for (ObjectNode pod : objects) {
                here.add(Json.text(pod, "metadata", "uid"));
                pod(pod);
            }
            synchronized (LogFeed.this) {
                listed = true;
                logs.keySet().stream()
                        .filter(uid -> !here.contains(uid))
                        .forEach(LogFeed.this::gone);
            }
            changed.run();
        }

        @Override
        public void changed(ObjectNode object) {
            pod(object);
        }

        @Override
        public void removed(ObjectNode object) {
            gone(Json.text(object, "metadata", "uid"));
        }

        @Override
        public void connection(Connection state) {
            synchronized (LogFeed.this) {
                connection = state;
            }
            changed.run();
        }
    }
}
