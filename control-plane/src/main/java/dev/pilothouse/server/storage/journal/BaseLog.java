package dev.pilothouse.server.storage.journal;

import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionLog;
import java.io.IOException;
import java.util.List;

/**
 * A log that a journal stands in front of. One thread at a time appends, recovers and maintains;
 * reads may come from any thread.
 */
public interface BaseLog extends RevisionLog {

    /** The newest revision in this log, or below which it has skipped; before {@link #recover}. */
    long newest();

    /** The name of the journal in use when this log was closed, or empty when it was at rest. */
    String journal();

    /** Makes durable which journal holds what comes after this log's newest revision. */
    void journal(String name);

    /**
     * What {@link #recover} said, once what the journal still held has been appended. If revisions
     * may be lost that somebody has seen, goes on above them.
     */
    Recovered resume();

    /**
     * Appends and reserves in one transaction.
     *
     * @param reserved as {@link #reserve}, 0 to leave it
     */
    void append(List<LogRecord> batch, long reserved);

    /** One short step of tidying up by the rules of retention; true when there is more to do. */
    boolean maintain();

    /** Says in one sentence that something read from the journal cannot be. */
    RuntimeException damaged(String what);

    /** Says in one sentence that the journal could not be written or read. */
    RuntimeException failed(IOException cause);
}
