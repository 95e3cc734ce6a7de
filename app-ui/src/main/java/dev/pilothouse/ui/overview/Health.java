package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.cluster.TableEvents;
import dev.pilothouse.ui.fx.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What is wrong in a cluster, for all that show it in a window: one watch for each kind that can be
 * unwell, as long as anybody follows. Of objects that are well only their number is kept.
 *
 * <p>Followers belong to the JavaFX thread and are told there, once per pulse.
 */
public final class Health {

    private static final List<String> WATCHED =
            List.of(
                    "pods",
                    "nodes",
                    "persistentvolumeclaims",
                    "jobs.batch",
                    "deployments.apps",
                    "statefulsets.apps",
                    "daemonsets.apps");

    private final Cluster cluster;
    private final Batch<Runnable> batch;
    private final Problems problems = new Problems();
    private final Map<String, OverviewModel.Rollout> rollouts = new LinkedHashMap<>();
    private final Map<String, Uids> counts = new HashMap<>();
    private final List<Consumer<State>> followers = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private List<Kind> watched = List.of();
    private volatile int turn;
    private Connection connection = new Connection.Connecting();

    /**
     * How a cluster is.
     *
     * @param counts how many objects there are, by the name of their kind
     */
    record State(
            List<Problems.Group> problems,
            List<OverviewModel.Rollout> rollouts,
            Map<String, Integer> counts,
            Connection connection) {}

    /** Of a cluster; follows nothing yet. */
    public Health(Cluster cluster, Executor pulse) {
        this.cluster = cluster;
        this.batch = new Batch<>(pulse, changes -> changes.values().forEach(Runnable::run));
    }

    /** The kinds of the cluster, whenever they are others. JavaFX thread. */
    public void kinds(List<Kind> kinds) {
        List<Kind> now = Kinds.find(kinds, WATCHED);
        if (!now.equals(watched)) {
            stop();
            watched = now;
            start();
        }
    }

    /**
     * Tells how many objects of each kind are broken, now and whenever that changes. JavaFX thread.
     *
     * @return ends it
     */
    public Runnable followBroken(Consumer<Map<Kind, Integer>> listener) {
        return follow(state -> {
            Map<Kind, Integer> broken = new HashMap<>();
            state.problems().stream()
                    .filter(Problems.Group::bad)
                    .forEach(group -> broken.merge(group.kind(), group.count(), Integer::sum));
            listener.accept(broken);
        });
    }

    /** Tells how the cluster is; the returned work ends it. JavaFX thread. */
    Runnable follow(Consumer<State> listener) {
        followers.add(listener);
        if (followers.size() == 1) {
            start();
        } else {
            tell();
        }
        return () -> {
            if (followers.remove(listener) && followers.isEmpty()) {
                stop();
            }
        };
    }

    /** Tries again at once what has failed. */
    void retry() {
        subscriptions.forEach(Subscription::retry);
    }

    private void start() {
        if (followers.isEmpty()) {
            return;
        }
        turn++;
        synchronized (this) {
            connection = new Connection.Connecting();
        }
        for (Kind kind : watched) {
            subscriptions.add(cluster.followTable(kind, "", new Follower(kind, turn)));
        }
    }

    private void stop() {
        // What is under way in watches that end belongs to nobody.
        turn++;
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        synchronized (this) {
            watched.forEach(this::clear);
        }
    }

    private void tell() {
        batch.put(
                "state",
                () -> {
                    State state = state();
                    List.copyOf(followers).forEach(follower -> follower.accept(state));
                });
    }

    private synchronized State state() {
        Map<String, Integer> sizes = new HashMap<>();
        counts.forEach((kind, uids) -> sizes.put(kind, uids.size()));
        return new State(problems.groups(), List.copyOf(rollouts.values()), sizes, connection);
    }

    private void clear(Kind kind) {
        problems.clear(kind);
        rollouts.values().removeIf(each -> each.object().kind().equals(kind));
        counts.put(kind.kind(), new Uids());
    }

    /** Hears of the objects of a kind, on the watching thread. */
    private final class Follower implements TableEvents {
        private final Kind kind;
        private final int of;
        private final Columns columns = new Columns();

        Follower(Kind kind, int of) {
            this.kind = kind;
            this.of = of;
        }

        /** Does something to the state, unless the watch has been ended meanwhile. */
        private void change(Runnable change) {
            synchronized (Health.this) {
                if (of != turn) {
                    return;
                }
                change.run();
            }
            tell();
        }

        @Override
        public void listed(List<Column> now, List<Row> rows) {
            columns.take(now);
            change(() -> {
                clear(kind);
                rows.forEach(this::take);
            });
        }

        @Override
        public void changed(List<Row> rows) {
            change(() -> rows.forEach(this::take));
        }

        private void take(Row row) {
            ObjectRef object = new ObjectRef(kind, row.namespace(), row.name(), row.uid());
            counts.computeIfAbsent(kind.kind(), _ -> new Uids()).add(row.uid());
            switch (kind.resource()) {
                case "deployments", "statefulsets", "daemonsets" -> workload(object, row);
                default -> {
                    Judge.Verdict verdict =
                            Judge.of(kind.resource(), column -> columns.cell(row, column));
                    problems.put(object, verdict.cause(), verdict.bad());
                }
            }
        }

        private void workload(ObjectRef object, Row row) {
            String ready = columns.cell(row, "Ready");
            String updated = columns.cell(row, "Up-to-date");
            if (kind.resource().equals("daemonsets")) {
                ready = ready + "/" + columns.cell(row, "Desired");
            }
            int slash = ready.indexOf('/');
            String wanted = slash < 0 ? "" : ready.substring(slash + 1);
            boolean there = Judge.isAll(ready) && (updated.isEmpty() || updated.equals(wanted));
            if (there) {
                rollouts.remove(object.uid());
            } else {
                rollouts.put(object.uid(), new OverviewModel.Rollout(object, ready, updated));
            }
        }

        @Override
        public void removed(String uid) {
            change(() -> {
                problems.remove(uid);
                rollouts.remove(uid);
                counts.computeIfAbsent(kind.kind(), _ -> new Uids()).remove(uid);
            });
        }

        @Override
        public void reached(String revision) {
            // What has changed was told.
        }

        @Override
        public void connection(Connection state) {
            if (kind.resource().equals("pods")) {
                change(() -> connection = state);
            }
        }
    }
}
