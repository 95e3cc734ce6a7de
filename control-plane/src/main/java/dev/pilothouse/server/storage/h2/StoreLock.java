package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.StoreFailedException;
import dev.pilothouse.server.storage.StoreLockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file beside the data that says which process has it open, locked as long as it has. The system
 * frees the lock when the process ends, however it ends; the text then means nothing.
 */
final class StoreLock implements AutoCloseable {

    /** Far behind the text, which others must be able to read on systems whose locks are strict. */
    private static final long LOCKED_BYTE = 1L << 40;

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a data file for this process.
     *
     * @throws StoreLockedException when another has it
     */
    static StoreLock take(Path dataFile, Instant now) {
        Path file = dataFile.resolveSibling(dataFile.getFileName() + ".lock");
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StoreLockedException(dataFile, owner(file));
            }
            write(channel, "process " + ProcessHandle.current().pid() + ", started at " + now);
            return new StoreLock(channel);
        } catch (IOException e) {
            throw new StoreFailedException(
                    "The data file " + dataFile + " cannot be used: " + DiskTrouble.says(e), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null; // this same process has it
        }
    }

    private static String owner(Path file) throws IOException {
        String owner = Files.readString(file).strip();
        return owner.isEmpty() ? "another process" : owner;
    }

    private static void write(FileChannel channel, String owner) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            // The system frees the lock with the process.
        }
    }
}
