package dev.pilothouse.server.kubelet.probe;

import dev.pilothouse.model.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks by HTTP; certificates are not looked at, answers from 200 to 399 are good. Source:
 * pkg/probe/http.
 */
final class HttpProbe {

    private static final int LONGEST_BODY = 10 * 1024;

    private HttpProbe() {}

    static ProbeResult run(ObjectNode action, Target target, Duration timeout) {
        OptionalInt port = target.port(action);
        if (port.isEmpty()) {
            return new ProbeResult(
                    ProbeResult.Outcome.UNKNOWN, "couldn't find port: " + Json.at(action, "port"));
        }
        String host = Json.text(action, "host");
        String address = host.isEmpty() ? target.address() : host;
        boolean secure = Json.text(action, "scheme").equalsIgnoreCase("HTTPS");
        String path = Json.text(action, "path");
        if (!path.startsWith("/")) {
            path = "/" + path;
        }
        String url = (secure ? "https://" : "http://") + address + ":" + port.getAsInt() + path;
        try (Socket socket = new Socket()) {
            return ask(socket, action, address, port.getAsInt(), path, secure, timeout);
        } catch (SocketTimeoutException e) {
            return ProbeResult.failure(
                    "Get \""
                            + url
                            + "\": context deadline exceeded (Client.Timeout exceeded while awaiting"
                            + " headers)");
        } catch (IOException e) {
            return ProbeResult.failure(
                    "Get \"" + url + "\": " + TcpProbe.complaint(address, port.getAsInt(), e));
        }
    }

    private static ProbeResult ask(
            Socket plain,
            ObjectNode action,
            String address,
            int port,
            String path,
            boolean secure,
            Duration timeout)
            throws IOException {
        int millis = (int) timeout.toMillis();
        plain.connect(new InetSocketAddress(address, port), millis);
        plain.setSoTimeout(millis);
        Socket socket = plain;
        if (secure) {
            SSLSocket tls =
                    (SSLSocket)
                            trusting().getSocketFactory().createSocket(plain, address, port, true);
            tls.startHandshake();
            socket = tls;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", address + ":" + port);
        headers.put("User-Agent", "kube-probe/1.36");
        headers.put("Accept", "*/*");
        for (ObjectNode header : Json.objects(action, "httpHeaders")) {
            String name = Json.text(header, "name");
            headers.keySet().removeIf(known -> known.equalsIgnoreCase(name));
            headers.put(name, Json.text(header, "value"));
        }
        headers.put("Connection", "close");
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        request.append("\r\n");
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String status = line(in);
        String[] words = status.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/")) {
            throw new IOException("malformed HTTP response \"" + status + "\"");
        }
        int code = Integer.parseInt(words[1]);
        String body = body(in);
        return code >= 200 && code < 400
                ? ProbeResult.success(body)
                : ProbeResult.failure("HTTP probe failed with statuscode: " + code);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n' && line.size() < LONGEST_BODY; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        if (line.size() == 0) {
            throw new IOException("EOF");
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Passes over headers; a server that sends an endless body is not waited for. */
    private static String body(InputStream in) throws IOException {
        long length = Long.MAX_VALUE;
        while (true) {
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            int c = in.read();
            for (; c >= 0 && c != '\n' && header.size() < LONGEST_BODY; c = in.read()) {
                header.write(c);
            }
            String text = header.toString(StandardCharsets.ISO_8859_1).strip();
            if (text.isEmpty() || c < 0) {
                break;
            }
            if (text.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(text.substring(text.indexOf(':') + 1).strip());
            }
        }
        if (length == Long.MAX_VALUE) {
            return "";
        }
        return new String(
                in.readNBytes((int) Math.min(length, LONGEST_BODY)), StandardCharsets.UTF_8);
    }

    private static SSLContext trusting() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Probes ask whether a server answers, not who it is. */
    private static final class Trusting extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
