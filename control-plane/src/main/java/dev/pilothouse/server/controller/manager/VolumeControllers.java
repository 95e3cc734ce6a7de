package dev.pilothouse.server.controller.manager;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.persistentvolume.PersistentVolumeController;
import dev.pilothouse.server.controller.volumeprotection.VolumeProtectionController;
import dev.pilothouse.server.controller.volumes.ClaimUser;
import dev.pilothouse.server.controller.volumes.ClaimView;
import dev.pilothouse.server.controller.volumes.ClassView;
import dev.pilothouse.server.controller.volumes.VolumeNames;
import dev.pilothouse.server.controller.volumes.VolumeView;
import java.util.List;
import java.util.Map;

/** The controllers of volumes and claims; they share what they know of them. */
final class VolumeControllers {

    private VolumeControllers() {}

    static Component of(Parts parts) {
        InformerFactory informers = parts.informers();
        Informer<ClaimView> claims = informers.views(VolumeNames.CLAIMS, ClaimView::of, Map.of());
        Informer<VolumeView> volumes =
                informers.views(VolumeNames.VOLUMES, VolumeView::of, Map.of());
        Informer<ClassView> classes = informers.views(VolumeNames.CLASSES, ClassView::of, Map.of());
        Informer<ClaimUser> pods =
                informers.views(VolumeNames.PODS, ClaimUser::of, ClaimUser.INDEXES);
        ApiClient binder = parts.client(PersistentVolumeController.NAME);
        return new Together(
                List.of(
                        new PersistentVolumeController(
                                binder,
                                claims,
                                volumes,
                                classes,
                                pods,
                                parts.events(binder, PersistentVolumeController.EVENT_SOURCE, ""),
                                parts.delays(),
                                parts.clock()),
                        new VolumeProtectionController(
                                parts.client(VolumeProtectionController.NAME),
                                claims,
                                volumes,
                                pods,
                                parts.delays(),
                                parts.clock())));
    }
}
