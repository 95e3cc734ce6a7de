package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Gives ports of the host to sandboxes. Thread-safe. */
final class PortAllocator {

    private static final int ATTEMPTS = 100;

    private final Set<String> taken = new HashSet<>();

    /** A port is in use by a sandbox of an earlier run. */
    synchronized void claim(String protocol, int port) {
        taken.add(protocol + "/" + port);
    }

    /**
     * A port that is free now and given to nobody else.
     *
     * @param protocol {@code TCP} or {@code UDP}
     */
    synchronized int allocate(String protocol) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = free(protocol);
            if (taken.add(protocol + "/" + port)) {
                return port;
            }
        }
        throw new CriException(Code.INTERNAL, "no free " + protocol + " port was found");
    }

    /** A port is given back. */
    synchronized void release(String protocol, int port) {
        taken.remove(protocol + "/" + port);
    }

    private static int free(String protocol) {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try {
            if (protocol.equals("UDP")) {
                try (DatagramSocket socket =
                        new DatagramSocket(new InetSocketAddress(loopback, 0))) {
                    return socket.getLocalPort();
                }
            }
            try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
                return socket.getLocalPort();
            }
        } catch (IOException e) {
            throw new CriException(
                    Code.INTERNAL, "no free " + protocol + " port was found: " + e.getMessage(), e);
        }
    }
}
