package dev.pilothouse.server.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.kubelet.volume.AtomicWriter.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class AtomicWriterTest {

    @TempDir Path directory;

    @Test
    void showsFilesThroughOneLinkThatMoves() throws IOException {
        AtomicWriter writer = new AtomicWriter(directory, Clock.systemUTC());
        assertTrue(writer.write(Map.of("a", content("1", 0644), "d/b", content("2", 0400))));
        Path data = Files.readSymbolicLink(directory.resolve("..data"));
        assertEquals("1", Files.readString(directory.resolve("a")));
        assertEquals("2", Files.readString(directory.resolve("d/b")));
        assertEquals("r--------", mode(directory.resolve("d/b")));
        assertFalse(writer.write(Map.of("a", content("1", 0644), "d/b", content("2", 0400))));
        assertEquals(data, Files.readSymbolicLink(directory.resolve("..data")));

        assertTrue(writer.write(Map.of("a", content("3", 0644), "c", content("4", 0644))));

        assertEquals("3", Files.readString(directory.resolve("a")));
        assertEquals("4", Files.readString(directory.resolve("c")));
        assertFalse(Files.exists(directory.resolve("d")));
        try (Stream<Path> entries = Files.list(directory)) {
            assertEquals(4, entries.count(), "..data, its directory, a and c");
        }
    }

    @Test
    void goesOnWhereAnotherHasBeen() throws IOException {
        new AtomicWriter(directory, Clock.systemUTC()).write(Map.of("a", content("1", 0644)));

        assertFalse(
                new AtomicWriter(directory, Clock.systemUTC())
                        .write(Map.of("a", content("1", 0644))));
        assertTrue(
                new AtomicWriter(directory, Clock.systemUTC())
                        .write(Map.of("a", content("1", 0600))));
        assertEquals("rw-------", mode(directory.resolve("a")));
    }

    private static Content content(String text, int mode) {
        return new Content(text.getBytes(StandardCharsets.UTF_8), mode);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
