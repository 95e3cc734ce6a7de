package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.server.request.EventSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An event source that tells once when it is closed. */
final class CountedSource implements EventSource {

    private final EventSource source;
    private final Runnable closed;
    private final AtomicBoolean told = new AtomicBoolean();

    CountedSource(EventSource source, Runnable closed) {
        this.source = source;
        this.closed = closed;
    }

    @Override
    public List<Frame> poll(int max) {
        return source.poll(max);
    }

    @Override
    public boolean ended() {
        return source.ended();
    }

    @Override
    public void onAvailable(@Nullable Runnable wakeup) {
        source.onAvailable(wakeup);
    }

    @Override
    public void close() {
        if (told.compareAndSet(false, true)) {
            closed.run();
        }
        source.close();
    }
}
