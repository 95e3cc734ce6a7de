package dev.pilothouse.server.streaming.spdy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The server's end of a session. The client opens the streams. Windows of flow control are neither
 * kept nor sent, because kubectl knows none: a stream that is not read in time stops the session
 * until it is. One thread runs {@link #read}; the rest is thread-safe.
 */
public final class SpdySession implements AutoCloseable {

    /** Hears of new streams, on the thread that reads; must not block. */
    @FunctionalInterface
    public interface Acceptor {
        /** Takes a stream; false refuses it. */
        boolean opened(SpdyStream stream) throws IOException;
    }

    static final int CANCEL = 5;
    private static final int PROTOCOL_ERROR = 1;
    private static final int INVALID_STREAM = 2;
    private static final int REFUSED_STREAM = 3;

    private static final int VERSION = 3;
    private static final int SYN_STREAM = 1;
    private static final int SYN_REPLY = 2;
    private static final int RST_STREAM = 3;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int HEADERS = 8;
    private static final int FIN = 1;

    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int MAX_CONTROL_BYTES = 64 * 1024;
    private static final int MAX_STREAMS = 2048;
    private static final int PIECE_BYTES = 32 * 1024;

    /** kubectl waits for ever for a reply that has no header at all. */
    private static final Map<String, String> REPLY = Map.of("server", "pilothouse");

    private final DataInputStream in;
    private final OutputStream out;
    private final Acceptor acceptor;
    private final HeaderBlocks blocks = new HeaderBlocks(MAX_HEADER_BYTES);
    private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
    private int lastStream;

    /** A session over a pair of streams, which it does not close. */
    public SpdySession(InputStream in, OutputStream out, Acceptor acceptor) {
        this.in = new DataInputStream(new BufferedInputStream(in, 16 * 1024));
        this.out = out;
        this.acceptor = acceptor;
    }

    /**
     * Reads until the client has gone, and then breaks off the streams that are left.
     *
     * @throws SpdyException when the client breaks the rules
     */
    public void read() throws IOException {
        IOException end = new IOException("the client has gone");
        try {
            while (frame()) {
                // One frame after the other.
            }
        } catch (EOFException e) {
            end.initCause(e);
        } catch (IOException e) {
            end = e;
            throw e;
        } finally {
            for (SpdyStream stream : List.copyOf(streams.values())) {
                stream.broken(end);
            }
        }
    }

    /** Reads one frame; false at the end. */
    private boolean frame() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        int head = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int flags = in.readUnsignedByte();
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (head >= 0) {
            data(head, flags, length);
            return true;
        }
        if ((head >> 16 & 0x7fff) != VERSION) {
            throw new SpdyException("not a frame of SPDY/3");
        }
        if (length > MAX_CONTROL_BYTES) {
            throw new SpdyException("a control frame is too long");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        control(head & 0xffff, flags, body);
        return true;
    }

    private void data(int id, int flags, int length) throws IOException {
        SpdyStream stream = streams.get(id);
        int left = length;
        while (left > 0) {
            byte[] piece = in.readNBytes(Math.min(left, PIECE_BYTES));
            if (piece.length == 0) {
                throw new EOFException();
            }
            left -= piece.length;
            if (stream != null) {
                stream.received(piece);
            }
        }
        if (stream != null && (flags & FIN) != 0) {
            stream.receivedEnd();
        } else if (stream == null && (flags & FIN) == 0) {
            sendReset(id, INVALID_STREAM);
        }
    }

    private void control(int type, int flags, byte[] body) throws IOException {
        switch (type) {
            case SYN_STREAM -> open(flags, body);
            case SYN_REPLY, HEADERS -> {
                require(body, 4);
                // It belongs to the one compressed text of this direction.
                blocks.unpack(java.util.Arrays.copyOfRange(body, 4, body.length));
            }
            case RST_STREAM -> {
                require(body, 8);
                SpdyStream stream = streams.get(number(body, 0));
                if (stream != null) {
                    stream.broken(new IOException("the client has reset the stream"));
                }
            }
            case PING -> {
                require(body, 4);
                if ((number(body, 0) & 1) == 1) {
                    sendControl(PING, 0, body);
                }
            }
            default -> {
                // GOAWAY, SETTINGS, WINDOW_UPDATE and what is unknown change nothing here.
            }
        }
    }

    private void open(int flags, byte[] body) throws IOException {
        require(body, 10);
        int id = number(body, 0) & 0x7fff_ffff;
        Map<String, String> headers =
                blocks.unpack(java.util.Arrays.copyOfRange(body, 10, body.length));
        if ((id & 1) == 0 || id <= lastStream) {
            sendReset(id, PROTOCOL_ERROR);
            return;
        }
        lastStream = id;
        if (streams.size() >= MAX_STREAMS) {
            sendReset(id, REFUSED_STREAM);
            return;
        }
        SpdyStream stream = new SpdyStream(this, id, headers);
        streams.put(id, stream);
        sendReply(id);
        if (!acceptor.opened(stream)) {
            stream.reset();
        } else if ((flags & FIN) != 0) {
            stream.receivedEnd();
        }
    }

    private static void require(byte[] body, int length) throws SpdyException {
        if (body.length < length) {
            throw new SpdyException("a frame is cut off");
        }
    }

    private static int number(byte[] body, int at) {
        return (body[at] & 0xff) << 24
                | (body[at + 1] & 0xff) << 16
                | (body[at + 2] & 0xff) << 8
                | body[at + 3] & 0xff;
    }

    void forget(int id) {
        streams.remove(id);
    }

    /** How many streams are open. */
    public int open() {
        return streams.size();
    }

    void sendData(int id, boolean last, byte[] bytes, int offset, int length) throws IOException {
        synchronized (out) {
            writeInt(id);
            writeInt((last ? FIN : 0) << 24 | length);
            out.write(bytes, offset, length);
            out.flush();
        }
    }

    void sendReset(int id, int status) throws IOException {
        sendControl(RST_STREAM, 0, bytes(id, status));
    }

    /** Asks the client whether it is there; its answer is passed over. */
    public void ping() throws IOException {
        sendControl(PING, 0, bytes(2));
    }

    /** Tells the client to open no more streams. */
    public void sendGoAway() throws IOException {
        sendControl(GOAWAY, 0, bytes(lastStream, 0));
    }

    private void sendReply(int id) throws IOException {
        synchronized (out) {
            byte[] block = blocks.pack(REPLY);
            byte[] body = java.util.Arrays.copyOf(bytes(id), 4 + block.length);
            System.arraycopy(block, 0, body, 4, block.length);
            sendControl(SYN_REPLY, 0, body);
        }
    }

    private void sendControl(int type, int flags, byte[] body) throws IOException {
        synchronized (out) {
            writeInt(0x8000_0000 | VERSION << 16 | type);
            writeInt(flags << 24 | body.length);
            out.write(body);
            out.flush();
        }
    }

    private static byte[] bytes(int... numbers) {
        byte[] bytes = new byte[numbers.length * 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (numbers[i / 4] >> 24 - i % 4 * 8);
        }
        return bytes;
    }

    private void writeInt(int number) throws IOException {
        out.write(bytes(number));
    }

    /** Frees what compression holds; to be called when {@link #read} has returned. */
    @Override
    public void close() {
        blocks.close();
    }
}
