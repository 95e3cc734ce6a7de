package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.MinuteCounts;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an overview is made of: how the cluster is, and its events, which only the overview follows.
 * Snapshots are handed over once per turn of the executor.
 */
final class OverviewModel {

    private static final int WARNINGS = 8;

    private final Cluster cluster;
    private final Batch<Runnable> batch;
    private final Consumer<Snapshot> listener;
    private final Health health;
    private final InstantSource clock;
    private final MinuteCounts rates;
    private final List<Warning> warnings = new ArrayList<>();
    private Health.@Nullable State state;
    private @Nullable Subscription events;
    private @Nullable Runnable following;

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
            Cluster cluster,
            Health health,
            Executor pulse,
            InstantSource clock,
            Consumer<Snapshot> listener) {
        this.cluster = cluster;
        this.health = health;
        this.listener = listener;
        this.clock = clock;
        this.rates = new MinuteCounts(clock);
        this.batch = new Batch<>(pulse, changes -> changes.values().forEach(Runnable::run));
    }

    void start(List<Kind> kinds) {
        following =
                health.follow(now -> {
                    state = now;
                    listener.accept(snapshot(now));
                });
        if (kinds.contains(Kinds.EVENTS)) {
            events = cluster.followTable(Kinds.EVENTS, "", new EventFollower());
        }
    }

    /** Tells how it is, as soon as there is time: minutes pass also when nothing happens. */
    void tell() {
        batch.put(
                "snapshot",
                () -> {
                    Health.State now = state;
                    if (now != null) {
                        listener.accept(snapshot(now));
                    }
                });
    }

    private synchronized Snapshot snapshot(Health.State now) {
        return new Snapshot(
                now.problems(),
                now.rollouts(),
                now.counts(),
                List.copyOf(warnings),
                rates.perMinute(),
                now.connection());
    }

    void retry() {
        health.retry();
        if (events != null) {
            events.retry();
        }
    }

    void close() {
        if (following != null) {
            following.run();
            following = null;
        }
        if (events != null) {
            events.close();
            events = null;
        }
    }

    private final class EventFollower implements TableEvents {
        private final Columns columns = new Columns();

        @Override
        public void listed(List<Column> now, List<Row> rows) {
            columns.take(now);
            synchronized (OverviewModel.this) {
                rates.clear();
                warnings.clear();
            }
            changed(rows);
        }

        @Override
        public void changed(List<Row> rows) {
            synchronized (OverviewModel.this) {
                rows.forEach(this::event);
            }
            tell();
        }

        private void event(Row row) {
            Instant at = time(row);
            rates.count(at);
            if (columns.cell(row, "Type").equals("Warning")) {
                Warning warning =
                        new Warning(
                                columns.cell(row, "Reason"),
                                columns.cell(row, "Object"),
                                columns.cell(row, "Message"),
                                at);
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
            Duration age = Ages.parse(columns.cell(row, "Last Seen"));
            if (age != null) {
                return clock.instant().minus(age);
            }
            try {
                return Instant.parse(row.created());
            } catch (DateTimeParseException e) {
                return clock.instant();
            }
        }

        @Override
        public void removed(String uid) {
            // That it happened stays true.
        }

        @Override
        public void reached(String revision) {
            tell();
        }

        @Override
        public void connection(Connection now) {
            // That of the pods is shown.
        }
    }
}
