package dev.pilothouse.server.scheduler.volumes;

import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Follows claims, volumes, classes and what nodes can attach. Thread-safe. */
public final class StorageInformers implements VolumeViews {

    static final GroupVersionResource CLAIMS =
            new GroupVersionResource("", "v1", "persistentvolumeclaims");
    static final GroupVersionResource VOLUMES =
            new GroupVersionResource("", "v1", "persistentvolumes");
    private static final GroupVersionResource CLASSES =
            new GroupVersionResource("storage.k8s.io", "v1", "storageclasses");
    private static final GroupVersionResource CSI_NODES =
            new GroupVersionResource("storage.k8s.io", "v1", "csinodes");
    private static final String BY_CLASS = "class";

    private final Informer<Claim> claims;
    private final Informer<Volume> volumes;
    private final Informer<VolumeClass> classes;
    private final Informer<Limits> limits;

    private record Limits(String node, Map<String, Integer> drivers) {}

    /** Follows over these informers, which must not have been started. */
    public StorageInformers(InformerFactory informers) {
        this.claims = informers.views(CLAIMS, StorageReader::claim, Map.of());
        this.volumes =
                informers.views(
                        VOLUMES,
                        StorageReader::volume,
                        Map.of(BY_CLASS, volume -> List.of(volume.storageClass())));
        this.classes = informers.views(CLASSES, StorageReader::storageClass, Map.of());
        this.limits = informers.views(CSI_NODES, StorageInformers::limits, Map.of());
    }

    private static Limits limits(ObjectNode node) {
        Map<String, Integer> drivers = new HashMap<>();
        for (ObjectNode driver : Json.objects(node, "spec", "drivers")) {
            if (Json.at(driver, "allocatable", "count") != null) {
                drivers.put(
                        Json.text(driver, "name"),
                        (int) Json.number(driver, 0, "allocatable", "count"));
            }
        }
        return new Limits(Json.text(node, "metadata", "name"), Map.copyOf(drivers));
    }

    /** All informers, to be waited for. */
    public List<Informer<?>> informers() {
        return List.of(claims, volumes, classes, limits);
    }

    /** Tells of everything that changes. */
    public void onChange(Consumer<ClusterEvent.StorageChanged> listener) {
        claims.addHandler(delta -> {
            Claim claim = delta.object();
            listener.accept(
                    new ClusterEvent.StorageChanged(
                            ClusterEvent.StorageKind.CLAIM, claim.namespace(), claim.name()));
        });
        volumes.addHandler(
                delta -> tell(listener, ClusterEvent.StorageKind.VOLUME, delta.object().name()));
        classes.addHandler(
                delta -> tell(listener, ClusterEvent.StorageKind.CLASS, delta.object().name()));
        limits.addHandler(
                delta -> tell(listener, ClusterEvent.StorageKind.LIMITS, delta.object().node()));
    }

    private static void tell(
            Consumer<ClusterEvent.StorageChanged> listener,
            ClusterEvent.StorageKind kind,
            String name) {
        listener.accept(new ClusterEvent.StorageChanged(kind, "", name));
    }

    @Override
    public @Nullable Claim claim(String namespace, String name) {
        return claims.lister().get(namespace, name);
    }

    @Override
    public @Nullable Volume volume(String name) {
        return volumes.lister().get("", name);
    }

    @Override
    public List<Volume> volumesOf(String storageClass) {
        return volumes.lister().byIndex(BY_CLASS, storageClass);
    }

    @Override
    public @Nullable VolumeClass storageClass(String name) {
        return classes.lister().get("", name);
    }

    @Override
    public Map<String, Integer> limits(String node) {
        Limits known = limits.lister().get("", node);
        return known == null ? Map.of() : known.drivers();
    }
}
