package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.server.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS to a pod. As in Kubernetes the pod's certificate is not checked: the way to it is what is
 * trusted.
 *
 * @param socket the secured socket
 * @param plain what it runs over
 */
record TlsConnection(SSLSocket socket, PodConnection plain) implements PodConnection {

    /** Shakes hands over a connection, which is closed when that fails. */
    static TlsConnection over(PodConnection plain) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anyone()}, new SecureRandom());
            SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(new Carrier(plain), "localhost", 443, true);
            socket.startHandshake();
            return new TlsConnection(socket, plain);
        } catch (GeneralSecurityException e) {
            plain.close();
            throw new IOException(e);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    @Override
    public InputStream input() {
        try {
            return socket.getInputStream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public OutputStream output() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() {
        plain.close();
    }

    /** Makes a connection look like the socket that JSSE wants to run over. */
    private static final class Carrier extends Socket {

        private final PodConnection plain;

        Carrier(PodConnection plain) {
            this.plain = plain;
        }

        @Override
        public InputStream getInputStream() {
            return plain.input();
        }

        @Override
        public OutputStream getOutputStream() {
            return plain.output();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InetAddress getInetAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 443);
        }

        @Override
        public void shutdownOutput() throws IOException {
            plain.shutdownOutput();
        }

        @Override
        public synchronized void close() throws IOException {
            plain.close();
            super.close();
        }
    }

    private static final class Anyone implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
