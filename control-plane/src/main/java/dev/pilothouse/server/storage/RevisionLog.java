package dev.pilothouse.server.storage;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The append-only log of revisions on disk. One thread at a time calls {@link #recover}, {@link
 * #append}, {@link #reserve} and {@link #close}; reads may come from any thread.
 *
 * <p>Every method throws {@link StoreCorruptException} when what it reads is not what was written,
 * and {@link StoreFailedException} when the disk or the database refuses.
 */
public interface RevisionLog {

    /** Revisions after the first and before the second number that were never kept. */
    record Gap(long after, long before) {}

    /**
     * What the log says at start.
     *
     * @param revision the newest revision that may have been handed out to anyone
     * @param oldest the oldest revision whose state is kept
     * @param gaps ranges of numbers that were perhaps handed out but are lost or were skipped
     */
    record Recovered(long revision, long oldest, List<Gap> gaps) {}

    /**
     * Reads the newest version of every object that exists, in any order. Called once, before
     * anything else.
     */
    Recovered recover(Consumer<LogRecord> live);

    /**
     * Appends revisions in rising order as one transaction; safe on disk when it returns. After a
     * failure the outcome is unknown and the log takes nothing more.
     */
    void append(List<LogRecord> batch);

    /**
     * Why nothing should be appended for now, such as a full disk, or null. What was not tried can
     * be tried again later; a failed {@link #append} ends the log. Thread-safe and quick.
     */
    default @Nullable String shortage() {
        return null;
    }

    /**
     * Makes durable that revisions up to this one may be handed out before they are appended, so
     * that none of them is used again after a crash.
     */
    void reserve(long upTo);

    /** Revisions greater than {@code after} in rising order, at most {@code limit} of them. */
    List<LogRecord> read(long after, int limit);

    /** One revision, or null when it is not kept. */
    @Nullable LogRecord read(long revision);

    /**
     * Several revisions in any order of asking.
     *
     * @param revisions in rising order
     * @param found called for those that are kept, in rising order
     */
    void read(long[] revisions, Consumer<LogRecord> found);

    /**
     * What was done to the objects of a resource after one revision and up to another, inclusive,
     * in rising order for each object.
     */
    List<LogHead> heads(GroupResource resource, long after, long upTo);

    /** The first revision of an object after the one given, or null. */
    @Nullable LogHead firstAfter(ObjectKey key, long after);

    /** The newest revision of an object before the one given, or null. */
    @Nullable LogRecord lastBefore(ObjectKey key, long before);

    /** The oldest revision whose state is kept. */
    long oldest();

    /** Keeps everything from being trimmed until the handle is closed. */
    Pin pin();

    /** The unique id that the log got when it was created. */
    String uid();

    /** Writes everything that is in the log to a file. */
    void backup(Path file);

    /** Closes the files after all went well and everything handed out was appended. */
    void close();

    /** Closes the files after a failure, leaving them as a crash would. */
    void abandon();

    /** Holds back trimming while it is open. */
    interface Pin extends AutoCloseable {
        @Override
        void close();
    }
}
