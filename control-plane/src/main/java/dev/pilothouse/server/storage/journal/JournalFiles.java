package dev.pilothouse.server.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The files of a journal, by number. For one thread at a time. */
public interface JournalFiles {

    /** Opens a file, creating it when there is none; its name is safe on disk then. */
    JournalFile open(int number) throws IOException;

    /** Opens a file that exists; null when there is none. */
    @Nullable JournalFile find(int number) throws IOException;

    /** Why nothing more should be written for now, or null. Thread-safe and quick. */
    default @Nullable String shortage() {
        return null;
    }

    /** Removes all files, which must have been closed. */
    void delete() throws IOException;

    /** One file. */
    interface JournalFile extends AutoCloseable {

        /** How many bytes it has. */
        long size() throws IOException;

        /** Reads as much as there is, up to what the buffer takes. */
        void read(ByteBuffer target, long position) throws IOException;

        /** Writes all that is in the buffer. */
        void write(ByteBuffer source, long position) throws IOException;

        /** Returns when all that was written is safe on disk. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
