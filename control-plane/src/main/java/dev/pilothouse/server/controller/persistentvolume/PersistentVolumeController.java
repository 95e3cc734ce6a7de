package dev.pilothouse.server.controller.persistentvolume;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.volumes.ClaimUser;
import dev.pilothouse.server.controller.volumes.ClaimView;
import dev.pilothouse.server.controller.volumes.ClassView;
import dev.pilothouse.server.controller.volumes.VolumeView;
import dev.pilothouse.server.record.EventBroadcaster;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds claims to volumes, has volumes made for claims, and says what becomes of volumes whose
 * claim is gone. Source: pkg/controller/volume/persistentvolume.
 */
public final class PersistentVolumeController implements Component {

    /** Its service account. */
    public static final String NAME = "persistent-volume-binder";

    /** Its name in events. */
    public static final String EVENT_SOURCE = "persistentvolume-controller";

    private static final int WORKERS = 8;

    private final Informer<ClaimView> claims;
    private final Informer<VolumeView> volumes;
    private final Informer<ClassView> classes;
    private final Informer<ClaimUser> pods;
    private final EventBroadcaster events;
    private final Binding binding;
    private final WorkQueue<Task> queue;
    private final Controller<Task> controller;

    /** What to look at. */
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
     * @param events writes events as the controller; closed with it
     */
    public PersistentVolumeController(
            ApiClient client,
            Informer<ClaimView> claims,
            Informer<VolumeView> volumes,
            Informer<ClassView> classes,
            Informer<ClaimUser> pods,
            EventBroadcaster events,
            Delays delays,
            InstantSource clock) {
        this.claims = claims;
        this.volumes = volumes;
        this.classes = classes;
        this.pods = pods;
        this.events = events;
        this.binding = new Binding(client);
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        claims.addHandler(delta -> {
            ClaimView claim = delta.object();
            queue.add(new Task.OfClaim(claim.key()));
            if (!claim.volume().isEmpty()) {
                queue.add(new Task.OfVolume(claim.volume()));
            }
        });
        volumes.addHandler(this::volumeChanged);
        classes.addHandler(delta ->
                claims.lister().all().stream()
                        .filter(claim -> claim.storageClass().equals(delta.object().name()))
                        .filter(claim -> !claim.phase().equals("Bound"))
                        .forEach(claim -> queue.add(new Task.OfClaim(claim.key()))));
        var _ =
                CompletableFuture.allOf(
                                claims.synced(), volumes.synced(), classes.synced(), pods.synced())
                        .thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
        events.close();
    }

    private void volumeChanged(Delta<VolumeView> delta) {
        VolumeView volume = delta.object();
        queue.add(new Task.OfVolume(volume.name()));
        NamespacedName claim = volume.claim();
        if (claim != null) {
            queue.add(new Task.OfClaim(claim));
        } else if (volume.phase().equals("Available")) {
            claims.lister().all().stream()
                    .filter(waiting -> waiting.phase().equals("Pending"))
                    .filter(waiting -> waiting.storageClass().equals(volume.storageClass()))
                    .forEach(waiting -> queue.add(new Task.OfClaim(waiting.key())));
        }
    }

    private Result reconcile(Task task) {
        switch (task) {
            case Task.OfClaim(NamespacedName key) -> {
                ObjectNode claim =
                        claims.lister().get(key.namespace(), key.name()) == null
                                ? null
                                : binding.claim(key);
                if (claim != null) {
                    reconcileClaim(ClaimView.of(claim), claim);
                }
            }
            case Task.OfVolume(String name) -> {
                ObjectNode volume =
                        volumes.lister().get("", name) == null ? null : binding.volume(name);
                if (volume != null) {
                    reconcileVolume(VolumeView.of(volume), volume);
                }
            }
        }
        return Result.DONE;
    }

    private void reconcileClaim(ClaimView claim, ObjectNode tree) {
        if (claim.completed()) {
            bound(claim, tree);
        } else if (claim.volume().isEmpty()) {
            unbound(claim, tree);
        } else {
            prebound(claim, tree);
        }
    }

    /** The claim was bound once. */
    private void bound(ClaimView claim, ObjectNode tree) {
        if (claim.volume().isEmpty()) {
            lost(
                    claim,
                    tree,
                    "ClaimLost",
                    "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
            return;
        }
        ObjectNode volume = binding.volume(claim.volume());
        if (volume == null) {
            lost(
                    claim,
                    tree,
                    "ClaimLost",
                    "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
            return;
        }
        VolumeView view = VolumeView.of(volume);
        if (view.claim() == null || view.isFor(claim.key(), claim.uid())) {
            binding.bind(volume, tree);
        } else {
            lost(
                    claim,
                    tree,
                    "ClaimMisbound",
                    "Two claims are bound to the same volume, this one is bound incorrectly");
        }
    }

    private void lost(ClaimView claim, ObjectNode tree, String reason, String message) {
        if (!claim.phase().equals("Lost")) {
            events.warning(claim.reference(), reason, message);
        }
        binding.phaseOfClaim(tree, "Lost");
    }

    /** Somebody has said which volume the claim shall have. */
    private void prebound(ClaimView claim, ObjectNode tree) {
        ObjectNode volume = binding.volume(claim.volume());
        if (volume != null) {
            VolumeView view = VolumeView.of(volume);
            if (view.claim() == null || view.isFor(claim.key(), claim.uid())) {
                binding.bind(volume, tree);
                return;
            }
            events.warning(
                    claim.reference(),
                    "FailedBinding",
                    "volume \"" + claim.volume() + "\" already bound to a different claim.");
        }
        binding.phaseOfClaim(tree, "Pending");
    }

    private void unbound(ClaimView claim, ObjectNode tree) {
        if (claim.deleting()) {
            return;
        }
        ClassView storageClass = classes.lister().get("", claim.storageClass());
        boolean waits = storageClass != null && storageClass.delayed() && claim.node().isEmpty();
        VolumeView match = new VolumeMatch(tree).best(volumes.lister().all(), waits);
        if (match != null) {
            ObjectNode volume = binding.volume(match.name());
            if (volume != null && isFree(VolumeView.of(volume), claim)) {
                binding.bind(volume, tree);
                return;
            }
        }
        binding.phaseOfClaim(tree, "Pending");
        if (waits) {
            tellWhatIsAwaited(claim);
        } else if (claim.storageClass().isEmpty()) {
            events.normal(
                    claim.reference(),
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");
        } else {
            provision(claim, storageClass);
        }
    }

    private static boolean isFree(VolumeView volume, ClaimView claim) {
        return volume.claim() == null || volume.isFor(claim.key(), claim.uid());
    }

    private void tellWhatIsAwaited(ClaimView claim) {
        List<String> unplaced =
                pods.lister().byIndex(ClaimUser.BY_CLAIM, claim.key().toString()).stream()
                        .filter(pod -> !pod.placed() && !pod.ended())
                        .map(pod -> pod.key().name())
                        .sorted()
                        .toList();
        if (unplaced.isEmpty()) {
            events.normal(
                    claim.reference(),
                    "WaitForFirstConsumer",
                    "waiting for first consumer to be created before binding");
        } else {
            events.normal(
                    claim.reference(),
                    "WaitForPodScheduled",
                    (unplaced.size() == 1 ? "waiting for pod " : "waiting for pods ")
                            + String.join(",", unplaced)
                            + " to be scheduled");
        }
    }

    private void provision(ClaimView claim, @Nullable ClassView storageClass) {
        if (storageClass == null) {
            events.warning(
                    claim.reference(),
                    "ProvisioningFailed",
                    "storageclass.storage.k8s.io \"" + claim.storageClass() + "\" not found");
            return;
        }
        if (storageClass.provisioner().equals(ClassView.NO_PROVISIONER)) {
            return;
        }
        ObjectNode now = binding.claim(claim.key());
        if (now != null) {
            binding.askFor(now, storageClass.provisioner());
            events.normal(
                    claim.reference(),
                    "ExternalProvisioning",
                    "Waiting for a volume to be created either by the external provisioner '"
                            + storageClass.provisioner()
                            + "' or manually by the system administrator. If volume creation is delayed,"
                            + " please verify that the provisioner is running and correctly registered.");
        }
    }

    private void reconcileVolume(VolumeView volume, ObjectNode tree) {
        NamespacedName key = volume.claim();
        if (key == null || volume.claimUid().isEmpty()) {
            binding.phase(tree, "Available", "");
            return;
        }
        ObjectNode claim = binding.claim(key);
        if (claim == null || !Json.text(claim, "metadata", "uid").equals(volume.claimUid())) {
            if (!volume.phase().equals("Released") && !volume.phase().equals("Failed")) {
                binding.phase(tree, "Released", "");
            }
            return;
        }
        String bound = Json.text(claim, "spec", "volumeName");
        if (bound.isEmpty()) {
            queue.add(new Task.OfClaim(key));
        } else if (bound.equals(volume.name())) {
            binding.phase(tree, "Bound", "");
        } else if (!volume.provisioner().isEmpty() && volume.policy().equals("Delete")) {
            binding.phase(tree, "Released", "");
        } else {
            binding.unbind(tree);
        }
    }
}
