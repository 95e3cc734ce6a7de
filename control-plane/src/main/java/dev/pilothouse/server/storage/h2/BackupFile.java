package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionLog;
import dev.pilothouse.server.storage.RevisionLog.Gap;
import dev.pilothouse.server.storage.StoreCorruptException;
import dev.pilothouse.server.storage.StoreFailedException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A backup: the log's rows in order of revision, each with its checksum, compressed. Independent of
 * the database, so it can be restored by another release.
 */
final class BackupFile {

    static final String ENDING = ".backup";

    private static final byte[] MAGIC = "PILOTBK1".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 256;
    private static final int MAX_TEXT = 8 << 20;

    private BackupFile() {}

    /**
     * What a backup says first.
     *
     * @param cluster the cluster's name
     * @param uid its unique id
     * @param revision the newest revision in the backup
     * @param oldest the oldest revision whose state it keeps
     * @param gaps see {@link RevisionLog.Recovered}
     */
    record Header(String cluster, String uid, long revision, long oldest, List<Gap> gaps) {}

    /** The newest backup in the data file's folder or in {@code backups} there, or null. */
    static @Nullable Path newest(Path dataFile) {
        Path folder = dataFile.toAbsolutePath().getParent();
        if (folder == null) {
            return null;
        }
        return Stream.of(folder, folder.resolve("backups"))
                .flatMap(BackupFile::backups)
                .max(Comparator.comparing(BackupFile::age))
                .orElse(null);
    }

    private static Stream<Path> backups(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty(); // no such folder
        }
    }

    private static FileTime age(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** Writes all rows up to the header's revision to a file, which appears when it is complete. */
    static void write(Path file, Header header, RevisionLog log, Row row) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (FileChannel channel =
                    FileChannel.open(
                            partial,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                writeAll(Channels.newOutputStream(channel), header, log, row);
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            String trouble = DiskTrouble.says(e);
            throw new StoreFailedException(
                    "The backup " + file + " could not be written: " + trouble, e);
        }
    }

    private static void writeAll(OutputStream target, Header header, RevisionLog log, Row row)
            throws IOException {
        target.write(MAGIC);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        DeflaterOutputStream packed = new DeflaterOutputStream(target, deflater, 1 << 16);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(packed, 1 << 16));
        writeHeader(out, header);
        long count = 0;
        long after = 0;
        List<LogRecord> rows;
        do {
            rows = log.read(after, CHUNK);
            for (LogRecord record : rows) {
                after = record.revision();
                if (after <= header.revision()) {
                    out.writeByte(1);
                    writeRow(out, record, row);
                    count++;
                }
            }
        } while (rows.size() == CHUNK && after < header.revision());
        out.writeByte(0);
        out.writeLong(count);
        out.flush();
        packed.finish();
        deflater.end();
    }

    private static void writeHeader(DataOutputStream out, Header header) throws IOException {
        writeText(out, header.cluster());
        writeText(out, header.uid());
        out.writeLong(header.revision());
        out.writeLong(header.oldest());
        out.writeInt(header.gaps().size());
        for (Gap gap : header.gaps()) {
            out.writeLong(gap.after());
            out.writeLong(gap.before());
        }
    }

    private static void writeRow(DataOutputStream out, LogRecord record, Row row)
            throws IOException {
        out.writeLong(record.revision());
        writeText(out, row.text(record.key()));
        out.writeByte(record.type().ordinal());
        out.writeLong(record.previousRevision());
        out.writeLong(record.createRevision());
        out.writeLong(record.time());
        writeText(out, record.provenance().actor());
        writeText(out, record.provenance().cause());
        out.writeInt(record.json().length);
        out.write(record.json());
        out.writeInt(row.checksum(record));
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** What is done with a backup while it is read. */
    interface Reader {
        /** Called first; returns how the rows are laid out. */
        Row header(Header header);

        /** Called for each row, in order of revision. */
        void row(LogRecord row);
    }

    /**
     * Reads a backup, checking it.
     *
     * @throws StoreCorruptException when it is damaged or no backup
     */
    static void read(Path file, Reader reader) {
        try (DataInputStream raw =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (!Arrays.equals(raw.readNBytes(MAGIC.length), MAGIC)) {
                throw new DamageException("it is not a backup");
            }
            DataInputStream in =
                    new DataInputStream(
                            new BufferedInputStream(new InflaterInputStream(raw), 1 << 16));
            Row row = reader.header(readHeader(in));
            long count = 0;
            while (in.readByte() == 1) {
                reader.row(readRow(in, row));
                count++;
            }
            if (in.readLong() != count) {
                throw new DamageException("rows are missing");
            }
        } catch (IOException | DamageException e) {
            String what = "it cannot be read (" + e.getMessage() + ")";
            throw new StoreCorruptException(file, what, null, e);
        }
    }

    private static Header readHeader(DataInputStream in) throws IOException {
        String cluster = readText(in);
        String uid = readText(in);
        long revision = in.readLong();
        long oldest = in.readLong();
        List<Gap> gaps = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            gaps.add(new Gap(in.readLong(), in.readLong()));
        }
        return new Header(cluster, uid, revision, oldest, gaps);
    }

    private static LogRecord readRow(DataInputStream in, Row row) throws IOException {
        long revision = in.readLong();
        String key = readText(in);
        int type = in.readByte();
        LogRecord record =
                row.record(
                        revision,
                        key,
                        type,
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        readText(in),
                        readText(in),
                        readBytes(in));
        row.check(record, key, in.readInt());
        return record;
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_TEXT) {
            throw new DamageException("a length is " + length);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new DamageException("it ends too early");
        }
        return bytes;
    }
}
