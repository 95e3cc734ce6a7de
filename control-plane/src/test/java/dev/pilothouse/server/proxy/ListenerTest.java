package dev.pilothouse.server.proxy;

import static dev.pilothouse.server.proxy.FixedSlices.WEB;
import static dev.pilothouse.server.proxy.FixedSlices.ready;
import static dev.pilothouse.server.proxy.FixedSlices.slice;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.server.node.NodeAgents;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerTest {

    private final FixedSlices slices = new FixedSlices();
    private Listener listener;
    private ServerSocket echo;

    @BeforeEach
    void start() throws IOException {
        Backends backends = new Backends(slices, InstantSource.system());
        Dialer dialer = new Dialer(new NodeAgents());
        listener = Listener.open(WEB, LoopbackAddresses.LOCALHOST, 0, backends, dialer);
        echo = new ServerSocket(0, 10, LoopbackAddresses.LOCALHOST);
        Thread.ofVirtual().start(this::echo);
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
        echo.close();
    }

    /** Sends back what comes, and what is left after the end of the input. */
    private void echo() {
        while (!echo.isClosed()) {
            try (Socket client = echo.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
                client.getOutputStream().write("end".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The next one, please.
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(listener.address());
        return socket;
    }

    @Test
    void carriesBothWaysAndPassesOnTheEndOfOneWay() throws IOException {
        slices.set(slice(echo.getLocalPort(), ready("127.0.0.1")));
        byte[] sent = new byte[3 << 20];
        new Random(1).nextBytes(sent);
        try (Socket client = connect()) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            client.getOutputStream().write(sent);
                            client.shutdownOutput();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            InputStream in = client.getInputStream();
            assertArrayEquals(sent, in.readNBytes(sent.length));
            assertEquals("end", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void goesToNextEndpointWhenOneDoesNotAnswer() throws IOException {
        int dead;
        try (ServerSocket closed = new ServerSocket(0, 1, LoopbackAddresses.LOCALHOST)) {
            dead = closed.getLocalPort();
        }
        slices.set(slice(dead, ready("127.0.0.1")), slice(echo.getLocalPort(), ready("127.0.0.1")));
        for (int i = 0; i < 4; i++) {
            try (Socket client = connect()) {
                client.shutdownOutput();
                assertEquals(
                        "end",
                        new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void resetsWhenThereIsNoEndpoint() throws IOException {
        try (Socket client = connect()) {
            InputStream in = client.getInputStream();
            assertThrows(SocketException.class, in::read);
        }
    }

    @Test
    void endsConnectionsWhenTheServiceGoes() throws IOException {
        slices.set(slice(echo.getLocalPort(), ready("127.0.0.1")));
        try (Socket client = connect()) {
            client.getOutputStream().write('x');
            assertEquals('x', client.getInputStream().read());

            listener.close();

            assertEquals(-1, readOrReset(client));
            assertThrows(IOException.class, this::connect);
        }
    }

    private static int readOrReset(Socket client) {
        try {
            return client.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }
}
