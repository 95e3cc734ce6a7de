package dev.pilothouse.server.storage.journal;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.Provenance;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What is appended to a journal in one go: a header with a checksum over everything, then the
 * revisions. It begins at a multiple of {@link #ALIGNMENT} bytes.
 *
 * @param after the revision before the first one in this frame; that before it, if it has none
 * @param reserved revisions up to this one may have been handed out to somebody; 0 for none
 * @param records what was written
 */
record Frame(long after, long reserved, List<LogRecord> records) {

    static final int ALIGNMENT = 8;

    /** No text in UTF-8 contains these bytes, so no value of an object looks like a frame. */
    private static final int MAGIC = 0xFF50_4AFE;

    /** magic, checksum, length of the body, number of records, after, reserved. */
    private static final int HEADER = 4 + 4 + 4 + 4 + 8 + 8;

    private static final int CHECKED_FROM = 8;
    private static final Type[] TYPES = Type.values();

    /** The newest revision once this frame is written. */
    long last() {
        return records.isEmpty() ? after : records.getLast().revision();
    }

    /** Appends this frame to a buffer, padded. */
    void write(GrowingBuffer out, byte[] salt) {
        int start = out.reserve(HEADER);
        for (LogRecord row : records) {
            write(out, row);
        }
        int body = out.position() - start - HEADER;
        ByteBuffer bytes = out.bytes();
        bytes.putInt(start, MAGIC);
        bytes.putInt(start + 8, body);
        bytes.putInt(start + 12, records.size());
        bytes.putLong(start + 16, after);
        bytes.putLong(start + 24, reserved);
        bytes.putInt(start + 4, checksum(bytes, start, body, salt));
        while ((out.position() - start) % ALIGNMENT != 0) {
            out.put(0);
        }
    }

    private static void write(GrowingBuffer out, LogRecord row) {
        out.putLong(row.revision());
        out.putLong(row.previousRevision());
        out.putLong(row.createRevision());
        out.putLong(row.time());
        out.put(row.type().ordinal());
        ObjectKey key = row.key();
        out.putText(key.resource().group());
        out.putText(key.resource().resource());
        out.putText(key.namespace());
        out.putText(key.name());
        out.putText(row.provenance().actor());
        out.putText(row.provenance().cause());
        out.putBytes(row.json());
    }

    private static int checksum(ByteBuffer bytes, int start, int body, byte[] salt) {
        CRC32C crc = new CRC32C();
        crc.update(salt);
        crc.update(bytes.slice(start + CHECKED_FROM, HEADER - CHECKED_FROM + body));
        return (int) crc.getValue();
    }

    /** How many bytes the whole frame at a place has, or 0 when there is none. */
    static int length(ByteBuffer bytes, int start, byte[] salt) {
        int left = bytes.limit() - start - HEADER;
        if (left < 0 || bytes.getInt(start) != MAGIC) {
            return 0;
        }
        int body = bytes.getInt(start + 8);
        if (body < 0
                || body > left
                || checksum(bytes, start, body, salt) != bytes.getInt(start + 4)) {
            return 0;
        }
        return Math.ceilDiv(HEADER + body, ALIGNMENT) * ALIGNMENT;
    }

    /** Reads the frame at a place where there is one. */
    static Frame read(ByteBuffer bytes, int start) {
        int count = bytes.getInt(start + 12);
        ByteBuffer body = bytes.duplicate().position(start + HEADER);
        List<LogRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(read(body));
        }
        return new Frame(bytes.getLong(start + 16), bytes.getLong(start + 24), records);
    }

    private static LogRecord read(ByteBuffer in) {
        long revision = in.getLong();
        long previous = in.getLong();
        long created = in.getLong();
        long time = in.getLong();
        Type type = TYPES[in.get()];
        ObjectKey key = new ObjectKey(new GroupResource(text(in), text(in)), text(in), text(in));
        Provenance provenance = new Provenance(text(in), text(in));
        return new LogRecord(revision, key, type, previous, created, time, provenance, bytes(in));
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    /** All frames in a file, also those after a place that is not readable. */
    static List<Frame> scan(ByteBuffer file, byte[] salt) {
        List<Frame> found = new ArrayList<>();
        int at = 0;
        while (at < file.limit()) {
            int length = length(file, at, salt);
            if (length > 0) {
                found.add(read(file, at));
            }
            at += length > 0 ? length : ALIGNMENT;
        }
        return found;
    }
}
