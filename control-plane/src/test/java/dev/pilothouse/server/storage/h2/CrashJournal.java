package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.journal.JournalFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A journal's files on {@link CrashDisk}s. */
final class CrashJournal implements JournalFiles {

    private final Function<byte[], CrashDisk> disks;
    private final Map<Integer, CrashDisk> files = new TreeMap<>();

    /** Files with the content they had before. */
    CrashJournal(Function<byte[], CrashDisk> disks, List<byte[]> contents) {
        this.disks = disks;
        for (int number = 0; number < contents.size(); number++) {
            files.put(number, disks.apply(contents.get(number)));
        }
    }

    /** What is left of each file. */
    List<byte[]> afterCrash() {
        return files.values().stream().map(CrashDisk::afterCrash).toList();
    }

    @Override
    public JournalFile open(int number) {
        return new CrashFile(files.computeIfAbsent(number, _ -> disks.apply(new byte[0])));
    }

    @Override
    public @Nullable JournalFile find(int number) {
        return files.containsKey(number) ? open(number) : null;
    }

    @Override
    public void delete() {
        files.clear();
    }

    private record CrashFile(CrashDisk disk) implements JournalFile {

        @Override
        public long size() {
            return disk.size();
        }

        @Override
        public void read(ByteBuffer target, long position) {
            byte[] bytes = new byte[target.remaining()];
            int read = disk.read(bytes, 0, bytes.length, position);
            target.put(bytes, 0, Math.max(read, 0));
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            disk.write(bytes, position);
        }

        @Override
        public void force() throws IOException {
            disk.force();
        }

        @Override
        public void close() {
            // the disk outlives it
        }
    }
}
