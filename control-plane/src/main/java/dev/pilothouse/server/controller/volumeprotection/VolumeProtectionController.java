package dev.pilothouse.server.controller.volumeprotection;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.objects.PodState;
import dev.pilothouse.server.controller.volumes.ClaimUser;
import dev.pilothouse.server.controller.volumes.ClaimView;
import dev.pilothouse.server.controller.volumes.VolumeNames;
import dev.pilothouse.server.controller.volumes.VolumeView;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets claims go when no pod uses them any more, and volumes when no claim does. Source:
 * pkg/controller/volume/pvcprotection and pvprotection.
 */
public final class VolumeProtectionController implements Component {

    /** Its service account. */
    public static final String NAME = "pvc-protection-controller";

    private static final String CLAIM_FINALIZER = "kubernetes.io/pvc-protection";
    private static final String VOLUME_FINALIZER = "kubernetes.io/pv-protection";

    private final ResourceClient claimClient;
    private final ResourceClient volumeClient;
    private final Informer<ClaimView> claims;
    private final Informer<VolumeView> volumes;
    private final Informer<ClaimUser> pods;
    private final WorkQueue<Task> queue;
    private final Controller<Task> controller;

    /** What may have to be let go. */
    private sealed interface Task {

        /** A claim. */
        record OfClaim(NamespacedName key) implements Task {}

        /** A volume. */
        record OfVolume(String name) implements Task {}
    }

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param pods all pods, with {@link ClaimUser#INDEXES}
     */
    public VolumeProtectionController(
            ApiClient client,
            Informer<ClaimView> claims,
            Informer<VolumeView> volumes,
            Informer<ClaimUser> pods,
            Delays delays,
            InstantSource clock) {
        this.claimClient = client.resource(VolumeNames.CLAIMS);
        this.volumeClient = client.resource(VolumeNames.VOLUMES);
        this.claims = claims;
        this.volumes = volumes;
        this.pods = pods;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, 2, queue, this::reconcile);
    }

    @Override
    public void start() {
        claims.addHandler(delta -> {
            if (delta.object().deleting()) {
                queue.add(new Task.OfClaim(delta.object().key()));
            }
        });
        volumes.addHandler(delta -> {
            if (delta.object().deleting()) {
                queue.add(new Task.OfVolume(delta.object().name()));
            }
        });
        pods.addHandler(this::podChanged);
        var _ =
                CompletableFuture.allOf(claims.synced(), volumes.synced(), pods.synced())
                        .thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private void podChanged(Delta<ClaimUser> delta) {
        ClaimUser pod = delta.object();
        if (delta instanceof Delta.Deleted<ClaimUser> || pod.ended()) {
            for (String name : pod.claims()) {
                ClaimView claim = claims.lister().get(pod.key().namespace(), name);
                if (claim != null && claim.deleting()) {
                    queue.add(new Task.OfClaim(claim.key()));
                }
            }
        }
    }

    private Result reconcile(Task task) {
        switch (task) {
            case Task.OfClaim(NamespacedName key) -> {
                if (!isUsed(key)) {
                    release(claimClient, key, CLAIM_FINALIZER);
                }
            }
            case Task.OfVolume(String name) -> {
                VolumeView volume = volumes.lister().get("", name);
                if (volume != null && !volume.phase().equals("Bound")) {
                    release(volumeClient, new NamespacedName("", name), VOLUME_FINALIZER);
                }
            }
        }
        return Result.DONE;
    }

    /** A pod that is not placed yet will not start with a claim that is going away. */
    private boolean isUsed(NamespacedName key) {
        return pods.lister().byIndex(ClaimUser.BY_CLAIM, key.toString()).stream()
                .anyMatch(pod -> pod.placed() && !pod.ended());
    }

    private static void release(ResourceClient client, NamespacedName key, String finalizer) {
        try {
            ObjectNode object = client.get(key.namespace(), key.name());
            ArrayNode finalizers = Json.arrayAt(object, "metadata", "finalizers");
            if (finalizers == null || !PodState.isDeleting(object)) {
                return;
            }
            ArrayNode kept = Json.array();
            finalizers.forEach(present -> {
                if (!present.asString("").equals(finalizer)) {
                    kept.add(present);
                }
            });
            if (kept.size() != finalizers.size()) {
                Json.child(object, "metadata").set("finalizers", kept);
                client.update(object);
            }
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
