package dev.pilothouse.server.streaming.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Numbered channels over a WebSocket: binary messages whose first byte is the channel, or text ones
 * with a digit and Base64. Source: apimachinery util/httpstream/wsstream.
 *
 * @param socket the WebSocket
 * @param base64 whether messages are text
 */
public record ChannelMessages(WebSocketConnection socket, boolean base64) {

    /** Sends bytes on a channel. */
    public void send(int channel, byte[] bytes, int offset, int length) throws IOException {
        if (!base64) {
            socket.sendBinary(channel, bytes, offset, length);
            return;
        }
        byte[] content = Arrays.copyOfRange(bytes, offset, offset + length);
        byte[] text = Base64.getEncoder().encode(content);
        socket.sendText((char) ('0' + channel) + new String(text, StandardCharsets.US_ASCII));
    }

    /** A message as its channel, one byte, and its bytes; empty when it is not well-formed. */
    public byte[] decode(Message message) {
        byte[] text = message.bytes();
        if (!base64 || text.length == 0) {
            return text;
        }
        try {
            byte[] content = Base64.getDecoder().decode(Arrays.copyOfRange(text, 1, text.length));
            byte[] bytes = new byte[content.length + 1];
            bytes[0] = (byte) (text[0] - '0');
            System.arraycopy(content, 0, bytes, 1, content.length);
            return bytes;
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
