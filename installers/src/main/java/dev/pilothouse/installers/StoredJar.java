package dev.pilothouse.installers;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar whose files are not compressed. Packages compress all that is in them together, and much
 * better than a jar does each file by itself; and what is not compressed need not be inflated at a
 * start.
 */
final class StoredJar {

    private StoredJar() {}

    /** Writes a jar with the same files, in the same order, into a directory. */
    static void copy(Path jar, Path directory) throws IOException {
        Path copy = directory.resolve(jar.getFileName());
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to =
                        new ZipOutputStream(
                                new BufferedOutputStream(Files.newOutputStream(copy)))) {
            for (ZipEntry entry : from.stream().toList()) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                to.putNextEntry(stored(entry, bytes));
                to.write(bytes);
                to.closeEntry();
            }
        }
        // A cache knows the jars by their times.
        Files.setLastModifiedTime(copy, Files.getLastModifiedTime(jar));
    }

    private static ZipEntry stored(ZipEntry entry, byte[] bytes) {
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setTimeLocal(entry.getTimeLocal());
        stored.setMethod(ZipEntry.STORED);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        stored.setCrc(sum.getValue());
        stored.setSize(bytes.length);
        return stored;
    }
}
