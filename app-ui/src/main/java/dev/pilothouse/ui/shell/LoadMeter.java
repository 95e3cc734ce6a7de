package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Contact;
import dev.pilothouse.ui.cluster.RequestLog;
import dev.pilothouse.ui.cluster.SentRequest;
import dev.pilothouse.ui.fx.Batch;
import dev.pilothouse.ui.fx.Later;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the requests of a window by the second, and says by them how the server answers. Nothing
 * ticks while none are sent. JavaFX thread only.
 */
final class LoadMeter {

    private final RequestLog log;
    private final StatusBar status;
    private final Consumer<SentRequest> follower;
    private final Later second = new Later(this::measure);
    private boolean running;
    private long before;
    private @Nullable Connection shown;

    LoadMeter(RequestLog log, StatusBar status, Executor pulse) {
        this.log = log;
        this.status = status;
        Batch<SentRequest> news = new Batch<>(pulse, changed -> news());
        follower = request -> news.put("", request);
        log.follow(follower);
        show(0);
    }

    void close() {
        log.leave(follower);
        second.cancel();
    }

    /** That the server is gone, or is back, is seen at once; figures can wait. */
    private void news() {
        Contact now = log.contact();
        if (!now.connection().equals(shown)) {
            contact(now);
        }
        wake();
    }

    private void contact(Contact now) {
        shown = now.connection();
        status.show(now);
    }

    private void wake() {
        if (!running) {
            running = true;
            second.in(Duration.ofSeconds(1));
        }
    }

    private void measure() {
        long now = log.count();
        long sent = now - before;
        before = now;
        running = false;
        show(sent);
        // Once more after the last request, so that it goes back to zero.
        if (sent > 0) {
            wake();
        }
    }

    private void show(long perSecond) {
        contact(log.contact());
        Runtime runtime = Runtime.getRuntime();
        status.load(perSecond, log.throttled(), runtime.totalMemory() - runtime.freeMemory());
    }
}
