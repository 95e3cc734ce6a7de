package dev.pilothouse.ui.cluster;

import dev.pilothouse.ui.i18n.Texts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The requests that were sent to a cluster, the last ones of them. Thread-safe. */
public final class RequestLog {

    private static final Pattern SECRETS = Pattern.compile("/secrets(/[^/]*)?$");

    /** So many are kept. */
    static final int KEPT = 5_000;

    private final InstantSource clock;
    private final Deque<SentRequest> requests = new ArrayDeque<>();
    private final List<Consumer<SentRequest>> followers = new CopyOnWriteArrayList<>();
    private final MinuteCounts sent;
    private final MinuteCounts refused;
    private long count;
    private long throttled;
    private Contact contact = Contact.NONE;

    RequestLog(InstantSource clock) {
        this.clock = clock;
        sent = new MinuteCounts(clock);
        refused = new MinuteCounts(clock);
    }

    /** The requests that are kept, the oldest first. */
    public synchronized List<SentRequest> requests() {
        return new ArrayList<>(requests);
    }

    /** How many were sent. */
    public synchronized long count() {
        return count;
    }

    /** How many the server has refused because there were too many of them. */
    public synchronized long throttled() {
        return throttled;
    }

    /** How the server answers now, by the requests that were sent so far. */
    public synchronized Contact contact() {
        return contact;
    }

    /** How many were sent in each of the last {@link MinuteCounts#MINUTES}, the oldest first. */
    public synchronized int[] perMinute() {
        return sent.perMinute();
    }

    /** How many of the server's answers in those minutes were that there are too many. */
    public synchronized int[] throttledPerMinute() {
        return refused.perMinute();
    }

    /** Tells of every request that is sent or whose answer begins or ends, on any thread. */
    public void follow(Consumer<SentRequest> changed) {
        followers.add(changed);
    }

    /** Tells no longer. */
    public void leave(Consumer<SentRequest> changed) {
        followers.remove(changed);
    }

    /** What is in Secrets is not kept, nor shown. */
    private static String kept(String path, byte[] body) {
        if (body.length > 0 && SECRETS.matcher(path).find()) {
            return Texts.text("requests.secret");
        }
        return new String(body, 0, Math.min(body.length, SentRequest.KEPT), StandardCharsets.UTF_8);
    }

    SentRequest sent(HttpRequest request, byte[] body) {
        SentRequest next;
        synchronized (this) {
            sent.count(clock.instant());
            String query = request.uri().getRawQuery();
            next =
                    new SentRequest(
                            ++count,
                            clock.instant(),
                            request.method(),
                            request.uri().getRawPath() + (query == null ? "" : "?" + query),
                            request.headers().firstValue("Accept").orElse(""),
                            request.headers().firstValue("Content-Type").orElse(""),
                            kept(request.uri().getRawPath(), body));
            requests.add(next);
            if (requests.size() > KEPT) {
                requests.removeFirst();
            }
        }
        tell(next);
        return next;
    }

    void answered(SentRequest request, int code) {
        request.answered(code);
        synchronized (this) {
            contact = contact.answered(request, code, clock.instant());
            if (code == RefusedException.TOO_MANY) {
                throttled++;
                refused.count(clock.instant());
            }
        }
        tell(request);
    }

    /** The server has not answered, or cannot be reached. */
    void failed(SentRequest request, String reason) {
        request.failed(reason);
        synchronized (this) {
            contact = contact.failed(request, reason, clock.instant());
        }
        tell(request);
    }

    /** Nothing comes of it, which says nothing about the server: nobody waits any more, say. */
    void given(SentRequest request, String reason) {
        request.failed(reason);
        tell(request);
    }

    /** A body that counts what is read of it. */
    InputStream counting(SentRequest request, InputStream body) {
        return new Counting(request, body);
    }

    private void tell(SentRequest request) {
        followers.forEach(follower -> follower.accept(request));
    }

    private final class Counting extends FilterInputStream {

        private final SentRequest request;

        Counting(SentRequest request, InputStream body) {
            super(body);
            this.request = request;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? -1 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(read);
            return read;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                end();
            }
        }

        private void count(int read) {
            if (read < 0) {
                end();
            } else {
                request.received(read);
            }
        }

        private void end() {
            if (request.isOpen()) {
                request.ended();
                tell(request);
            }
        }
    }
}
