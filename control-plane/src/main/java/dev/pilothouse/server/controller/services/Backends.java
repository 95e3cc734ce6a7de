package dev.pilothouse.server.controller.services;

import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.controller.objects.NamespacedName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All Services and the pods behind them, kept up to date. Thread-safe. */
public final class Backends {

    private static final GroupVersionResource SERVICES =
            new GroupVersionResource("", "v1", "services");
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    private static final String BY_LABEL = "label";

    private final Informer<ServiceView> services;
    private final Informer<BackendPod> pods;

    /** Follows the Services and pods by informers of this factory. */
    public Backends(InformerFactory informers) {
        this.services = informers.views(SERVICES, ServiceView::of, Map.of());
        this.pods = informers.views(PODS, BackendPod::of, Map.of(BY_LABEL, Backends::labels));
    }

    /** Tells which Services have changed, or the pods behind them; also all that there are. */
    public void onChange(Consumer<NamespacedName> handler) {
        services.addHandler(delta -> handler.accept(delta.object().key()));
        pods.addHandler(delta -> changed(delta).forEach(handler));
    }

    /** Tells which Services have changed; also all that there are. */
    public void onServiceChange(Consumer<NamespacedName> handler) {
        services.addHandler(delta -> handler.accept(delta.object().key()));
    }

    /** Completes when all Services and pods are known. */
    public CompletableFuture<Void> synced() {
        return CompletableFuture.allOf(services.synced(), pods.synced());
    }

    /** A Service, or null. */
    public @Nullable ServiceView service(NamespacedName key) {
        return services.lister().get(key.namespace(), key.name());
    }

    /** The pods behind a Service that have an address and have not ended, in no order. */
    public List<BackendPod> pods(ServiceView service) {
        if (!service.selectsPods()) {
            return List.of();
        }
        Map.Entry<String, String> label = service.selector().entrySet().iterator().next();
        return pods.lister().byIndex(BY_LABEL, label(service.key().namespace(), label)).stream()
                .filter(pod -> service.selects(pod.labels()))
                .filter(pod -> !pod.ended() && !pod.ips().isEmpty())
                .toList();
    }

    private Set<NamespacedName> changed(Delta<BackendPod> delta) {
        Set<NamespacedName> changed = new HashSet<>();
        addServices(delta.object(), changed);
        if (delta instanceof Delta.Updated<BackendPod>(BackendPod before, BackendPod now)
                && !before.labels().equals(now.labels())) {
            addServices(before, changed);
        }
        return changed;
    }

    private void addServices(BackendPod pod, Set<NamespacedName> found) {
        for (ServiceView service : services.lister().inNamespace(pod.key().namespace())) {
            if (service.selects(pod.labels())) {
                found.add(service.key());
            }
        }
    }

    private static Collection<String> labels(BackendPod pod) {
        return pod.labels().entrySet().stream()
                .map(label -> label(pod.key().namespace(), label))
                .toList();
    }

    private static String label(String namespace, Map.Entry<String, String> label) {
        return namespace + "/" + label.getKey() + "=" + label.getValue();
    }
}
