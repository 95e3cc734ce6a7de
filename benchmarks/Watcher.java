import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLSocket;

/**
 * A watch that reads bytes and looks for nothing but when each event was made: a hundred of them
 * have to share two cores with the server that they measure.
 */
final class Watcher {

    /** Stands before the time, in nanoseconds of this process, in each event that counts. */
    static final String MARK = "\"made\":\"";

    private static final byte[] MARKED = MARK.getBytes(StandardCharsets.US_ASCII);

    private final LongConsumer seen;

    // Where the last read ended: how much of the mark has been seen, and the digits behind it.
    private int marked;
    private long made;

    private Watcher(LongConsumer seen) {
        this.seen = seen;
    }

    /** Opens a watch on a connection and a thread of its own; returns once it has been answered. */
    static void open(URI url, LongConsumer seen) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        Https.anyServer()
                                .getSocketFactory()
                                .createSocket(url.getHost(), url.getPort());
        String request =
                "GET %s?%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(url.getRawPath(), url.getRawQuery(), url.getHost(), Https.TOKEN);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        byte[] status = in.readNBytes("HTTP/1.1 200".length());
        if (!new String(status, StandardCharsets.US_ASCII).endsWith(" 200")) {
            throw new IOException(url + " was not answered by 200");
        }
        Thread.ofPlatform().daemon().start(() -> new Watcher(seen).read(in));
    }

    private void read(InputStream in) {
        byte[] bytes = new byte[1 << 16];
        try {
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    take(bytes[i]);
                }
            }
        } catch (IOException e) {
            // The server has gone: what was not delivered is missing in the count.
        }
    }

    private void take(byte next) {
        if (marked < MARKED.length) {
            marked = next == MARKED[marked] ? marked + 1 : next == MARKED[0] ? 1 : 0;
        } else if (next >= '0' && next <= '9') {
            made = made * 10 + next - '0';
        } else {
            seen.accept(made);
            marked = 0;
            made = 0;
        }
    }
}
