package dev.pilothouse.server.record;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.record.Correlator.Decision;
import dev.pilothouse.server.record.Correlator.Written;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the events of one component, one after the other, on a virtual thread of its own. What
 * comes faster than it can be written beyond a long queue is dropped, and so is what the server
 * refuses. Thread-safe. Source: client-go tools/record.
 */
public final class EventBroadcaster implements EventRecorder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventBroadcaster.class);
    private static final GroupVersionResource EVENTS = new GroupVersionResource("", "v1", "events");
    private static final int QUEUE = 20_000;

    private final ResourceClient events;
    private final String component;
    private final String host;
    private final InstantSource clock;
    private final Correlator correlator = new Correlator();
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private long lastName;

    private record Entry(
            ObjectReference about, EventType type, String reason, String message, Instant when) {}

    /**
     * A recorder that is at work.
     *
     * @param client acts as the component
     * @param component its name, such as {@code deployment-controller}
     * @param host the node it works on, or empty
     */
    public EventBroadcaster(ApiClient client, String component, String host, InstantSource clock) {
        this.events = client.resource(EVENTS);
        this.component = component;
        this.host = host;
        this.clock = clock;
        this.writer = Thread.ofVirtual().name("events " + component).start(this::write);
    }

    @Override
    public void record(ObjectReference about, EventType type, String reason, String message) {
        if (!queue.offer(new Entry(about, type, reason, message, clock.instant()))) {
            LOG.debug("{}: too many events; dropped {} of {}", component, reason, about.name());
            if (dropped.getAndIncrement() == 0) {
                LOG.warn("{}: more events than can be written; dropping some", component);
            }
        }
    }

    /** Drops what has not been written yet. */
    @Override
    public void close() {
        writer.interrupt();
    }

    private void write() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                write(queue.take());
                if (queue.isEmpty()) {
                    tellOfDropped();
                }
            }
        } catch (InterruptedException _) {
            LOG.trace("{}: closed", component);
        }
    }

    /** One line at the beginning of a flood and one at its end, not one for each event. */
    private void tellOfDropped() {
        long count = dropped.getAndSet(0);
        if (count > 0) {
            LOG.warn("{}: dropped {} events", component, count);
        }
    }

    private void write(Entry entry) {
        ObjectReference about = entry.about();
        Decision decision =
                correlator.decide(
                        about, entry.type(), entry.reason(), entry.message(), entry.when());
        if (decision == null) {
            return;
        }
        try {
            Written written = write(entry, about, decision);
            correlator.wrote(about, entry.type(), entry.reason(), decision.message(), written);
        } catch (ApiException | TransportException e) {
            LOG.debug("{}: event {} was refused: {}", component, entry.reason(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}: event {} could not be written", component, entry.reason(), e);
        }
    }

    private Written write(Entry entry, ObjectReference about, Decision decision) {
        Written earlier = decision.earlier();
        if (earlier != null) {
            try {
                return count(entry, about, decision.message(), earlier);
            } catch (ApiException e) {
                if (e.reason() != StatusReason.NOT_FOUND) {
                    throw e;
                }
                correlator.forget(about, entry.type(), entry.reason(), decision.message());
            }
        }
        return create(entry, about, decision.message());
    }

    private Written count(Entry entry, ObjectReference about, String message, Written earlier) {
        ObjectNode patch = Json.object();
        int count = earlier.count() + 1;
        patch.put("count", count);
        patch.put("message", message);
        patch.put("lastTimestamp", time(entry.when()));
        events.patch(namespace(about), earlier.name(), PatchForm.STRATEGIC, patch);
        return new Written(earlier.name(), count, earlier.first());
    }

    private Written create(Entry entry, ObjectReference about, String message) {
        String name = about.name() + "." + Long.toHexString(uniqueNanos(entry.when()));
        ObjectNode event = Json.object();
        event.put("kind", "Event").put("apiVersion", "v1");
        event.putObject("metadata").put("name", name).put("namespace", namespace(about));
        event.set("involvedObject", about.toJson());
        event.put("reason", entry.reason());
        event.put("message", message);
        ObjectNode source = event.putObject("source");
        source.put("component", component);
        if (!host.isEmpty()) {
            source.put("host", host);
        }
        event.put("firstTimestamp", time(entry.when()));
        event.put("lastTimestamp", time(entry.when()));
        event.put("count", 1);
        event.put("type", entry.type().text());
        event.put("reportingComponent", component);
        event.put("reportingInstance", host);
        events.create(event);
        return new Written(name, 1, entry.when());
    }

    /** Two events of one moment need two names. */
    private long uniqueNanos(Instant when) {
        long nanos = when.getEpochSecond() * 1_000_000_000L + when.getNano();
        lastName = Math.max(nanos, lastName + 1);
        return lastName;
    }

    private static String namespace(ObjectReference about) {
        return about.namespace().isEmpty() ? "default" : about.namespace();
    }

    private static String time(Instant when) {
        return when.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
