package dev.pilothouse.server.streaming.forward;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.request.UpgradedConnection;
import dev.pilothouse.server.streaming.BytePipe;
import dev.pilothouse.server.streaming.KeepAlive;
import dev.pilothouse.server.streaming.websocket.ChannelMessages;
import dev.pilothouse.server.streaming.websocket.Message;
import dev.pilothouse.server.streaming.websocket.WebSocketConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards one connection per port over a WebSocket with two channels for each, data and errors,
 * both of which begin with the port's number. Source: kubelet cri/streaming/portforward
 * websocket.go; fabric8's client speaks it.
 */
final class ChannelForward {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelForward.class);

    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
    private static final int PIECE_BYTES = 32 * 1024;

    private final WebSocketConnection socket;
    private final ChannelMessages messages;
    private final PortConnector pod;
    private final List<Port> ports = new ArrayList<>();

    /** One port: what the client sends, and the channels to it. */
    private record Port(int number, int data, BytePipe pipe) {
        int error() {
            return data + 1;
        }
    }

    ChannelForward(
            UpgradedConnection connection,
            PortConnector pod,
            List<Integer> numbers,
            boolean base64) {
        this.socket =
                new WebSocketConnection(connection.input(), connection.output(), MAX_MESSAGE_BYTES);
        this.messages = new ChannelMessages(socket, base64);
        this.pod = pod;
        for (int number : numbers) {
            ports.add(new Port(number, ports.size() * 2, new BytePipe()));
        }
    }

    /** Forwards until all connections have ended or the client has gone. */
    void run() throws IOException {
        for (Port port : ports) {
            byte[] number = {(byte) port.number(), (byte) (port.number() >> 8)};
            messages.send(port.data(), number, 0, 2);
            messages.send(port.error(), number, 0, 2);
        }
        List<Thread> threads = new ArrayList<>();
        try (KeepAlive _ = KeepAlive.start(socket::ping, this::gone)) {
            for (Port port : ports) {
                threads.add(Thread.ofVirtual().name("port-forward").start(() -> forward(port)));
            }
            Thread.ofVirtual().name("stream-reader").start(this::read);
            for (Thread thread : threads) {
                thread.join();
            }
            socket.close(WebSocketConnection.NORMAL, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone();
        }
    }

    private void read() {
        try {
            for (Message message = socket.read(); message != null; message = socket.read()) {
                byte[] bytes = messages.decode(message);
                int channel = bytes.length == 0 ? -1 : bytes[0] & 0xff;
                if (channel >= 0 && channel % 2 == 0 && channel / 2 < ports.size()) {
                    byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length);
                    ports.get(channel / 2).pipe().put(content);
                }
            }
        } catch (IOException e) {
            LOG.debug("a client broke off", e);
        } finally {
            gone();
        }
    }

    private void gone() {
        ports.forEach(port -> port.pipe().fail(new IOException("the client has gone")));
    }

    private void forward(Port port) {
        try (PodConnection connection = pod.connect(port.number())) {
            Thread.ofVirtual().name("port-forward-up").start(() -> send(port, connection));
            receive(connection, port);
        } catch (IOException | ApiException e) {
            tell(port, pod.failure(port.number(), e));
        } finally {
            port.pipe().stopReading();
        }
    }

    private void receive(PodConnection connection, Port port) {
        byte[] buffer = new byte[PIECE_BYTES];
        try (InputStream in = connection.input()) {
            int count = in.read(buffer);
            while (count >= 0) {
                messages.send(port.data(), buffer, 0, count);
                count = in.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("a forwarded connection was broken off", e);
        }
    }

    private static void send(Port port, PodConnection to) {
        byte[] buffer = new byte[PIECE_BYTES];
        try {
            InputStream from = port.pipe().input();
            int count = from.read(buffer);
            while (count >= 0) {
                to.output().write(buffer, 0, count);
                to.output().flush();
                count = from.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("a forwarded connection was broken off", e);
            to.close();
        }
    }

    private void tell(Port port, String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        try {
            messages.send(port.error(), text, 0, text.length);
        } catch (IOException e) {
            LOG.debug("a client has gone", e);
        }
    }
}
