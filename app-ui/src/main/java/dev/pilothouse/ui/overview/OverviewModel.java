package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.cluster.TableEvents;
import dev.pilothouse.ui.fx.Batch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Follows what an overview is made of, by the server's tables, and keeps of each object no more
 * than is shown. Snapshots are handed over once per turn of the executor.
 */
final class OverviewModel {

    private static final List<String> WATCHED =
            List.of(
                    "pods",
                    "nodes",
                    "persistentvolumeclaims",
                    "jobs",
                    "deployments",
                    "statefulsets",
                    "daemonsets");
    private static final int WARNINGS = 8;

    private final Cluster cluster;
    private final Batch<Runnable> batch;
    private final Consumer<Snapshot> listener;
    private final Problems problems = new Problems();
    private final Map<String, Rollout> rollouts = new LinkedHashMap<>();
    private final Map<String, Set<String>> counts = new LinkedHashMap<>();
    private final InstantSource clock;
    private final EventRates rates;
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private Connection connection = new Connection.Connecting();

    /** A workload that is not what it is to be. */
    record Rollout(ObjectRef object, String ready, String updated) {}

    /** Something the cluster warns of, and when it did last. */
    record Warning(String reason, String object, String message, Instant at) {
        boolean isSame(Warning other) {
            return reason.equals(other.reason)
                    && object.equals(other.object)
                    && message.equals(other.message);
        }
    }

    /**
     * All that is shown.
     *
     * @param counts how many objects there are, by kind
     * @param rates events in each of the last minutes, the oldest first
     */
    record Snapshot(
            List<Problems.Group> problems,
            List<Rollout> rollouts,
            Map<String, Integer> counts,
            List<Warning> warnings,
            int[] rates,
            Connection connection) {}

    OverviewModel(
            Cluster cluster, Executor pulse, InstantSource clock, Consumer<Snapshot> listener) {
        this.cluster = cluster;
        this.listener = listener;
        this.clock = clock;
        this.rates = new EventRates(clock);
        this.batch = new Batch<>(pulse, changes -> changes.values().forEach(Runnable::run));
    }

    void start(List<Kind> kinds) {
        for (String resource : WATCHED) {
            kinds.stream()
                    .filter(kind -> kind.resource().equals(resource))
                    .filter(kind -> !kind.group().contains("metrics"))
                    .findFirst()
                    .ifPresent(kind ->
                            subscriptions.add(cluster.followTable(kind, "", new Follower(kind))));
        }
        kinds.stream()
                .filter(kind -> kind.resource().equals("events") && kind.group().isEmpty())
                .findFirst()
                .ifPresent(kind ->
                        subscriptions.add(cluster.followTable(kind, "", new Follower(kind))));
    }

    /** Tells how it is, as soon as there is time: minutes pass also when nothing happens. */
    void tell() {
        batch.put("snapshot", () -> listener.accept(snapshot()));
    }

    private synchronized Snapshot snapshot() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        counts.forEach((kind, uids) -> sizes.put(kind, uids.size()));
        return new Snapshot(
                problems.groups(),
                List.copyOf(rollouts.values()),
                sizes,
                List.copyOf(warnings),
                rates.perMinute(),
                connection);
    }

    void retry() {
        subscriptions.forEach(Subscription::retry);
    }

    void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
    }

    private final class Follower implements TableEvents {
        private final Kind kind;
        private final Map<String, Integer> columns = new LinkedHashMap<>();

        Follower(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void listed(List<Column> now, List<Row> rows) {
            columns.clear();
            for (int i = 0; i < now.size(); i++) {
                columns.put(now.get(i).name(), i);
            }
            synchronized (OverviewModel.this) {
                problems.clear(kind);
                rollouts.values().removeIf(each -> each.object().kind().equals(kind));
                counts.put(kind.kind(), new HashSet<>());
                if (kind.resource().equals("events")) {
                    rates.clear();
                    warnings.clear();
                }
            }
            changed(rows);
        }

        @Override
        public void changed(List<Row> rows) {
            synchronized (OverviewModel.this) {
                rows.forEach(this::take);
            }
            tell();
        }

        private void take(Row row) {
            ObjectRef object = new ObjectRef(kind, row.namespace(), row.name(), row.uid());
            counts.computeIfAbsent(kind.kind(), _ -> new HashSet<>()).add(row.uid());
            switch (kind.resource()) {
                case "deployments", "statefulsets", "daemonsets" -> workload(object, row);
                case "events" -> event(row);
                default -> {
                    Judge.Verdict verdict = Judge.of(kind.resource(), column -> cell(row, column));
                    problems.put(object, verdict.cause(), verdict.bad());
                }
            }
        }

        private void workload(ObjectRef object, Row row) {
            String ready = cell(row, "Ready");
            String updated = cell(row, "Up-to-date");
            if (kind.resource().equals("daemonsets")) {
                ready = ready + "/" + cell(row, "Desired");
            }
            int slash = ready.indexOf('/');
            String wanted = slash < 0 ? "" : ready.substring(slash + 1);
            boolean there = Judge.isAll(ready) && (updated.isEmpty() || updated.equals(wanted));
            if (there) {
                rollouts.remove(object.uid());
            } else {
                rollouts.put(object.uid(), new Rollout(object, ready, updated));
            }
        }

        private void event(Row row) {
            Instant at = time(row);
            rates.count(at);
            if (cell(row, "Type").equals("Warning")) {
                Warning warning =
                        new Warning(
                                cell(row, "Reason"), cell(row, "Object"), cell(row, "Message"), at);
                warnings.removeIf(warning::isSame);
                warnings.add(warning);
                warnings.sort(Comparator.comparing(Warning::at).reversed());
                if (warnings.size() > WARNINGS) {
                    warnings.removeLast();
                }
            }
        }

        /**
         * The server's table says when an event happened last as an age, at the time it is sent.
         */
        private Instant time(Row row) {
            Duration age = Ages.parse(cell(row, "Last Seen"));
            if (age != null) {
                return clock.instant().minus(age);
            }
            try {
                return Instant.parse(row.created());
            } catch (DateTimeParseException e) {
                return clock.instant();
            }
        }

        private String cell(Row row, String column) {
            Integer at = columns.get(column);
            return at == null ? "" : row.cell(at);
        }

        @Override
        public void removed(String uid) {
            synchronized (OverviewModel.this) {
                problems.remove(uid);
                rollouts.remove(uid);
                counts.getOrDefault(kind.kind(), new HashSet<>()).remove(uid);
            }
            tell();
        }

        @Override
        public void reached(String revision) {
            tell();
        }

        @Override
        public void connection(Connection state) {
            if (kind.resource().equals("pods")) {
                synchronized (OverviewModel.this) {
                    connection = state;
                }
                tell();
            }
        }
    }
}
