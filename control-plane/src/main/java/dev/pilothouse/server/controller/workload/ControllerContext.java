package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.record.EventRecorder;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What a controller acts with.
 *
 * @param client acts under the controller's name
 * @param events tells people under the controller's name
 * @param delays brings back what is put off
 * @param clock the time
 */
public record ControllerContext(
        ApiClient client, EventRecorder events, Delays delays, InstantSource clock) {

    /** An empty queue. */
    public <K> WorkQueue<K> queue() {
        return new WorkQueue<>(delays, clock);
    }

    /** The time. */
    public Instant now() {
        return clock.instant();
    }
}
