package dev.pilothouse.server.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Journal files beside the data file: {@code <data>.journal.0} and {@code .1}. */
public final class DiskJournalFiles implements JournalFiles {

    private final Path base;
    private final FreeSpace space;

    /** For a data file, named without its ending. */
    public DiskJournalFiles(Path dataFile) {
        this.base = dataFile;
        this.space = new FreeSpace(Objects.requireNonNull(dataFile.toAbsolutePath().getParent()));
    }

    private Path path(int number) {
        return base.resolveSibling(base.getFileName() + ".journal." + number);
    }

    @Override
    public JournalFile open(int number) throws IOException {
        Path path = path(number);
        boolean fresh = !Files.exists(path);
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (fresh) {
            forceFolder(path);
        }
        return new DiskFile(channel);
    }

    /** Makes the name of a new file safe. */
    private static void forceFolder(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null || file.getFileSystem().getSeparator().equals("\\")) {
            return; // Windows opens no folders, and writes names at once
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public @Nullable JournalFile find(int number) throws IOException {
        return Files.exists(path(number)) ? open(number) : null;
    }

    @Override
    public @Nullable String shortage() {
        return space.shortage();
    }

    @Override
    public void delete() throws IOException {
        for (int number = 0; number < Journal.FILES; number++) {
            Files.deleteIfExists(path(number));
        }
    }

    /** Used by one thread that nobody interrupts, so the channel stays open. */
    private record DiskFile(FileChannel channel) implements JournalFile {

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            long at = position;
            int read = 0;
            while (read >= 0 && target.hasRemaining()) {
                at += read;
                read = channel.read(target, at);
            }
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            long at = position;
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
