package dev.pilothouse.server.streaming;

import java.io.IOException;
import java.time.Duration;

/**
 * Writes something to a client now and then: only so is it noticed that one has gone while nothing
 * is read from it.
 */
public final class KeepAlive implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(30);

    /** Writes to the client. */
    @FunctionalInterface
    public interface Ping {
        /** Fails when the client has gone. */
        void send() throws IOException;
    }

    private final Thread thread;

    private KeepAlive(Thread thread) {
        this.thread = thread;
    }

    /**
     * Starts to ping.
     *
     * @param ping how
     * @param gone what to do once when it fails
     */
    public static KeepAlive start(Ping ping, Runnable gone) {
        return new KeepAlive(Thread.ofVirtual().name("stream-ping").start(() -> loop(ping, gone)));
    }

    private static void loop(Ping ping, Runnable gone) {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                ping.send();
            }
        } catch (InterruptedException e) {
            // It has been closed.
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                gone.run();
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
