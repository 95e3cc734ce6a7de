package dev.pilothouse.ui.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that does what no good one does: a handler writes every byte of its answers. */
public final class FaultyServer implements AutoCloseable {

    private final ServerSocket listening;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** Answers one request; the connection ends when it returns. */
    @FunctionalInterface
    public interface Handler {
        /** Answers. */
        void answer(Request request, Reply reply) throws IOException, InterruptedException;
    }

    /** What was asked; header names are in small letters. */
    public record Request(String method, String path, Map<String, String> headers, long nanos) {

        /** Whether it asks for a watch. */
        public boolean isWatch() {
            return path.contains("watch=1");
        }
    }

    /** The way back. */
    public record Reply(Socket socket) {

        /** A whole answer. */
        public void send(int code, String type, String body, String... headers) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>(List.of(headers));
            lines.add("Content-Length: " + bytes.length);
            head(code, type, lines);
            write(bytes);
        }

        /** Begins an answer that ends with the connection. */
        public void begin(int code, String type) throws IOException {
            head(code, type, List.of());
        }

        /** Writes text as it is. */
        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Writes bytes as they are. */
        public void write(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        /** Ends the connection as a crash does. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private void head(int code, String type, List<String> headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + code + " x\r\n");
            head.append("Connection: close\r\nContent-Type: ").append(type).append("\r\n");
            headers.forEach(line -> head.append(line).append("\r\n"));
            write(head.append("\r\n").toString());
        }
    }

    /** Listens at once, on loopback. */
    public FaultyServer(Handler handler) throws IOException {
        this.handler = handler;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("faulty server").start(this::accept);
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** What was asked so far. */
    public List<Request> requests() {
        return requests;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(socket);
            requests.add(request);
            handler.answer(request, new Reply(socket));
        } catch (IOException | UncheckedIOException e) {
            // The client has gone away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static Request read(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String first = reader.readLine();
        if (first == null) {
            throw new IOException("nothing asked");
        }
        String[] words = first.split(" ");
        if (words.length != 3) {
            throw notHttp(socket);
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = reader.readLine();
                line != null && !line.isEmpty();
                line = reader.readLine()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw notHttp(socket);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Request(words[0], words[1], headers, System.nanoTime());
    }

    /** As servers answer those who speak TLS to a port that does not. */
    private static IOException notHttp(Socket socket) throws IOException {
        String no = "HTTP/1.0 400 Bad Request\r\n\r\nThis is a port without TLS.\n";
        socket.getOutputStream().write(no.getBytes(StandardCharsets.US_ASCII));
        return new IOException("not HTTP");
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
