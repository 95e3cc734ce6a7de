package dev.pilothouse.server.controller.disruption;

import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.controller.objects.NamespacedName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes back the announcement that a pod will be disrupted when two minutes later nothing has
 * happened. Source: disruption.go, syncStalePodDisruption (KEP-3329).
 */
final class StaleDisruptions implements Component {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final ResourceClient client;
    private final Lister<GuardedPod> pods;
    private final InstantSource clock;
    private final WorkQueue<NamespacedName> queue;
    private final Controller<NamespacedName> controller;

    StaleDisruptions(
            ResourceClient client, Lister<GuardedPod> pods, Delays delays, InstantSource clock) {
        this.client = client;
        this.pods = pods;
        this.clock = clock;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>("stale-disruptions", 1, queue, this::reconcile);
    }

    @Override
    public void start() {
        controller.start();
    }

    @Override
    public void close() {
        controller.close();
    }

    void changed(Delta<GuardedPod> delta) {
        if (!delta.object().doomedSince().isEmpty()) {
            queue.addAfter(delta.object().key(), TIMEOUT);
        }
    }

    private Result reconcile(NamespacedName key) {
        GuardedPod pod = pods.get(key.namespace(), key.name());
        if (pod == null || pod.doomedSince().isEmpty()) {
            return Result.DONE;
        }
        Instant due = Instant.parse(pod.doomedSince()).plus(TIMEOUT);
        Duration left = Duration.between(clock.instant(), due);
        if (left.isPositive()) {
            return new Result.RequeueAfter(left);
        }
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", pod.uid());
        patch.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "DisruptionTarget")
                .put("status", "False")
                .put("lastTransitionTime", Conditions.time(clock.instant()));
        try {
            client.patch(key.namespace(), key.name(), "status", PatchForm.STRATEGIC, patch);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND && e.reason() != StatusReason.CONFLICT) {
                throw e;
            }
        }
        return Result.DONE;
    }
}
