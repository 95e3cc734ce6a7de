package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.record.EventType;

/**
 * An event to be told of a pod.
 *
 * @param type how bad it is
 * @param reason one word
 * @param message a sentence
 * @param fieldPath the container it is about, such as {@code spec.containers{web}}, or empty
 */
record Note(EventType type, String reason, String message, String fieldPath) {

    static Note normal(String reason, String message, String fieldPath) {
        return new Note(EventType.NORMAL, reason, message, fieldPath);
    }

    static Note warning(String reason, String message, String fieldPath) {
        return new Note(EventType.WARNING, reason, message, fieldPath);
    }
}
