package dev.pilothouse.server.kubelet.runtime.simulated;

import org.jspecify.annotations.Nullable;

/**
 * The state of a container. Times are seconds since 1970.
 *
 * @param kind what it is doing
 * @param reason why it waits; empty otherwise
 * @param message the same in a sentence
 * @param started when the running instance began, 0 when none runs
 * @param ended how this instance has ended, or null
 * @param last how the instance before has ended, or null
 * @param restarts how often it was started again
 * @param ready whether it is ready
 */
record ContainerState(
        Kind kind,
        String reason,
        String message,
        long started,
        @Nullable Ended ended,
        @Nullable Ended last,
        int restarts,
        boolean ready) {

    /** What a container is doing. */
    enum Kind {
        WAITING,
        RUNNING,
        ENDED
    }

    /**
     * How an instance has ended.
     *
     * @param exitCode its exit code
     * @param reason {@code Completed}, {@code Error} or {@code OOMKilled}
     * @param started when it began
     * @param finished when it ended
     */
    record Ended(int exitCode, String reason, long started, long finished) {}

    /** Nothing is known of it yet. */
    static final ContainerState NEW = waiting("ContainerCreating");

    static ContainerState waiting(String reason) {
        return new ContainerState(Kind.WAITING, reason, "", 0, null, null, 0, false);
    }

    boolean isRunning() {
        return kind == Kind.RUNNING;
    }

    boolean isEnded() {
        return kind == Kind.ENDED;
    }

    /** The same, waiting for something else. */
    ContainerState waitingFor(String why, String sentence) {
        Ended before = ended == null ? last : ended;
        return new ContainerState(Kind.WAITING, why, sentence, 0, null, before, restarts, false);
    }

    /** Started, for the first time or again. */
    ContainerState run(long now) {
        Ended before = ended == null ? last : ended;
        int times = before == null ? restarts : restarts + 1;
        return new ContainerState(Kind.RUNNING, "", "", now, null, before, times, false);
    }

    ContainerState withReady(boolean now) {
        return new ContainerState(kind, reason, message, started, ended, last, restarts, now);
    }

    /** Ended, of itself or not. */
    ContainerState end(int exitCode, String why, long now) {
        Ended end = new Ended(exitCode, why, started, now);
        return new ContainerState(Kind.ENDED, "", "", 0, end, last, restarts, false);
    }
}
