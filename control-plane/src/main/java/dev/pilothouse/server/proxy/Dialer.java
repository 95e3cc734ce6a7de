package dev.pilothouse.server.proxy;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.node.PodRef;
import dev.pilothouse.server.proxy.Backends.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to endpoints: to pods through the agent of their node, to everything else as this
 * machine reaches it.
 */
final class Dialer {

    private static final int TIMEOUT_MILLIS = 3_000;

    private final NodeAgents agents;

    Dialer(NodeAgents agents) {
        this.agents = agents;
    }

    /**
     * Opens a connection.
     *
     * @throws IOException when the endpoint does not answer
     */
    PodConnection dial(Backend backend) throws IOException {
        PodRef pod = backend.endpoint().pod();
        NodeAgent agent = pod == null ? null : agents.find(backend.endpoint().node());
        return pod == null || agent == null ? plain(backend) : throughAgent(agent, pod, backend);
    }

    private static PodConnection throughAgent(NodeAgent agent, PodRef pod, Backend backend)
            throws IOException {
        try {
            return agent.connect(pod, backend.port());
        } catch (ApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static PodConnection plain(Backend backend) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(backend.endpoint().address(), backend.port()),
                    TIMEOUT_MILLIS);
            return new PlainConnection(socket, socket.getInputStream(), socket.getOutputStream());
        } catch (SocketTimeoutException e) {
            close(socket);
            throw new IOException(backend.endpoint().address() + " does not answer", e);
        } catch (IOException e) {
            close(socket);
            throw e;
        }
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // Nothing is left to be lost.
        }
    }

    private record PlainConnection(Socket socket, InputStream input, OutputStream output)
            implements PodConnection {

        @Override
        public void shutdownOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public void close() {
            Dialer.close(socket);
        }
    }
}
