package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.kubelet.runtime.simulated.ContainerState.Ended;
import dev.pilothouse.server.node.LogRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes made-up logs to clients as kubelets write real ones. Source: pkg/kubelet kubelet.go
 * validateContainerLogStatus and kuberuntime/logs.
 */
final class LogStream {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
                    .withZone(ZoneOffset.UTC);

    private final Delays delays;
    private final InstantSource clock;

    LogStream(Delays delays, InstantSource clock) {
        this.delays = delays;
        this.clock = clock;
    }

    /** One instance of a container: from when, and until when if it has ended. */
    record Instance(long started, @Nullable Long ended) {}

    /**
     * Writes what is asked for.
     *
     * @param current gives the container as it is now, or null when it has gone
     */
    void write(
            PodView pod,
            LogRequest request,
            Supplier<@Nullable ContainerState> current,
            OutputStream out)
            throws IOException {
        ContainerState state = current.get();
        if (state == null) {
            throw ApiException.badRequest(
                    "container \"%s\" in pod \"%s\" is not available"
                            .formatted(request.container(), pod.name()));
        }
        Instance instance = instance(pod, request, state);
        LogText log = new LogText(pod, request.container(), instance.started());
        Instant end = end(instance);
        long count = log.count(end);
        long from = from(log, request, count);
        Sink sink = new Sink(request, out);
        long next = from;
        for (; next < count && sink.isOpen(); next++) {
            sink.write(log.line(next));
        }
        out.flush();
        if (request.follow() && instance.ended() == null) {
            follow(log, next, instance, current, sink, out);
        }
    }

    private Instant end(Instance instance) {
        Long ended = instance.ended();
        return ended == null ? clock.instant() : Instant.ofEpochSecond(ended + 1);
    }

    private static long from(LogText log, LogRequest request, long count) {
        long from = LogText.first(count);
        Instant since = request.since();
        if (since != null) {
            from = Math.max(from, log.indexAt(since));
        }
        Long tail = request.tailLines();
        // With a choice of streams, lines of the other do not count.
        boolean both = isBoth(request.stream());
        if (tail == null || both) {
            return tail == null ? from : Math.max(from, count - tail);
        }
        long index = count;
        for (long left = tail; index > from && left > 0; index--) {
            left -= log.line(index - 1).error() == request.stream().equals("Stderr") ? 1 : 0;
        }
        return Math.max(from, index);
    }

    private static boolean isBoth(String stream) {
        return !stream.equals("Stdout") && !stream.equals("Stderr");
    }

    private void follow(
            LogText log,
            long from,
            Instance instance,
            Supplier<@Nullable ContainerState> current,
            Sink sink,
            OutputStream out)
            throws IOException {
        long next = from;
        boolean running = true;
        while (sink.isOpen()) {
            ContainerState state = current.get();
            running = state != null && state.isRunning() && state.started() == instance.started();
            Instant ended = running || state == null ? null : lastEnd(state, instance);
            Instant until = ended == null ? clock.instant() : ended;
            for (long count = log.count(until); next < count && sink.isOpen(); next++) {
                sink.write(log.line(next));
                out.flush();
            }
            if (!running) {
                return;
            }
            pause(Duration.between(clock.instant(), log.time(next)));
        }
    }

    private static @Nullable Instant lastEnd(ContainerState state, Instance instance) {
        for (Ended ended : new Ended[] {state.ended(), state.last()}) {
            if (ended != null && ended.started() == instance.started()) {
                return Instant.ofEpochSecond(ended.finished() + 1);
            }
        }
        return null;
    }

    private void pause(Duration wanted) throws IOException {
        Duration pause = wanted.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : wanted;
        CountDownLatch over = new CountDownLatch(1);
        delays.after(pause.isPositive() ? pause : Duration.ofMillis(1), over::countDown);
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Instance instance(PodView pod, LogRequest request, ContainerState state) {
        Ended last = state.last();
        if (request.previous()) {
            if (last == null) {
                throw ApiException.badRequest(
                        "previous terminated container \"%s\" in pod \"%s\" not found"
                                .formatted(request.container(), pod.name()));
            }
            return new Instance(last.started(), last.finished());
        }
        Ended ended = state.ended();
        if (state.isRunning()) {
            return new Instance(state.started(), null);
        }
        Ended shown = ended == null ? last : ended;
        if (shown == null) {
            throw waiting(pod, request, state.reason());
        }
        return new Instance(shown.started(), shown.finished());
    }

    private static ApiException waiting(PodView pod, LogRequest request, String reason) {
        boolean image = reason.equals("ErrImagePull") || reason.equals("ImagePullBackOff");
        return ApiException.badRequest(
                image
                        ? "container \"%s\" in pod \"%s\" is waiting to start: %s"
                                .formatted(
                                        request.container(),
                                        pod.name(),
                                        reason.equals("ErrImagePull")
                                                ? "image can't be pulled"
                                                : "trying and failing to pull image")
                        : "container \"%s\" in pod \"%s\" is waiting to start: %s"
                                .formatted(request.container(), pod.name(), reason));
    }

    /** Writes lines in the form and up to the length asked for. */
    private static final class Sink {

        private final LogRequest request;
        private final OutputStream out;
        private long left;

        Sink(LogRequest request, OutputStream out) {
            this.request = request;
            this.out = out;
            Long limit = request.limitBytes();
            this.left = limit == null ? Long.MAX_VALUE : limit;
        }

        boolean isOpen() {
            return left > 0;
        }

        void write(LogText.Line line) throws IOException {
            if (!isBoth(request.stream()) && line.error() != request.stream().equals("Stderr")) {
                return;
            }
            String text =
                    request.timestamps()
                            ? STAMP.format(line.time()) + " " + line.text()
                            : line.text();
            byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
            int length = (int) Math.min(bytes.length, left);
            out.write(bytes, 0, length);
            left -= length;
        }
    }
}
