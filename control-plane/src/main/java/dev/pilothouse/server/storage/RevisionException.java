package dev.pilothouse.server.storage;

/** A read or watch names a revision that cannot be served. */
public final class RevisionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the revision. */
    public enum Problem {
        /** It is older than what is kept. */
        COMPACTED,
        /** It has not been written yet, and did not come within the time allowed. */
        FUTURE
    }

    private final Problem problem;
    private final long requested;
    private final long current;

    /** The revision asked for, and the newest (FUTURE) or oldest (COMPACTED) there is. */
    public RevisionException(Problem problem, long requested, long current) {
        super("revision " + requested + " is " + problem + ", have " + current, null, false, false);
        this.problem = problem;
        this.requested = requested;
        this.current = current;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }

    /** The revision asked for. */
    public long requested() {
        return requested;
    }

    /**
     * The newest revision when the one asked for is in the future, else the oldest that is kept.
     */
    public long current() {
        return current;
    }
}
