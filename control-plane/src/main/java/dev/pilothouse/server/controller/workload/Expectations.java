package dev.pilothouse.server.controller.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a controller has done for an owner and not seen yet. Until it has seen all of it, what it
 * knows is out of date, and doing more would be too much. What is not seen within five minutes is
 * not waited for. Owners go by uid. Thread-safe. Source: pkg/controller/controller_utils.go.
 */
public final class Expectations {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private static final class Entry {

        private final Instant since;
        private int creations;
        private final Set<String> deletions;

        Entry(Instant since, int creations, Collection<String> deletions) {
            this.since = since;
            this.creations = creations;
            this.deletions = new HashSet<>(deletions);
        }

        synchronized boolean isMet() {
            return creations <= 0 && deletions.isEmpty();
        }

        synchronized boolean created() {
            creations--;
            return creations == 0 && deletions.isEmpty();
        }

        synchronized boolean deleted(String uid) {
            return deletions.remove(uid) && deletions.isEmpty() && creations <= 0;
        }
    }

    /** Nothing is expected. */
    public Expectations(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether everything has been seen, or waiting has taken too long. */
    public boolean areMet(String owner) {
        Entry entry = entries.get(owner);
        return entry == null
                || entry.isMet()
                || entry.since.plus(PATIENCE).isBefore(clock.instant());
    }

    /** So many dependents are about to be made, and so many deleted. */
    public void expect(String owner, int creations, Collection<String> deletedUids) {
        entries.put(owner, new Entry(clock.instant(), creations, deletedUids));
    }

    /** A dependent has appeared, or will not. Returns whether it was the last one. */
    public boolean created(String owner) {
        Entry entry = entries.get(owner);
        return entry != null && entry.created();
    }

    /** A dependent is going or has gone, or stays. Returns whether it was the last one. */
    public boolean deleted(String owner, String uid) {
        Entry entry = entries.get(owner);
        return entry != null && entry.deleted(uid);
    }

    /** The owner has gone. */
    public void forget(String owner) {
        entries.remove(owner);
    }
}
