package dev.pilothouse.server.controller.ttlafterfinished;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.workload.Conditions;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Key;
import dev.pilothouse.server.controller.workload.Workload;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes jobs, and their pods before them, once they have been finished for long enough. */
public final class TtlAfterFinishedController implements Component {

    /** Its service account. */
    public static final String NAME = "ttl-after-finished-controller";

    private final ControllerContext context;
    private final Informer<Workload> jobs;
    private final ResourceClient client;
    private final WorkQueue<Key> queue;
    private final Controller<Key> controller;

    /**
     * A controller that is not started.
     *
     * @param jobs all jobs
     */
    public TtlAfterFinishedController(ControllerContext context, Informer<Workload> jobs) {
        this.context = context;
        this.jobs = jobs;
        this.client = context.client().resource(WorkloadKind.JOB.resource());
        this.queue = context.queue();
        this.controller = new Controller<>(NAME, 2, queue, this::reconcile);
    }

    @Override
    public void start() {
        jobs.addHandler(delta -> {
            if (!(delta instanceof Delta.Deleted<Workload>)) {
                Instant end = expiry(delta.object().tree());
                if (end != null) {
                    queue.addAfter(delta.object().key(), Duration.between(context.now(), end));
                }
            }
        });
        controller.start();
    }

    @Override
    public void close() {
        controller.close();
    }

    private Result reconcile(Key key) {
        // What is known of the job may be out of date, and deleting cannot be undone.
        ObjectNode job = find(key);
        Instant end = job == null ? null : expiry(job);
        if (job == null || end == null) {
            return Result.DONE;
        }
        Duration left = Duration.between(context.now(), end);
        if (left.isPositive()) {
            return new Result.RequeueAfter(left);
        }
        try {
            client.delete(
                    key.namespace(),
                    key.name(),
                    DeleteOptions.of(Propagation.FOREGROUND)
                            .only(Json.text(job, "metadata", "uid"), ""));
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
        return Result.DONE;
    }

    private @Nullable ObjectNode find(Key key) {
        try {
            return client.get(key.namespace(), key.name());
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    /** When a job is to be deleted, null when that is not known or begun already. */
    static @Nullable Instant expiry(ObjectNode job) {
        JsonNode seconds = Json.at(job, "spec", "ttlSecondsAfterFinished");
        if (seconds == null || Json.at(job, "metadata", "deletionTimestamp") != null) {
            return null;
        }
        ObjectNode status = Json.objectAt(job, "status");
        for (String type : new String[] {"Complete", "Failed"}) {
            String since = Json.text(Conditions.find(status, type), "lastTransitionTime");
            if (Conditions.isTrue(status, type) && !since.isEmpty()) {
                return Instant.parse(since).plusSeconds(seconds.asLong());
            }
        }
        return null;
    }
}
