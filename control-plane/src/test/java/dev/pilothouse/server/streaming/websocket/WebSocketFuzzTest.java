package dev.pilothouse.server.streaming.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.streaming.Trickle;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random frames of a client against RFC 6455 as a simple model has it: which messages come out,
 * what is answered, and how it ends. The seed is the system property {@code fuzz.seed}.
 */
@Timeout(240)
class WebSocketFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 20_260_502L);
    private static final int RUNS = Integer.getInteger("fuzz.frames", 3_000);
    private static final int MOST = 300;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /**
     * One frame as it is sent.
     *
     * @param lengthBytes 0, 2 or 8 bytes that say how long it is
     * @param claimed the length that it says
     */
    private record Frame(
            boolean last,
            int reserved,
            int opcode,
            boolean masked,
            int lengthBytes,
            long claimed,
            byte[] payload) {

        void write(DataOutputStream out, Random random) throws IOException {
            out.writeByte((last ? 0x80 : 0) | reserved << 4 | opcode);
            int mask = masked ? 0x80 : 0;
            switch (lengthBytes) {
                case 0 -> out.writeByte(mask | (int) claimed);
                case 2 -> {
                    out.writeByte(mask | 126);
                    out.writeShort((int) claimed);
                }
                default -> {
                    out.writeByte(mask | 127);
                    out.writeLong(claimed);
                }
            }
            byte[] key = new byte[4];
            if (masked) {
                random.nextBytes(key);
                out.write(key);
            }
            for (int i = 0; i < payload.length; i++) {
                out.writeByte(payload[i] ^ key[i % 4]);
            }
        }
    }

    /** What must come out: messages, answers to pings and the close code, 0 for a lost client. */
    private record Outcome(List<String> messages, List<String> pongs, int closed) {}

    @Test
    void readsAsTheModelDoes() {
        Random random = new Random(SEED);
        for (int run = 0; run < RUNS; run++) {
            List<Frame> frames = frames(random);
            byte[] bytes = bytes(frames, random);
            Outcome expected = model(frames);
            long seed = random.nextLong();
            int most = 1 + random.nextInt(40);
            assertEquals(expected, read(bytes, most, seed), () -> "frames " + frames);
        }
    }

    @Test
    void staysInOrderWhereverItIsCut() {
        Random random = new Random(SEED + 1);
        for (int run = 0; run < RUNS / 100; run++) {
            List<Frame> frames = frames(random);
            byte[] bytes = bytes(frames, random);
            Outcome whole = model(frames);
            for (int cut = 0; cut < bytes.length; cut++) {
                Outcome outcome = read(Arrays.copyOf(bytes, cut), 1, 0);
                assertTrue(startsWith(whole.messages(), outcome.messages()));
                assertTrue(startsWith(whole.pongs(), outcome.pongs()));
                assertTrue(
                        outcome.closed() == 0 || outcome.closed() == whole.closed(),
                        () -> outcome + " of " + whole);
            }
            // A piece may end anywhere.
            for (int size = 1; size <= Math.min(bytes.length, 64); size++) {
                assertEquals(whole, read(bytes, size, -1));
            }
        }
    }

    @Test
    void endsWhateverComes() {
        Random random = new Random(SEED + 2);
        for (int run = 0; run < RUNS; run++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            read(bytes, 1 + random.nextInt(9), run);
        }
    }

    /** Bytes that arrive one by one in frames of their own must not cost the square of them. */
    @Test
    @Timeout(60)
    void joinsManySmallPieces() throws IOException {
        int count = 400_000;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = {0, (byte) 0x81, 0, 0, 0, 0, 'x'};
        bytes.writeBytes(new byte[] {2, (byte) 0x80, 0, 0, 0, 0});
        for (int i = 0; i < count; i++) {
            bytes.writeBytes(piece);
        }
        bytes.writeBytes(new byte[] {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0});
        WebSocketConnection connection =
                new WebSocketConnection(
                        new Trickle(bytes.toByteArray(), () -> 8192, () -> {}),
                        new ByteArrayOutputStream(),
                        count);
        Message message = connection.read();
        assertEquals(count, message == null ? -1 : message.bytes().length);
    }

    private static boolean startsWith(List<String> whole, List<String> part) {
        return part.size() <= whole.size() && whole.subList(0, part.size()).equals(part);
    }

    private static List<Frame> frames(Random random) {
        List<Frame> frames = new ArrayList<>();
        boolean open = false;
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            boolean wild = random.nextInt(25) == 0;
            int kind = random.nextInt(8);
            int opcode;
            boolean last = true;
            if (wild) {
                opcode = random.nextInt(16);
                last = random.nextBoolean();
            } else if (kind == 0) {
                opcode = random.nextBoolean() ? PING : PONG;
            } else if (kind == 1 && random.nextInt(6) == 0) {
                opcode = CLOSE;
            } else {
                opcode = open ? CONTINUATION : random.nextBoolean() ? TEXT : BINARY;
                last = random.nextInt(3) > 0;
                open = !last;
            }
            frames.add(frame(last, opcode, random));
        }
        return frames;
    }

    private static Frame frame(boolean last, int opcode, Random random) {
        int size =
                switch (random.nextInt(8)) {
                    case 0 -> 0;
                    case 1 -> 120 + random.nextInt(12);
                    case 2 -> random.nextInt(MOST + 20);
                    default -> random.nextInt(20);
                };
        if (opcode >= CLOSE && size > 125 && random.nextInt(4) > 0) {
            size = 125;
        }
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        int needed = size < 126 ? 0 : 2;
        int lengthBytes = random.nextInt(10) == 0 ? (needed == 0 ? 2 : 8) : needed;
        long claimed = size;
        if (random.nextInt(60) == 0) {
            lengthBytes = 8;
            claimed = random.nextBoolean() ? random.nextLong() : MOST + 1L + random.nextInt(9);
            // What else there is must not be read as its content.
            claimed = claimed >= 0 && claimed <= MOST ? Long.MIN_VALUE : claimed;
        }
        int reserved = random.nextInt(60) == 0 ? 1 + random.nextInt(7) : 0;
        boolean masked = random.nextInt(60) > 0;
        return new Frame(last, reserved, opcode, masked, lengthBytes, claimed, payload);
    }

    private static byte[] bytes(List<Frame> frames, Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Frame frame : frames) {
                frame.write(out, random);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Outcome model(List<Frame> frames) {
        List<String> messages = new ArrayList<>();
        List<String> pongs = new ArrayList<>();
        String unfinished = null;
        boolean text = false;
        for (Frame frame : frames) {
            boolean control = frame.opcode() >= CLOSE;
            boolean wrong =
                    frame.reserved() != 0
                            || (control && (!frame.last() || frame.claimed() > 125))
                            || !frame.masked();
            if (wrong) {
                return new Outcome(messages, pongs, 1002);
            }
            int before = unfinished == null ? 0 : unfinished.length() / 2;
            if (frame.claimed() < 0 || before + frame.claimed() > MOST || frame.claimed() > MOST) {
                return new Outcome(messages, pongs, 1009);
            }
            String content = HexFormat.of().formatHex(frame.payload());
            switch (frame.opcode()) {
                case PING -> pongs.add(content);
                case PONG -> {}
                case CLOSE -> {
                    return new Outcome(messages, pongs, 1000);
                }
                case TEXT, BINARY, CONTINUATION -> {
                    boolean first = frame.opcode() != CONTINUATION;
                    if (first != (unfinished == null)) {
                        return new Outcome(messages, pongs, 1002);
                    }
                    text = first ? frame.opcode() == TEXT : text;
                    unfinished = (unfinished == null ? "" : unfinished) + content;
                    if (frame.last()) {
                        messages.add((text ? "text " : "binary ") + unfinished);
                        unfinished = null;
                    }
                }
                default -> {
                    return new Outcome(messages, pongs, 1002);
                }
            }
        }
        return new Outcome(messages, pongs, 0);
    }

    /** Reads all; {@code seed} -1 has all pieces as large as they may be. */
    private static Outcome read(byte[] bytes, int most, long seed) {
        Random sizes = new Random(seed);
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        WebSocketConnection connection =
                new WebSocketConnection(
                        new Trickle(
                                bytes, () -> seed == -1 ? most : 1 + sizes.nextInt(most), () -> {}),
                        answers,
                        MOST);
        List<String> messages = new ArrayList<>();
        boolean lost = false;
        try {
            @Nullable Message message = connection.read();
            while (message != null) {
                String content = HexFormat.of().formatHex(message.bytes());
                messages.add((message.text() ? "text " : "binary ") + content);
                message = connection.read();
            }
        } catch (EOFException e) {
            lost = true;
        } catch (WebSocketException e) {
            assertTrue(e.code() == 1002 || e.code() == 1009, e::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answered(messages, answers.toByteArray(), lost);
    }

    /** Takes apart what was answered: frames of a server are short here, and never masked. */
    private static Outcome answered(List<String> messages, byte[] answers, boolean lost) {
        List<String> pongs = new ArrayList<>();
        int closed = 0;
        int at = 0;
        while (at < answers.length) {
            int opcode = answers[at] & 0x0f;
            assertEquals(0x80, answers[at] & 0xf0, "one whole frame");
            int length = answers[at + 1];
            assertTrue(length >= 0 && length <= 125, "not masked and short");
            assertEquals(0, closed, "nothing comes after a close");
            byte[] payload = Arrays.copyOfRange(answers, at + 2, at + 2 + length);
            if (opcode == PONG) {
                pongs.add(HexFormat.of().formatHex(payload));
            } else {
                assertEquals(CLOSE, opcode);
                closed = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
            }
            at += 2 + length;
        }
        assertEquals(lost, closed == 0, "either it was lost or it was closed");
        return new Outcome(messages, pongs, closed);
    }
}
