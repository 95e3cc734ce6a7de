package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a port of a simulated pod: whatever is asked in HTTP, the answer is a text that
 * says who would have answered. Other protocols get no answer.
 */
final class CannedHttp implements PodConnection {

    private static final int LONGEST_HEAD = 64 << 10;

    private final PodView pod;
    private final int port;
    private final PipedInputStream answers = new PipedInputStream(1 << 14);
    private final PipedOutputStream answer = new PipedOutputStream();
    private final StringBuilder head = new StringBuilder();
    private boolean answered;

    /** Opens a connection. */
    CannedHttp(PodView pod, int port) throws IOException {
        this.pod = pod;
        this.port = port;
        answer.connect(answers);
    }

    @Override
    public InputStream input() {
        return answers;
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                take((char) (b & 0xff));
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int i = offset; i < offset + length; i++) {
                    take((char) (bytes[i] & 0xff));
                }
            }
        };
    }

    @Override
    public void shutdownOutput() throws IOException {
        synchronized (head) {
            if (!answered) {
                answered = true;
                answer.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            answer.close();
            answers.close();
        } catch (IOException _) {
            // Pipes in memory: nothing is lost.
        }
    }

    private void take(char c) throws IOException {
        synchronized (head) {
            if (answered) {
                return;
            }
            head.append(c);
            int length = head.length();
            boolean whole = length >= 4 && head.substring(length - 4).equals("\r\n\r\n");
            if (whole || length > LONGEST_HEAD) {
                answered = true;
                answer.write(response());
                answer.close();
            }
        }
    }

    private byte[] response() {
        String line = head.substring(0, Math.max(0, head.indexOf("\r\n")));
        String body =
                """
                This answer is simulated: nothing listens here.
                pod: %s/%s
                node: %s
                port: %d
                request: %s
                """
                        .formatted(pod.namespace(), pod.name(), pod.node(), port, line);
        boolean isHead = line.startsWith("HEAD ");
        String response =
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "X-Simulated: true\r\nConnection: close\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length
                        + "\r\n\r\n"
                        + (isHead ? "" : body);
        return response.getBytes(StandardCharsets.UTF_8);
    }
}
