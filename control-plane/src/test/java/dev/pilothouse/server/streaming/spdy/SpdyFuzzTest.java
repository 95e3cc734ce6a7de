package dev.pilothouse.server.streaming.spdy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.streaming.Trickle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random frames of a client against SPDY/3.1 as a simple model has it: which streams are opened,
 * what comes in them, what is answered, and how it ends. The seed is the system property {@code
 * fuzz.seed}.
 */
@Timeout(240)
class SpdyFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 20_260_503L);
    private static final int RUNS = Integer.getInteger("fuzz.frames", 800);
    private static final int PROTOCOL_ERROR = 1;
    private static final int INVALID_STREAM = 2;
    private static final int CANCEL = 5;

    /** Streams whose header says so are not taken. */
    private static final String REFUSED = "refused";

    /** What a stream must be like when all frames have come. */
    private static final class Model {
        final Map<String, String> headers;
        String content = "";
        boolean ended;
        boolean broken;

        Model(Map<String, String> headers) {
            this.headers = headers;
        }

        @Override
        public String toString() {
            return headers + " " + content + (ended ? " ended" : "") + (broken ? " broken" : "");
        }
    }

    /** Frames with what must come of them. */
    private static final class Script implements AutoCloseable {
        final SpdyFrames frames = new SpdyFrames();
        final Map<Integer, Model> streams = new TreeMap<>();
        final List<String> answers = new ArrayList<>();
        final List<Integer> ends = new ArrayList<>();
        boolean wrong;
        private int last;
        private final Random random;

        Script(Random random) {
            this.random = random;
        }

        void write(int most) {
            int count = 1 + random.nextInt(most);
            for (int i = 0; i < count && !wrong; i++) {
                step();
                ends.add(frames.bytes().length);
            }
        }

        private void step() {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> open(last + (last % 2 == 0 ? 1 : 2) + 2 * random.nextInt(2));
                case 4 -> open(random.nextInt(12));
                case 5, 6, 7, 8, 9 -> data();
                case 10 -> reset();
                case 11 -> ping();
                case 12 -> frames.control(random.nextInt(3) + 7 == 8 ? 9 : 7, 0, new byte[8]);
                case 13 -> headers();
                case 14 -> frames.control(4 + random.nextInt(2), random.nextInt(256), new byte[8]);
                default -> {
                    if (random.nextInt(4) == 0) {
                        spoil();
                    }
                }
            }
        }

        private void open(int id) {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("streamtype", random.nextBoolean() ? "data" : "error");
            headers.put("n", Integer.toString(random.nextInt(100)));
            if (random.nextInt(6) == 0) {
                headers.put(REFUSED, "yes");
            }
            boolean fin = random.nextInt(5) == 0;
            frames.open(id, fin, frames.block(headers));
            if (id % 2 == 0 || id <= last) {
                answers.add("reset " + id + " " + PROTOCOL_ERROR);
                return;
            }
            last = id;
            answers.add("reply " + id);
            Model stream = new Model(headers);
            streams.put(id, stream);
            if (headers.containsKey(REFUSED)) {
                answers.add("reset " + id + " " + CANCEL);
                stream.broken = true;
            } else {
                stream.ended = fin;
            }
        }

        private int some() {
            return streams.isEmpty() || random.nextInt(10) == 0
                    ? random.nextInt(40)
                    : List.copyOf(streams.keySet()).get(random.nextInt(streams.size()));
        }

        private void data() {
            int id = some();
            boolean fin = random.nextInt(5) == 0;
            byte[] content =
                    SpdyFrames.random(random, random.nextInt(4) == 0 ? 0 : random.nextInt(300));
            frames.data(id, fin, content);
            Model stream = streams.get(id);
            if (stream == null || stream.broken) {
                if (!fin) {
                    answers.add("reset " + id + " " + INVALID_STREAM);
                }
            } else if (!stream.ended) {
                stream.content += HexFormat.of().formatHex(content);
                stream.ended = fin;
            }
        }

        private void reset() {
            int id = some();
            frames.control(3, 0, SpdyFrames.words(id, CANCEL));
            Model stream = streams.get(id);
            if (stream != null) {
                stream.broken = true;
            }
        }

        private void ping() {
            int id = random.nextInt(100);
            frames.control(6, 0, SpdyFrames.words(id));
            if (id % 2 == 1) {
                answers.add("ping " + id);
            }
        }

        /** Their text belongs to the one packed text of the direction, and changes nothing. */
        private void headers() {
            byte[] block = frames.block(Map.of("more", "headers"));
            frames.control(8, 0, SpdyFrames.join(SpdyFrames.words(some()), block));
        }

        /** Whatever must end the session. */
        private void spoil() {
            wrong = true;
            switch (random.nextInt(7)) {
                case 0 -> frames.control(2, 1, 0, 10, new byte[10]);
                case 1 ->
                        frames.control(
                                3, 4, 0, (1 << 16) + 1 + random.nextInt(1 << 20), new byte[4]);
                case 2 -> frames.control(1 + 2 * random.nextInt(2), 0, new byte[random.nextInt(4)]);
                case 3 ->
                        frames.open(
                                last + 2, false, SpdyFrames.random(random, 3 + random.nextInt(60)));
                case 4 -> frames.open(last + 2, false, frames.pack(SpdyFrames.words(2, 4)));
                case 5 -> frames.open(last + 2, false, frames.pack(SpdyFrames.words(-1, 1 << 30)));
                default -> frames.open(last + 2, false, frames.pack(SpdyFrames.words(1, 1 << 30)));
            }
            // What follows must not be looked at any more.
            frames.control(6, 0, SpdyFrames.words(77));
        }

        @Override
        public void close() {
            frames.close();
        }
    }

    /** What a session made of some bytes. */
    private static final class Run {
        final Map<Integer, SpdyStream> streams = new TreeMap<>();
        final Map<Integer, StringBuilder> content = new TreeMap<>();
        final Map<Integer, Boolean> broken = new TreeMap<>();
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean refused;
        boolean over;

        Run(byte[] bytes, int most, long seed) {
            Random sizes = new Random(seed);
            Trickle in =
                    new Trickle(
                            bytes, () -> seed == -1 ? most : 1 + sizes.nextInt(most), this::drain);
            try (SpdySession session = new SpdySession(in, out, this::take)) {
                session.read();
                over = true;
                assertEquals(0, session.open(), "streams that are left");
            } catch (SpdyException e) {
                refused = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean take(SpdyStream stream) {
            if (!stream.header(REFUSED).isEmpty()) {
                return false;
            }
            streams.put(stream.id(), stream);
            content.put(stream.id(), new StringBuilder());
            // At the end of the session all are broken off.
            stream.onReset(() -> broken.put(stream.id(), true));
            return true;
        }

        /** Takes what has come so far, as a reader would, without waiting for more. */
        private void drain() {
            streams.forEach((id, stream) -> {
                try {
                    InputStream input = stream.input();
                    byte[] there = new byte[input.available()];
                    int count = there.length == 0 ? 0 : input.readNBytes(there, 0, there.length);
                    content.get(id).append(HexFormat.of().formatHex(there, 0, count));
                } catch (IOException e) {
                    assertTrue(broken.containsKey(id), e::toString);
                }
            });
        }
    }

    @Test
    void readsAsTheModelDoes() {
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < RUNS; i++) {
            try (Script script = new Script(random)) {
                script.write(25);
                Run run = new Run(script.frames.bytes(), 1 + random.nextInt(60), random.nextLong());
                assertEquals(script.wrong, run.refused, () -> "streams " + script.streams);
                refused += run.refused ? 1 : 0;
                check(script, run, run.refused);
            }
        }
        assertTrue(refused > RUNS / 50, "hardly any session was spoilt: " + refused);
    }

    /** Streams may be cut off anywhere; then what has come whole counts, and nothing else. */
    @Test
    void staysInOrderWhereverItIsCut() {
        Random random = new Random(SEED + 1);
        for (int i = 0; i < RUNS / 100; i++) {
            try (Script script = new Script(random)) {
                script.write(7);
                byte[] bytes = script.frames.bytes();
                for (int cut = 0; cut < bytes.length; cut++) {
                    Run run = new Run(Arrays.copyOf(bytes, cut), 1, 0);
                    List<String> said = answers(run.out.toByteArray());
                    assertEquals(
                            script.answers.subList(0, Math.min(said.size(), script.answers.size())),
                            said);
                    prefixes(script, run);
                }
                for (int size = 1; size <= 32; size++) {
                    check(script, new Run(bytes, size, -1), script.wrong);
                }
            }
        }
    }

    @Test
    void endsWhateverComes() {
        Random random = new Random(SEED + 2);
        for (int i = 0; i < RUNS; i++) {
            byte[] bytes = SpdyFrames.random(random, random.nextInt(400));
            if (bytes.length > 4 && random.nextBoolean()) {
                System.arraycopy(
                        new byte[] {(byte) 0x80, 3, 0, (byte) random.nextInt(12)}, 0, bytes, 0, 4);
            }
            Run run = new Run(bytes, 1 + random.nextInt(9), i);
            assertTrue(run.over || run.refused);
        }
    }

    private static void check(Script script, Run run, boolean cutShort) {
        assertEquals(script.answers, answers(run.out.toByteArray()));
        prefixes(script, run);
        script.streams.forEach((id, model) -> {
            SpdyStream stream = run.streams.get(id);
            if (model.headers.containsKey(REFUSED)) {
                assertEquals(null, stream);
                return;
            }
            model.headers.forEach((name, value) -> assertEquals(value, stream.header(name)));
            // What a broken stream had not been asked for is gone.
            if (!cutShort && !model.broken) {
                assertEquals(model.content, run.content.get(id).toString());
            }
        });
    }

    private static void prefixes(Script script, Run run) {
        run.content.forEach((id, content) ->
                assertTrue(
                        script.streams.get(id).content.startsWith(content.toString()),
                        () -> "stream " + id));
    }

    /** Takes apart what the server has sent. */
    private static List<String> answers(byte[] bytes) {
        List<String> answers = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int head = word(bytes, at);
            int length = word(bytes, at + 4) & 0xff_ffff;
            assertEquals(0x8003, head >>> 16, "a control frame");
            int first = word(bytes, at + 8);
            switch (head & 0xffff) {
                case 2 -> answers.add("reply " + first);
                case 3 -> answers.add("reset " + first + " " + word(bytes, at + 12));
                case 6 -> answers.add("ping " + first);
                default -> answers.add("frame " + (head & 0xffff));
            }
            at += 8 + length;
        }
        return answers;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }
}
