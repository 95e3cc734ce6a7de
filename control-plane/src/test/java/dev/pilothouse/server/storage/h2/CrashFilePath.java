package dev.pilothouse.server.storage.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;

/** H2's view of {@link CrashDisk}s: {@code crash:/name}. */
final class CrashFilePath extends FilePath {

    /** H2 finds a file by its name alone, so the disks must be found that way too. */
    private static final Map<String, CrashDisk> DISKS = new ConcurrentHashMap<>();

    static void mount(String name, CrashDisk disk) {
        FilePath.register(new CrashFilePath());
        DISKS.put("crash:/" + name + ".mv.db", disk);
    }

    static void unmount(String name) {
        DISKS.remove("crash:/" + name + ".mv.db");
    }

    private CrashDisk disk() {
        CrashDisk disk = DISKS.get(name);
        if (disk == null) {
            throw new IllegalStateException("no disk " + name);
        }
        return disk;
    }

    @Override
    public String getScheme() {
        return "crash";
    }

    @Override
    public FilePath getPath(String path) {
        CrashFilePath found = new CrashFilePath();
        found.name = path;
        return found;
    }

    @Override
    public long size() {
        return disk().size();
    }

    @Override
    public void moveTo(FilePath to, boolean replace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean createFile() {
        boolean fresh = !exists();
        disk().create();
        return fresh;
    }

    @Override
    public boolean exists() {
        return isDirectory() || (DISKS.containsKey(name) && disk().exists());
    }

    @Override
    public void delete() {
        if (DISKS.containsKey(name)) {
            throw new UnsupportedOperationException("deleting " + name);
        }
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        return List.of();
    }

    @Override
    public FilePath toRealPath() {
        return this;
    }

    @Override
    public FilePath getParent() {
        return getPath("crash:/");
    }

    @Override
    public boolean isDirectory() {
        return name.equals("crash:/");
    }

    @Override
    public boolean isRegularFile() {
        return !isDirectory();
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public long lastModified() {
        return 0;
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public void createDirectory() {}

    @Override
    public boolean setReadOnly() {
        return false;
    }

    @Override
    public FileChannel open(String mode) {
        disk().create();
        return new CrashFile(disk());
    }

    private static final class CrashFile extends FileBase {

        private final CrashDisk disk;
        private long position;

        CrashFile(CrashDisk disk) {
            this.disk = disk;
        }

        @Override
        public int read(ByteBuffer target, long at) {
            byte[] bytes = new byte[target.remaining()];
            int read = disk.read(bytes, 0, bytes.length, at);
            if (read > 0) {
                target.put(bytes, 0, read);
            }
            return read;
        }

        @Override
        public int read(ByteBuffer target) {
            int read = read(target, position);
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public int write(ByteBuffer source, long at) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            disk.write(bytes, at);
            return bytes.length;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int written = write(source, position);
            position += written;
            return written;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.force();
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public FileChannel position(long at) {
            position = at;
            return this;
        }

        @Override
        public long size() {
            return disk.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            disk.truncate(size);
            return this;
        }

        @Override
        public FileLock tryLock(long at, long size, boolean shared) {
            return new FileLock(this, at, size, shared) {
                @Override
                public boolean isValid() {
                    return true;
                }

                @Override
                public void release() {}
            };
        }
    }
}
