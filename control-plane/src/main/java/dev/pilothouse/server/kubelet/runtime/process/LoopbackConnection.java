package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection to a port of the host's loopback addresses. */
final class LoopbackConnection implements PodConnection {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;

    private LoopbackConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
    }

    /** Tries the address of the fourth version first, then that of the sixth, as programs do. */
    static LoopbackConnection open(int port) throws IOException {
        try {
            return open("127.0.0.1", port);
        } catch (IOException first) {
            try {
                return open("::1", port);
            } catch (IOException second) {
                first.addSuppressed(second);
                throw first;
            }
        }
    }

    private static LoopbackConnection open(String address, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral(address), port), TIMEOUT_MILLIS);
            return new LoopbackConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "dial tcp4 127.0.0.1:" + port + ": connect: " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing is left to do with it.
            return;
        }
    }
}
