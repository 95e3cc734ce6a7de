package dev.pilothouse.server.storage.h2;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;

/**
 * A file on disk that stays open when a thread reading it is interrupted. A plain {@link
 * FileChannel} would be closed then, and with it the store for everybody.
 */
final class SteadyFile extends FileBase {

    private final RandomAccessFile file;
    private final String name;

    SteadyFile(String name, String mode) throws IOException {
        this.file =
                new RandomAccessFile(name, mode.startsWith("r") && mode.length() == 1 ? "r" : "rw");
        this.name = name;
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
        file.seek(position);
        return read(target);
    }

    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
        if (target.hasArray()) {
            int start = target.arrayOffset() + target.position();
            int read = file.read(target.array(), start, target.remaining());
            if (read > 0) {
                target.position(target.position() + read);
            }
            return read;
        }
        byte[] bytes = new byte[target.remaining()];
        int read = file.read(bytes);
        if (read > 0) {
            target.put(bytes, 0, read);
        }
        return read;
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
        file.seek(position);
        return write(source);
    }

    @Override
    public synchronized int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        if (source.hasArray()) {
            file.write(source.array(), source.arrayOffset() + source.position(), length);
            source.position(source.limit());
        } else {
            byte[] bytes = new byte[length];
            source.get(bytes);
            file.write(bytes);
        }
        return length;
    }

    @Override
    public synchronized long position() throws IOException {
        return file.getFilePointer();
    }

    @Override
    public synchronized FileChannel position(long position) throws IOException {
        file.seek(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public synchronized FileChannel truncate(long size) throws IOException {
        if (size < file.length()) {
            file.setLength(size);
        }
        return this;
    }

    /** By the channel: on macOS only that reaches the disk itself. */
    @Override
    public void force(boolean metaData) throws IOException {
        file.getChannel().force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.getChannel().tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
