package dev.pilothouse.server.controller.localpath;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.volumes.ClaimView;
import dev.pilothouse.server.controller.volumes.ClassView;
import dev.pilothouse.server.controller.volumes.VolumeNames;
import dev.pilothouse.server.controller.volumes.VolumeView;
import dev.pilothouse.server.record.EventBroadcaster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes volumes of folders of this machine for claims of its classes, lets them grow, and deletes
 * them with their content when their claim is gone. On simulated nodes nothing is written, so their
 * volumes have no folder.
 */
public final class LocalPathProvisioner implements Component {

    /** Its service account. */
    public static final String NAME = "local-path-provisioner";

    /** Its name in storage classes. */
    public static final String PROVISIONER = "pilothouse.dev/local-path";

    private static final int WORKERS = 4;

    private final ResourceClient claimClient;
    private final ResourceClient volumeClient;
    private final Informer<ClaimView> claims;
    private final Informer<VolumeView> volumes;
    private final Informer<ClassView> classes;
    private final Informer<ProvisionerNode> nodes;
    private final EventBroadcaster events;
    private final LocalFolders folders;
    private final WorkQueue<Task> queue;
    private final Controller<Task> controller;

    /** What to look at. */
    private sealed interface Task {

        /** A claim, which may need a volume, or a larger one. */
        record OfClaim(NamespacedName key) implements Task {}

        /** A volume, which may have to go. */
        record OfVolume(String name) implements Task {}
    }

    /**
     * A provisioner that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param events writes events as the provisioner; closed with it
     * @param root where the folders are
     */
    public LocalPathProvisioner(
            ApiClient client,
            InformerFactory informers,
            EventBroadcaster events,
            Path root,
            Delays delays,
            InstantSource clock) {
        this.claimClient = client.resource(VolumeNames.CLAIMS);
        this.volumeClient = client.resource(VolumeNames.VOLUMES);
        this.claims = informers.views(VolumeNames.CLAIMS, ClaimView::of, Map.of());
        this.volumes = informers.views(VolumeNames.VOLUMES, VolumeView::of, Map.of());
        this.classes = informers.views(VolumeNames.CLASSES, ClassView::of, Map.of());
        this.nodes = informers.views(VolumeNames.NODES, ProvisionerNode::of, Map.of());
        this.events = events;
        this.folders = new LocalFolders(root);
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        claims.addHandler(delta -> queue.add(new Task.OfClaim(delta.object().key())));
        volumes.addHandler(delta -> {
            if (delta.object().provisioner().equals(PROVISIONER)) {
                queue.add(new Task.OfVolume(delta.object().name()));
            }
        });
        var _ =
                CompletableFuture.allOf(
                                claims.synced(), volumes.synced(), classes.synced(), nodes.synced())
                        .thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
        events.close();
    }

    private Result reconcile(Task task) {
        switch (task) {
            case Task.OfClaim(NamespacedName key) -> {
                ClaimView claim = claims.lister().get(key.namespace(), key.name());
                if (claim != null && !claim.deleting()) {
                    return reconcile(claim);
                }
            }
            case Task.OfVolume(String name) -> {
                VolumeView volume = volumes.lister().get("", name);
                if (volume != null
                        && volume.phase().equals("Released")
                        && volume.policy().equals("Delete")) {
                    return delete(volume);
                }
            }
        }
        return Result.DONE;
    }

    private Result reconcile(ClaimView claim) {
        ClassView storageClass = classes.lister().get("", claim.storageClass());
        if (claim.phase().equals("Bound")) {
            return grow(claim, storageClass);
        }
        if (storageClass == null
                || !storageClass.provisioner().equals(PROVISIONER)
                || !claim.provisioner().equals(PROVISIONER)
                || !claim.volume().isEmpty()
                || (storageClass.delayed() && claim.node().isEmpty())) {
            return Result.DONE;
        }
        String name = "pvc-" + claim.uid();
        if (volumes.lister().get("", name) != null) {
            return Result.DONE;
        }
        ProvisionerNode node = claim.node().isEmpty() ? null : nodes.lister().get("", claim.node());
        if (node == null && !claim.node().isEmpty()) {
            events.warning(
                    claim.reference(),
                    "ProvisioningFailed",
                    "failed to provision volume with StorageClass \""
                            + storageClass.name()
                            + "\": node \""
                            + claim.node()
                            + "\" not found");
            return giveBack(claim);
        }
        return provision(claim, storageClass, node, name);
    }

    private Result provision(
            ClaimView claim, ClassView storageClass, @Nullable ProvisionerNode node, String name) {
        events.normal(
                claim.reference(),
                "Provisioning",
                "External provisioner is provisioning volume for claim \"" + claim.key() + "\"");
        Path folder = folders.of(claim.key(), claim.uid());
        try {
            ObjectNode tree = claimClient.get(claim.key().namespace(), claim.key().name());
            if (node == null || !node.simulated()) {
                folders.make(folder);
            }
            volumeClient.create(
                    ProvisionedVolume.of(tree, name, storageClass, node, folder.toString()));
        } catch (IOException e) {
            return failed(claim, storageClass, e.toString());
        } catch (ApiException e) {
            if (e.reason() == StatusReason.ALREADY_EXISTS || e.reason() == StatusReason.NOT_FOUND) {
                return Result.DONE;
            }
            return failed(claim, storageClass, e.status().message());
        }
        events.normal(
                claim.reference(),
                "ProvisioningSucceeded",
                "Successfully provisioned volume " + name);
        return Result.DONE;
    }

    private Result failed(ClaimView claim, ClassView storageClass, String why) {
        events.warning(
                claim.reference(),
                "ProvisioningFailed",
                "failed to provision volume with StorageClass \""
                        + storageClass.name()
                        + "\": "
                        + why);
        return new Result.Retry(why);
    }

    /** Lets the scheduler choose another node. */
    private Result giveBack(ClaimView claim) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata").putObject("annotations").putNull(VolumeNames.SELECTED_NODE);
        claimClient.patch(claim.key().namespace(), claim.key().name(), PatchForm.MERGE, patch);
        return Result.DONE;
    }

    /** A folder can be as large as is asked for. */
    private Result grow(ClaimView claim, @Nullable ClassView storageClass) {
        VolumeView volume = volumes.lister().get("", claim.volume());
        if (volume == null
                || !volume.provisioner().equals(PROVISIONER)
                || storageClass == null
                || !storageClass.expands()
                || claim.request().isEmpty()
                || claim.capacity().isEmpty()) {
            return Result.DONE;
        }
        Quantity wanted = Quantity.parse(claim.request());
        if (wanted.compareTo(volume.capacity()) > 0) {
            ObjectNode patch = Json.object();
            patch.putObject("spec").putObject("capacity").put("storage", claim.request());
            volumeClient.patch("", volume.name(), PatchForm.MERGE, patch);
        }
        if (wanted.compareTo(Quantity.parse(claim.capacity())) > 0) {
            ObjectNode patch = Json.object();
            patch.putObject("status").putObject("capacity").put("storage", claim.request());
            claimClient.patch(
                    claim.key().namespace(), claim.key().name(), "status", PatchForm.MERGE, patch);
            events.normal(
                    claim.reference(),
                    "VolumeResizeSuccessful",
                    "ExpandVolume succeeded for volume " + claim.key());
        }
        return Result.DONE;
    }

    private Result delete(VolumeView volume) {
        try {
            ObjectNode tree = volumeClient.get("", volume.name());
            String path = ProvisionedVolume.path(tree);
            folders.delete(path);
            volumeClient.delete("", volume.name(), DeleteOptions.DEFAULT);
        } catch (IOException e) {
            events.warning(volume.reference(), "VolumeFailedDelete", e.toString());
            return new Result.Retry(e.toString());
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
        return Result.DONE;
    }
}
