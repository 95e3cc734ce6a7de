package dev.pilothouse.server.storage.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.jspecify.annotations.Nullable;

/**
 * Writes the end of each of H2's chunks only after all before it is on disk.
 *
 * <p>MVStore takes a chunk for complete when its header and its footer, in the last 128 bytes, are
 * intact; it has no checksum over the rest. A disk that loses power may have kept both and lost
 * sectors between, and with them older rows that were moved into this chunk. With the footer forced
 * last, its presence proves the rest. H2 itself forces the footer when it is told to sync.
 *
 * <p>The file header, which names the newest chunk, is likewise written only when that chunk is on
 * disk, and it is written after every chunk, which H2 does not do: it spares the header as long as
 * each chunk names the place of the next, and later takes the space of a chunk in this chain before
 * the header leads past it. A process killed between these two writes would start with a much older
 * state. And the file is cut shorter only when what replaces the part cut off is on disk.
 *
 * <p>This relies on MVStore writing a chunk in one call, so H2's version is pinned, and a test
 * loses power hundreds of times.
 */
final class OrderedFile extends FileBase {

    /** The smallest unit that a disk writes as a whole; holds the footer. */
    private static final int LAST = 512;

    private final FileChannel file;
    private @Nullable FileHeader header;

    OrderedFile(FileChannel file) {
        this.file = file;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        int length = source.remaining();
        if (position < FileHeader.LENGTH) {
            file.force(false); // the chunk that the header is going to point to
            header = null;
        }
        if (position < FileHeader.LENGTH || length <= LAST) {
            writeAll(source, position);
            return length;
        }
        int limit = source.limit();
        byte[] footer = new byte[FileHeader.FOOTER];
        source.get(limit - footer.length, footer);
        source.limit(limit - LAST);
        long at = writeAll(source, position);
        file.force(false);
        source.limit(limit);
        writeAll(source, at);
        leadTo(footer, position);
        return length;
    }

    /** Lets the file header name a chunk that has been written. */
    private void leadTo(byte[] footer, long position) throws IOException {
        FileHeader known = header == null ? readHeader() : header;
        FileHeader next = known == null ? null : known.naming(footer, position);
        if (next != null) {
            file.force(false);
            writeAll(next.bytes(), 0);
            header = next;
        }
    }

    private @Nullable FileHeader readHeader() throws IOException {
        ByteBuffer copies = ByteBuffer.allocate(FileHeader.LENGTH);
        int read = 0;
        while (read >= 0 && copies.hasRemaining()) {
            read = file.read(copies, copies.position());
        }
        return FileHeader.parse(copies.array());
    }

    private long writeAll(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += file.write(source, at);
        }
        return at;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        file.force(metaData);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return file.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = write(source, file.position());
        file.position(file.position() + written);
        return written;
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        file.force(false); // what replaces the part cut off
        file.truncate(size);
        return this;
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return OrderedFilePath.SCHEME + ":" + file;
    }
}
