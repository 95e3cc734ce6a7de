package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the events of all simulated kubelets, on one virtual thread. Events give way: while pods
 * wait to be moved on they are written slowly, and what is more than the queue holds is dropped, as
 * a kubelet drops what it cannot write. Warnings that repeat are counted up instead of written
 * again. Thread-safe.
 */
final class FleetEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FleetEvents.class);
    private static final int QUEUE = 40_000;
    private static final int REMEMBERED = 4096;
    private static final long YIELD_MILLIS = 5;

    private final FleetClients clients;
    private final BooleanSupplier busy;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>(QUEUE);
    private final Map<Same, Written> written =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Same, Written> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private final Thread writer = Thread.ofVirtual().name("simulated-events").unstarted(this::run);
    private long lastName;

    private record Entry(PodView pod, Note note, Instant when) {}

    private record Same(String uid, String reason, String message, String path) {}

    private record Written(String name, int count) {}

    /**
     * A writer that is not started.
     *
     * @param busy whether there is something more urgent to be written
     */
    FleetEvents(FleetClients clients, BooleanSupplier busy) {
        this.clients = clients;
        this.busy = busy;
    }

    void start() {
        writer.start();
    }

    @Override
    public void close() {
        writer.interrupt();
    }

    /** Tells of a pod. */
    void tell(PodView pod, Note note, Instant when) {
        if (!queue.offer(new Entry(pod, note, when))) {
            LOG.debug("too many events; dropped {} of {}", note.reason(), pod.name());
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Entry entry = queue.take();
                if (busy.getAsBoolean()) {
                    TimeUnit.MILLISECONDS.sleep(YIELD_MILLIS);
                }
                write(entry);
            }
        } catch (InterruptedException _) {
            LOG.trace("closed");
        }
    }

    private void write(Entry entry) {
        Note note = entry.note();
        Same same = new Same(entry.pod().uid(), note.reason(), note.message(), note.fieldPath());
        Written earlier = written.get(same);
        try {
            if (earlier != null && count(entry, earlier)) {
                written.put(same, new Written(earlier.name(), earlier.count() + 1));
                return;
            }
            written.put(same, new Written(create(entry), 1));
        } catch (ApiException | TransportException e) {
            LOG.debug("event {} was refused: {}", note.reason(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("event {} could not be written", note.reason(), e);
        }
    }

    private boolean count(Entry entry, Written earlier) {
        ObjectNode patch = Json.object();
        patch.put("count", earlier.count() + 1).put("lastTimestamp", time(entry.when()));
        PodView pod = entry.pod();
        try {
            clients.events(pod.node())
                    .patch(pod.namespace(), earlier.name(), PatchForm.MERGE, patch);
            return true;
        } catch (ApiException e) {
            LOG.trace("an earlier event is gone", e);
            return false;
        }
    }

    private String create(Entry entry) {
        PodView pod = entry.pod();
        Note note = entry.note();
        long nanos = entry.when().getEpochSecond() * 1_000_000_000L + entry.when().getNano();
        lastName = Math.max(nanos, lastName + 1);
        String name = pod.name() + "." + Long.toHexString(lastName);
        ObjectNode event = Json.object();
        event.put("kind", "Event").put("apiVersion", "v1");
        event.putObject("metadata").put("name", name).put("namespace", pod.namespace());
        ObjectNode about = event.putObject("involvedObject");
        about.put("kind", "Pod").put("apiVersion", "v1");
        about.put("namespace", pod.namespace()).put("name", pod.name()).put("uid", pod.uid());
        about.put("resourceVersion", Long.toString(pod.revision()));
        if (!note.fieldPath().isEmpty()) {
            about.put("fieldPath", note.fieldPath());
        }
        event.put("reason", note.reason()).put("message", note.message());
        event.putObject("source").put("component", "kubelet").put("host", pod.node());
        event.put("firstTimestamp", time(entry.when()));
        event.put("lastTimestamp", time(entry.when()));
        event.put("count", 1).put("type", note.type().text());
        event.put("reportingComponent", "kubelet").put("reportingInstance", pod.node());
        clients.events(pod.node()).create(event);
        return name;
    }

    private static String time(Instant when) {
        return when.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
