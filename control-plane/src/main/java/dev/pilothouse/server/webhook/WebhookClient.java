package dev.pilothouse.server.webhook;

import dev.pilothouse.model.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends reviews to webhooks that prove their names by certificates. A name may belong to another
 * address than the one that is connected to, which the JDK's own HTTP client does not allow.
 * Blocks; thread-safe.
 */
public final class WebhookClient {

    private static final int CONNECT_MILLIS = 5000;

    private final SSLContext trust;

    /**
     * A client that trusts these authorities.
     *
     * @param caBundle PEM in base64; empty for the authorities this machine trusts
     * @throws IOException when they cannot be read
     */
    public WebhookClient(String caBundle) throws IOException {
        try {
            this.trust = caBundle.isEmpty() ? SSLContext.getDefault() : trusting(caBundle);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("unable to load root certificates: " + e.getMessage(), e);
        }
    }

    private static SSLContext trusting(String caBundle)
            throws GeneralSecurityException, IOException {
        byte[] pem = Base64.getMimeDecoder().decode(caBundle);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(pem))) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /**
     * Posts a review and returns the answer.
     *
     * @param timeout how long everything may take
     * @throws IOException when there is no answer of status 200 that is a JSON object
     */
    public ObjectNode post(WebhookTarget target, ObjectNode review, Duration timeout)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Socket plain = connect(target, deadline);
                SSLSocket socket = secure(plain, target)) {
            socket.setSoTimeout(left(deadline));
            socket.startHandshake();
            send(socket, target, Json.bytes(review));
            InputStream in = new BufferedInputStream(new Limited(socket, deadline));
            HttpAnswer answer = HttpAnswer.read(in);
            if (answer.status() != 200) {
                throw new IOException(refusal(answer));
            }
            if (Json.parse(answer.body()) instanceof ObjectNode object) {
                return object;
            }
            throw new IOException("the answer is not an object");
        } catch (SocketTimeoutException e) {
            throw new IOException("Post \"" + target.url() + "\": context deadline exceeded", e);
        } catch (JacksonException e) {
            throw new IOException("couldn't decode the answer: " + e.getOriginalMessage(), e);
        }
    }

    private static String refusal(HttpAnswer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        try {
            JsonNode status = Json.parse(answer.body());
            if (!Json.text(status, "message").isEmpty()) {
                return Json.text(status, "message");
            }
        } catch (JacksonException _) {
            // Not a Status; the text itself has to do.
        }
        return text.isEmpty() || text.length() > 2048
                ? "the server responded with the status code "
                        + answer.status()
                        + " but did not return more information"
                : text;
    }

    private static Socket connect(WebhookTarget target, long deadline) throws IOException {
        List<InetSocketAddress> addresses =
                target.addresses().isEmpty()
                        ? List.of(new InetSocketAddress(target.host(), target.port()))
                        : target.addresses();
        IOException first = null;
        for (InetSocketAddress address : addresses) {
            Socket socket = new Socket();
            try {
                if (address.isUnresolved()) {
                    throw new IOException("lookup " + target.host() + ": no such host");
                }
                socket.connect(address, Math.min(CONNECT_MILLIS, left(deadline)));
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                socket.close();
                first =
                        first == null
                                ? new IOException(
                                        "Post \""
                                                + target.url()
                                                + "\": dial tcp "
                                                + shown(address)
                                                + ": "
                                                + reason(e),
                                        e)
                                : first;
            }
        }
        throw first == null ? new IOException("no address") : first;
    }

    private static String shown(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String reason(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("Connection refused")
                ? "connect: connection refused"
                : failure instanceof SocketTimeoutException ? "i/o timeout" : message;
    }

    private SSLSocket secure(Socket plain, WebhookTarget target) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        trust.getSocketFactory()
                                .createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (target.host().indexOf(':') < 0 && !target.host().matches("[0-9.]+")) {
            parameters.setServerNames(List.of(new SNIHostName(target.host())));
        }
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static void send(SSLSocket socket, WebhookTarget target, byte[] body)
            throws IOException {
        String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
        String head =
                "POST "
                        + target.path()
                        + (target.path().contains("?") ? "&" : "?")
                        + "timeout=30s HTTP/1.1\r\nHost: "
                        + host
                        + ":"
                        + target.port()
                        + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                        + "User-Agent: kube-apiserver-admission\r\nConnection: close\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        var out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** Reads from a socket until the deadline, however little comes at a time. */
    private static final class Limited extends InputStream {

        private final SSLSocket socket;
        private final InputStream in;
        private final long deadline;

        Limited(SSLSocket socket, long deadline) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            socket.setSoTimeout(left(deadline));
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            socket.setSoTimeout(left(deadline));
            return in.read(buffer, offset, length);
        }
    }
}
