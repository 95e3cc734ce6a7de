package dev.pilothouse.ui.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContactTest {

    private static final byte[] NO_BODY = {};

    private Instant now = Instant.parse("2026-01-01T12:00:30Z");
    private final RequestLog log = new RequestLog(() -> now);

    @Test
    void isThatOfTheLastAnswerOrFailure() {
        assertInstanceOf(Connection.Connecting.class, log.contact().connection());

        log.answered(send("/version"), 403);
        assertEquals(new Connection.Live(), log.contact().connection());
        assertTrue(log.contact().lag().toNanos() > 0);
        Instant answered = now;

        now = now.plusSeconds(5);
        log.failed(send("/version"), "nobody there");
        assertEquals(new Connection.Lost("nobody there", answered), log.contact().connection());

        log.answered(send("/version"), 200);
        assertEquals(new Connection.Live(), log.contact().connection());
    }

    @Test
    void isNotLostByWhatSaysNothingAboutTheServer() {
        SentRequest slow = send("/api/v1/pods");
        now = now.plusSeconds(1);
        log.answered(send("/version"), 200);

        log.failed(slow, "takes too long");
        log.given(send("/version"), "the page was closed");

        assertEquals(new Connection.Live(), log.contact().connection());
    }

    @Test
    void isLostWhenTheServerNoLongerKnowsTheUser() {
        log.answered(send("/version"), 401);

        assertInstanceOf(Connection.Lost.class, log.contact().connection());
    }

    @Test
    void isNotSlowBecauseAStreamWaitsForNews() throws InterruptedException {
        log.answered(send("/version"), 200);
        Duration lag = log.contact().lag();
        SentRequest watch = send("/api/v1/pods?watch=1&resourceVersion=3");
        SentRequest logs = send("/api/v1/namespaces/a/pods/b/log?follow=true");
        Thread.sleep(2);

        log.answered(watch, 200);
        log.answered(logs, 200);
        log.answered(send("/api/v1/namespaces/a/pods/b/exec"), 101);

        assertEquals(lag, log.contact().lag());
    }

    @Test
    void requestsAndRefusalsAreCountedByTheMinute() {
        log.answered(send("/version"), 200);
        now = now.plusSeconds(60);
        log.answered(send("/version"), 429);
        log.answered(send("/version"), 200);

        assertEquals(1, log.perMinute()[MinuteCounts.MINUTES - 2]);
        assertEquals(2, log.perMinute()[MinuteCounts.MINUTES - 1]);
        assertEquals(1, log.throttledPerMinute()[MinuteCounts.MINUTES - 1]);
        assertEquals(1, Arrays.stream(log.throttledPerMinute()).sum());
        assertEquals(1, log.throttled());
    }

    private SentRequest send(String path) {
        URI uri = URI.create("https://127.0.0.1:6443" + path);
        return log.sent(HttpRequest.newBuilder(uri).build(), NO_BODY);
    }
}
