package dev.pilothouse.server.record;

/** Tells people what happens to objects. Never blocks, never fails. Thread-safe. */
@FunctionalInterface
public interface EventRecorder {

    /** Tells nobody. */
    EventRecorder NONE = (_, _, _, _) -> {};

    /**
     * Records an event.
     *
     * @param about the object
     * @param reason one word, such as {@code SuccessfulCreate}
     * @param message a sentence for people
     */
    void record(ObjectReference about, EventType type, String reason, String message);

    /** Records an event that is as it should be. */
    default void normal(ObjectReference about, String reason, String message) {
        record(about, EventType.NORMAL, reason, message);
    }

    /** Records an event that somebody may want to do something about. */
    default void warning(ObjectReference about, String reason, String message) {
        record(about, EventType.WARNING, reason, message);
    }
}
