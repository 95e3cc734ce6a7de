package dev.pilothouse.ui.logs.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.logs.store.LineFilter;
import dev.pilothouse.ui.logs.store.LogLine;
import dev.pilothouse.ui.logs.store.LogStore;
import dev.pilothouse.ui.logs.store.LogView;
import dev.pilothouse.ui.logs.store.Scanner;
import dev.pilothouse.ui.testing.FaultyServer;
import dev.pilothouse.ui.testing.Waits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that nobody wrote for people: binary, endless lines, floods. */
class OddLogTest {

    private static final int FLOOD = 20_000;
    private static final byte[] BINARY = {'n', 'u', 'l', 0, (byte) 0xff, (byte) 0xfe, 27, '[', 'x'};

    private static final String POD =
            """
            {"kind":"PodList","metadata":{"resourceVersion":"1"},"items":[
             {"metadata":{"name":"odd","namespace":"default","uid":"1"},
              "spec":{"containers":[{"name":"main"}]},
              "status":{"containerStatuses":[{"name":"main","containerID":"x://1",
               "state":{"running":{}}}]}}]}
            """;

    @TempDir private Path directory;

    private static byte[] letters(int count) {
        byte[] letters = new byte[count];
        Arrays.fill(letters, (byte) 'x');
        return letters;
    }

    private static void line(ByteArrayOutputStream log, byte[] text) throws IOException {
        log.write("2026-01-01T00:00:00.000000001Z ".getBytes(StandardCharsets.US_ASCII));
        log.write(text);
        log.write('\n');
    }

    private static byte[] log() throws IOException {
        var log = new ByteArrayOutputStream();
        line(log, BINARY);
        line(log, letters(1_000_000));
        line(log, letters(1_500_000));
        for (int i = 0; i < FLOOD; i++) {
            line(log, ("line " + i).getBytes(StandardCharsets.US_ASCII));
        }
        return log.toByteArray();
    }

    @Test
    void keepsEveryByteOfThem() throws Exception {
        byte[] sent = log();
        try (FaultyServer server =
                        new FaultyServer((request, reply) -> {
                            if (request.path().contains("/log?")) {
                                reply.begin(200, "text/plain");
                                reply.write(sent);
                                Thread.sleep(Long.MAX_VALUE);
                            } else if (request.isWatch()) {
                                reply.begin(200, "application/json");
                                Thread.sleep(Long.MAX_VALUE);
                            } else {
                                reply.send(200, "application/json", POD);
                            }
                        });
                HttpCluster cluster =
                        new HttpCluster(
                                Access.of("odd", server.endpoint(), SSLContext.getDefault()));
                LogStore store = new LogStore(directory);
                Scanner scanner = new Scanner(store, () -> {})) {
            LogView view = new LogView(store, LineFilter.ALL);
            scanner.add(view);
            LogTarget target = LogTarget.pod("default", "odd");
            try (LogFeed feed = new LogFeed(cluster, store, target, History.ALL, false, () -> {})) {
                // What is longer than a record goes on in the next one.
                Waits.awaitTrue(() -> view.size() == FLOOD + 4);
                assertEquals(1, feed.sources().size());
            }
            List<LogLine> lines = view.lines(0, 6);
            assertArrayEquals(BINARY, lines.get(0).bytes());
            assertEquals(1_000_000, lines.get(1).bytes().length);
            assertTrue(lines.get(3).continues());
            assertEquals(1_500_000, lines.get(2).bytes().length + lines.get(3).bytes().length);
            assertEquals("line 0", lines.get(4).text());
            assertEquals("line " + (FLOOD - 1), view.lines(FLOOD + 3, 1).getFirst().text());
        }
    }
}
