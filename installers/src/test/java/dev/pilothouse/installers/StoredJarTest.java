package dev.pilothouse.installers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredJarTest {

    @TempDir private Path directory;

    @Test
    void keepsFilesOrderAndTime() throws IOException {
        byte[] text = "much of the same, ".repeat(500).getBytes(StandardCharsets.UTF_8);
        Path jar = directory.resolve("a.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/"));
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            out.write(text);
            out.putNextEntry(new ZipEntry("a/B.class"));
            out.write(text);
        }
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(jar, time);
        Path other = Files.createDirectory(directory.resolve("other"));

        StoredJar.copy(jar, other);

        Path copy = other.resolve("a.jar");
        assertEquals(time, Files.getLastModifiedTime(copy));
        try (ZipFile stored = new ZipFile(copy.toFile())) {
            assertEquals(
                    "META-INF/ META-INF/MANIFEST.MF a/B.class",
                    String.join(" ", stored.stream().map(ZipEntry::getName).toList()));
            ZipEntry entry = stored.getEntry("a/B.class");
            assertEquals(ZipEntry.STORED, entry.getMethod());
            assertArrayEquals(text, stored.getInputStream(entry).readAllBytes());
        }
    }
}
