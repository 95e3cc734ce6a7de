package dev.pilothouse.ui.logs.feed;

/**
 * A container whose log is read.
 *
 * @param id its number in the store
 * @param namespace of the pod
 * @param pod the pod's name
 * @param container the container's name
 * @param previous whether it is the container before the last restart
 * @param phase how reading goes
 * @param note why, in the server's words; may be empty
 * @param lines how many lines have been read
 * @param gaps how often lines may be missing
 */
public record SourceState(
        int id,
        String namespace,
        String pod,
        String container,
        boolean previous,
        Phase phase,
        String note,
        long lines,
        int gaps) {

    /** How reading goes. */
    public enum Phase {
        /** The container has not started. */
        WAITING,
        /** Lines are read as they come. */
        FOLLOWING,
        /** All lines have been read; the container has ended. */
        ENDED,
        /** The log cannot be read at the moment; it is tried again. */
        FAILED,
        /** There are more logs than can be read at a time; this one is not read. */
        LEFT_OUT
    }
}
