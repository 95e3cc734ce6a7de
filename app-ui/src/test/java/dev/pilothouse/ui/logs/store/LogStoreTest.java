package dev.pilothouse.ui.logs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines on disk and views of them. */
class LogStoreTest {

    private static final long T0 = 1_700_000_000_000_000_000L;

    @TempDir Path directory;
    private LogStore store;

    @BeforeEach
    void open() throws IOException {
        store = new LogStore(directory);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        try (var left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void ordersLinesOfAllSourcesByTimeHoweverLateTheyCome() throws IOException {
        LogView view = new LogView(store, LineFilter.ALL);
        var random = new Random(7);
        int[] next = new int[5];
        for (int round = 0; round < 400; round++) {
            int source = random.nextInt(5);
            var batch = new LineBatch();
            for (int i = random.nextInt(300); i >= 0; i--) {
                add(batch, T0 + 1000L * next[source] + source * 3L, source + ":" + next[source]);
                next[source]++;
            }
            store.append(source, batch);
            if (round % 7 == 0) {
                catchUp(view);
            }
        }
        catchUp(view);

        assertEquals(store.size(), view.size());
        assertTrue(view.late() > 0);
        int[] seen = new int[5];
        long before = 0;
        for (LogLine line : view.lines(0, view.size())) {
            assertTrue(line.time() >= before);
            before = line.time();
            assertEquals(line.source() + ":" + seen[line.source()]++, line.text());
        }
        assertArrayEquals(next, seen);
    }

    @Test
    void keepsTheOrderOfASourceWhoseClockGoesBackAndShowsItsOwnTime() throws IOException {
        LogView view = new LogView(store, LineFilter.ALL);
        append(0, T0 + 50, "first");
        append(0, T0 + 10, "clock set back");
        append(1, T0 + 20, "other");
        append(0, T0 + 60, "last");
        catchUp(view);

        assertEquals(List.of("other", "first", "clock set back", "last"), texts(view));
        assertEquals(T0 + 10, view.lines(2, 1).getFirst().time());
    }

    @Test
    void findsPlacesOfLinesAndTimes() throws IOException {
        for (int i = 0; i < 40_000; i++) {
            append(i % 3, T0 + i, (i % 2 == 0 ? "even " : "odd ") + i);
        }
        LogView all = new LogView(store, LineFilter.ALL);
        LogView odd = new LogView(store, filter("odd", false));
        catchUp(all);
        catchUp(odd);

        assertEquals(20_000, odd.size());
        assertEquals("odd 31", odd.lines(15, 1).getFirst().text());
        int id = odd.id(15);
        assertEquals(31, all.indexOf(id));
        assertEquals(-1, odd.indexOf(all.id(30)));
        assertEquals(15, odd.place(all.id(30)));
        assertEquals(100, all.before(T0 + 100));
        assertArrayEquals(
                new int[] {10_000, 10_000, 10_000, 10_000}, all.histogram(T0, T0 + 39_999, 4));
        assertEquals(0, all.lines(40_000, 5).size());
    }

    @Test
    void filtersByTextPatternLevelAndSource() throws IOException {
        append(0, T0, "2026-01-01 ERROR Disk is full");
        append(0, T0 + 1, "{\"level\":\"warn\",\"msg\":\"disk nearly full\"}");
        append(1, T0 + 2, "INFO started, no error so far");
        append(1, T0 + 4, "\u001b[1;31mERROR\u001b[0m red");
        append(1, T0 + 3, "W0102 10:00:00.1 main.go:3] Über die Platte");

        assertEquals(2, count(filter("disk", false)));
        assertEquals(1, count(filter("Disk", false)));
        assertEquals(2, count(filter("disk.*full", true)));
        assertEquals(1, count(filter("über", false)));
        assertEquals(0, count(filter("disk.*full", false)));
        assertEquals(2, count(LineFilter.atLeast(Level.ERROR)));
        assertEquals(4, count(LineFilter.atLeast(Level.WARN)));
        var hidden = new BitSet();
        hidden.set(0);
        assertEquals(3, count(new LineFilter(null, hidden, Level.NONE)));
        assertEquals(
                1,
                count(LineFilter.atLeast(Level.WARN).containing(TextPattern.of("nearly", false))));
    }

    @Test
    void takesVeryLongAndBinaryLinesWhole() throws IOException {
        byte[] content = new byte[3 * LineReader.LONGEST];
        new Random(1).nextBytes(content);
        for (int i = 0; i < content.length; i++) {
            content[i] = content[i] == '\n' || content[i] == '\r' ? 0 : content[i];
        }
        byte[] time = "2026-11-27T10:00:00.5Z ".getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[time.length + content.length + 1];
        System.arraycopy(time, 0, all, 0, time.length);
        System.arraycopy(content, 0, all, time.length, content.length);
        all[all.length - 1] = '\n';
        read(0, all, new Replay());

        LogView view = new LogView(store, LineFilter.ALL);
        catchUp(view);
        List<LogLine> lines = view.lines(0, 10);
        assertEquals(4, lines.size());
        assertFalse(lines.getFirst().continues());
        int at = 0;
        for (LogLine line : lines) {
            for (byte b : line.bytes()) {
                assertEquals(content[at++], b);
            }
        }
        assertEquals(content.length, at);
        assertTrue(lines.getLast().continues());
        assertEquals("2026-11-27T10:00:00.500000000Z", Timestamps.format(lines.getLast().time()));
    }

    @Test
    void takesEachLineOnceWhenALogIsReadAgain() throws IOException {
        var replay = new Replay();
        String first =
                """
                2026-11-27T10:00:00.9Z a
                2026-11-27T10:00:01.1Z b
                2026-11-27T10:00:01.1Z b
                2026-11-27T10:00:01.100000001Z c
                """;
        read(0, first.getBytes(StandardCharsets.UTF_8), replay);
        assertEquals("2026-11-27T10:00:01.100000001Z", Timestamps.format(replay.latest()));

        assertTrue(replay.reopen());
        String again =
                """
                2026-11-27T10:00:01.1Z b
                2026-11-27T10:00:01.1Z b
                2026-11-27T10:00:01.100000001Z c
                2026-11-27T10:00:01.100000001Z c
                2026-11-27T10:00:02.5Z d
                """;
        read(0, again.getBytes(StandardCharsets.UTF_8), replay);
        assertFalse(replay.takeGap());

        assertTrue(replay.reopen());
        read(0, "2026-11-27T10:00:09Z z\n".getBytes(StandardCharsets.UTF_8), replay);
        assertTrue(replay.takeGap());
        assertFalse(replay.takeGap());

        LogView view = new LogView(store, LineFilter.ALL);
        catchUp(view);
        assertEquals(List.of("a", "b", "b", "c", "c", "d", "z"), texts(view));
    }

    @Test
    void readsTimesOfAllForms() {
        assertEquals(0, parse("1970-01-01T00:00:00Z x"));
        assertEquals(T0 + 123_456_789, parse("2023-11-14T22:13:20.123456789Z x"));
        assertEquals(T0, parse("2023-11-15T00:13:20+02:00 x"));
        assertEquals(951_782_400_000_000_000L, parse("2000-02-29T00:00:00Z "));
        assertEquals(Timestamps.NONE, parse("no time at all, but long enough"));
        assertEquals(Timestamps.NONE, parse("2023-11-14"));
    }

    @Test
    void appendsNothingAfterItWasClosed() throws IOException {
        store.close();
        assertThrows(IOException.class, () -> append(0, T0, "too late"));
    }

    private static long parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Timestamps.parse(bytes, 0, bytes.length);
    }

    private void read(int source, byte[] bytes, Replay replay) throws IOException {
        var reader = new LineReader(new ByteArrayInputStream(bytes), replay);
        var batch = new LineBatch();
        while (reader.read(batch)) {
            store.append(source, batch);
            batch.clear();
        }
    }

    private int count(LineTest test) throws IOException {
        var view = new LogView(store, test);
        catchUp(view);
        return view.size();
    }

    private static LineFilter filter(String text, boolean regex) {
        return new LineFilter(TextPattern.of(text, regex), new BitSet(), Level.NONE);
    }

    private static void catchUp(LogView view) throws IOException {
        while (view.step()) {
            // Until nothing is left.
        }
    }

    private static List<String> texts(LogView view) throws IOException {
        List<String> texts = new ArrayList<>();
        view.lines(0, view.size()).forEach(line -> texts.add(line.text()));
        return texts;
    }

    private static void add(LineBatch batch, long time, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        batch.add(time, false, bytes, 0, bytes.length);
    }

    private void append(int source, long time, String text) throws IOException {
        var batch = new LineBatch();
        add(batch, time, text);
        store.append(source, batch);
    }
}
