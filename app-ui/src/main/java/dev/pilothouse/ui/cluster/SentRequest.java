package dev.pilothouse.ui.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** A request that was sent, and what has become of it so far. Thread-safe. */
public final class SentRequest {

    /** The body is kept up to this many bytes. */
    static final int KEPT = 64 * 1024;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final Pattern STREAM = Pattern.compile("[?&](watch|follow)=(1|true)");

    private final long number;
    private final Instant at;
    private final String method;
    private final String path;
    private final String accept;
    private final String contentType;
    private final String body;
    private final long started = System.nanoTime();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long answered;
    private volatile long ended;
    private volatile int status;
    private volatile String failure = "";

    SentRequest(
            long number,
            Instant at,
            String method,
            String path,
            String accept,
            String contentType,
            String body) {
        this.number = number;
        this.at = at;
        this.method = method;
        this.path = path;
        this.accept = accept;
        this.contentType = contentType;
        this.body = body;
    }

    /** Counts the requests of a cluster, from 1. */
    public long number() {
        return number;
    }

    /** When it was sent. */
    public Instant at() {
        return at;
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** Path and query. */
    public String path() {
        return path;
    }

    /** The forms of answer that were asked for. */
    public String accept() {
        return accept;
    }

    /** The form of the body, empty without one. */
    public String contentType() {
        return contentType;
    }

    /** The body, cut off where it is very long; empty without one. */
    public String body() {
        return body;
    }

    /** The HTTP status; 0 before there is an answer and when there was none. */
    public int status() {
        return status;
    }

    /** Why there was no answer, empty when there was or may still be one. */
    public String failure() {
        return failure;
    }

    /** Bytes of the answer's body that have come so far. */
    public long bytes() {
        return bytes.get();
    }

    /** Whether the answer, a watch or a log is still coming. */
    public boolean isOpen() {
        return ended == 0;
    }

    /** Until the answer began; so far, when it has not. */
    public Duration waited() {
        long until = answered == 0 ? ended : answered;
        return Duration.ofNanos((until == 0 ? System.nanoTime() : until) - started);
    }

    /** Whether it changes something. */
    public boolean isChange() {
        return !ApiPaths.isQuestion(method, path);
    }

    void answered(int code) {
        status = code;
        answered = System.nanoTime();
    }

    void received(long more) {
        bytes.addAndGet(more);
    }

    void ended() {
        if (ended == 0) {
            ended = System.nanoTime();
        }
    }

    void failed(String reason) {
        failure = reason;
        ended();
    }

    /** Whether its answer goes on as long as somebody listens, and so may begin late. */
    boolean isStream() {
        return status == SWITCHING_PROTOCOLS || STREAM.matcher(path).find();
    }
}
