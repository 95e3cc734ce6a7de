package dev.pilothouse.server.kubelet.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.kubelet.log.ContainerLogs.Rotation;
import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.PodRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ContainerLogsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path directory;

    private Instant now = START;

    @Test
    void writesLinesInTheFormOfTheInterface() throws IOException {
        try (LogWriter writer = logs(1 << 20).open(file())) {
            write(writer, LogStream.STDOUT, "whole\nbegun");
            write(writer, LogStream.STDERR, "error\n");
            write(writer, LogStream.STDOUT, " ended\nrest");
            write(writer, LogStream.STDERR, "x".repeat(16 * 1024 + 1) + "\n");
        }

        String time = "2026-01-01T00:00:00.000000000Z ";
        assertEquals(
                time
                        + "stdout F whole\n"
                        + time
                        + "stderr F error\n"
                        + time
                        + "stdout F begun ended\n"
                        + time
                        + "stderr P "
                        + "x".repeat(16 * 1024)
                        + "\n"
                        + time
                        + "stderr F x\n"
                        + time
                        + "stdout F rest\n",
                Files.readString(file()));
    }

    @Test
    void readsWhatIsAskedFor() throws IOException {
        ContainerLogs logs = logs(1 << 20);
        try (LogWriter writer = logs.open(file())) {
            for (int i = 0; i < 5; i++) {
                write(writer, i % 2 == 0 ? LogStream.STDOUT : LogStream.STDERR, "line " + i + "\n");
                now = now.plusSeconds(1);
            }
        }

        assertEquals(
                "line 0\nline 1\nline 2\nline 3\nline 4\n",
                read(logs, request(null, null, null, "All", false)));
        assertEquals("line 3\nline 4\n", read(logs, request(null, 2L, null, "All", false)));
        assertEquals("", read(logs, request(null, 0L, null, "All", false)));
        assertEquals("line 0\nli", read(logs, request(null, null, 9L, "All", false)));
        assertEquals("line 1\nline 3\n", read(logs, request(null, null, null, "Stderr", false)));
        assertEquals(
                "line 3\nline 4\n",
                read(logs, request(START.plusSeconds(3), null, null, "All", false)));
        assertTrue(
                read(logs, request(null, 1L, null, "All", true))
                        .equals("2026-01-01T00:00:04.000000000Z line 4\n"));
    }

    @Test
    void keepsSoManyFilesAndReadsThemAsOne() throws IOException {
        ContainerLogs logs = logs(200);
        try (LogWriter writer = logs.open(file())) {
            for (int i = 0; i < 40; i++) {
                write(writer, LogStream.STDOUT, "line " + i + "\n");
                now = now.plusMillis(1);
            }
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(3, files.count());
        }
        String kept = read(logs, request(null, null, null, "All", false));
        assertTrue(kept.endsWith("line 37\nline 38\nline 39\n"), kept);
        assertEquals(kept.lines().count(), 40 - Integer.parseInt(kept.substring(5, 7)), kept);
        assertEquals(
                "line 30\n", read(logs, request(null, 10L, null, "All", false)).substring(0, 8));
    }

    @Test
    void followsThroughRotationUntilTheWriterEnds() throws Exception {
        ContainerLogs logs = logs(200);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogWriter writer = logs.open(file());
        write(writer, LogStream.STDOUT, "first\n");
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                new LogReader(logs).read(file(), following(), out);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        for (int i = 0; i < 30; i++) {
            write(writer, LogStream.STDOUT, "line " + i + "\n");
            now = now.plusMillis(1);
            while (out.toString(StandardCharsets.UTF_8).lines().count() < i + 2) {
                Thread.sleep(1);
            }
        }
        writer.close();
        reader.join();

        String read = out.toString(StandardCharsets.UTF_8);
        assertTrue(read.startsWith("first\nline 0\n"), read);
        assertTrue(read.endsWith("line 29\n"), read);
        assertEquals(31, read.lines().count());
    }

    private ContainerLogs logs(long maxBytes) {
        return new ContainerLogs(() -> now, new Rotation(maxBytes, 3));
    }

    private Path file() {
        return directory.resolve("0.log");
    }

    private static void write(LogWriter writer, LogStream stream, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.write(stream, bytes, bytes.length);
    }

    private String read(ContainerLogs logs, LogRequest request) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LogReader(logs).read(file(), request, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static LogRequest following() {
        return new LogRequest(
                new PodRef("", "", ""), "", false, true, null, false, null, null, "All");
    }

    private static LogRequest request(
            Instant since, Long tail, Long limit, String stream, boolean timestamps) {
        return new LogRequest(
                new PodRef("", "", ""), "", false, false, since, timestamps, tail, limit, stream);
    }
}
