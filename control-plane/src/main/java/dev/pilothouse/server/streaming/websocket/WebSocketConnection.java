package dev.pilothouse.server.streaming.websocket;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of an open WebSocket without extensions. One thread reads; any thread sends.
 * Pings are answered by the thread that reads.
 */
public final class WebSocketConnection {

    /** Close code: done. */
    public static final int NORMAL = 1000;

    private static final int PROTOCOL_ERROR = 1002;
    private static final int TOO_BIG = 1009;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MAX_CONTROL_BYTES = 125;

    private final DataInputStream in;
    private final OutputStream out;
    private final int maxMessage;
    private boolean closeSent;

    /**
     * An open connection.
     *
     * @param in from the client
     * @param out to the client
     * @param maxMessage longest message that is taken, in bytes
     */
    public WebSocketConnection(InputStream in, OutputStream out, int maxMessage) {
        this.in = new DataInputStream(new BufferedInputStream(in, 16 * 1024));
        this.out = out;
        this.maxMessage = maxMessage;
    }

    /**
     * The next message, or null when the client has closed the WebSocket.
     *
     * @throws EOFException when the client has gone without closing it
     * @throws WebSocketException when it breaks the rules; it has been told so
     */
    public @Nullable Message read() throws IOException {
        try {
            return message();
        } catch (WebSocketException e) {
            close(e.code(), e.getMessage());
            throw e;
        }
    }

    private @Nullable Message message() throws IOException {
        ByteArrayOutputStream pieces = null;
        boolean text = false;
        while (true) {
            int first = in.readUnsignedByte();
            int opcode = first & 0x0f;
            boolean last = (first & FINAL) != 0;
            if ((first & 0x70) != 0) {
                throw new WebSocketException(PROTOCOL_ERROR, "reserved bits are set");
            }
            if (opcode >= CLOSE && !last) {
                throw new WebSocketException(PROTOCOL_ERROR, "a control frame is in pieces");
            }
            byte[] payload = payload(opcode, pieces == null ? 0 : pieces.size());
            switch (opcode) {
                case PING -> send(PONG, payload, 0, payload.length);
                case PONG -> {}
                case CLOSE -> {
                    close(NORMAL, "");
                    return null;
                }
                case TEXT, BINARY -> {
                    if (pieces != null) {
                        throw new WebSocketException(PROTOCOL_ERROR, "a message is unfinished");
                    }
                    text = opcode == TEXT;
                    if (last) {
                        return new Message(text, payload);
                    }
                    pieces = new ByteArrayOutputStream();
                    pieces.writeBytes(payload);
                }
                case CONTINUATION -> {
                    if (pieces == null) {
                        throw new WebSocketException(PROTOCOL_ERROR, "no message to continue");
                    }
                    pieces.writeBytes(payload);
                    if (last) {
                        return new Message(text, pieces.toByteArray());
                    }
                }
                default -> throw new WebSocketException(PROTOCOL_ERROR, "unknown opcode");
            }
        }
    }

    private byte[] payload(int opcode, int before) throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (opcode >= CLOSE && length > MAX_CONTROL_BYTES) {
            throw new WebSocketException(PROTOCOL_ERROR, "a control frame is too long");
        }
        if ((second & 0x80) == 0) {
            throw new WebSocketException(PROTOCOL_ERROR, "a frame is not masked");
        }
        if (length < 0 || length > maxMessage - before) {
            throw new WebSocketException(TOO_BIG, "a message is too long");
        }
        byte[] mask = new byte[4];
        in.readFully(mask);
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length) {
            throw new EOFException("the client has gone");
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    /** Sends a binary message that begins with one byte of its own, a channel's number. */
    public void sendBinary(int channel, byte[] bytes, int offset, int length) throws IOException {
        synchronized (out) {
            requireOpen();
            head(BINARY, length + 1);
            out.write(channel);
            out.write(bytes, offset, length);
            out.flush();
        }
    }

    /** Sends a binary message. */
    public void sendBinary(byte[] bytes, int offset, int length) throws IOException {
        send(BINARY, bytes, offset, length);
    }

    /** Sends a text message. */
    public void sendText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(TEXT, bytes, 0, bytes.length);
    }

    /** Asks the client whether it is there; its answer is passed over. */
    public void ping() throws IOException {
        send(PING, new byte[0], 0, 0);
    }

    /** Says that nothing more comes, once. */
    public void close(int code, @Nullable String reason) throws IOException {
        synchronized (out) {
            if (closeSent) {
                return;
            }
            byte[] text = (reason == null ? "" : reason).getBytes(StandardCharsets.UTF_8);
            int length = Math.min(text.length, MAX_CONTROL_BYTES - 2);
            byte[] payload = new byte[2 + length];
            payload[0] = (byte) (code >> 8);
            payload[1] = (byte) code;
            System.arraycopy(text, 0, payload, 2, length);
            send(CLOSE, payload, 0, payload.length);
            closeSent = true;
        }
    }

    private void send(int opcode, byte[] bytes, int offset, int length) throws IOException {
        synchronized (out) {
            if (closeSent && opcode == PONG) {
                return;
            }
            requireOpen();
            head(opcode, length);
            out.write(bytes, offset, length);
            out.flush();
        }
    }

    private void requireOpen() throws IOException {
        if (closeSent) {
            throw new IOException("the WebSocket has been closed");
        }
    }

    private void head(int opcode, int length) throws IOException {
        out.write(FINAL | opcode);
        if (length < 126) {
            out.write(length);
        } else if (length < 1 << 16) {
            out.write(126);
            out.write(length >> 8);
            out.write(length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write(shift >= 32 ? 0 : length >> shift);
            }
        }
    }
}
