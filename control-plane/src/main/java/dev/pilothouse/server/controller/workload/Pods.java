package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.informer.DeltaHandler;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.model.selector.LabelSelector.Operator;
import dev.pilothouse.model.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All pods, found by their controller or, while they have none, by their labels; shared by the
 * controllers of workloads. Thread-safe.
 */
public final class Pods {

    /** The pods. */
    public static final GroupVersionResource RESOURCE = new GroupVersionResource("", "v1", "pods");

    private static final String BY_CONTROLLER = "controller";
    private static final String ORPHANS = "orphans";

    private final Informer<PodView> informer;

    /** A view that is complete some time after the informers have been started. */
    public Pods(InformerFactory informers) {
        this.informer =
                informers.views(
                        RESOURCE,
                        new PodForm(),
                        Map.of(
                                BY_CONTROLLER, Pods::controller,
                                ORPHANS, Pods::orphanPlaces));
    }

    /** Adds a handler; see {@link Informer#addHandler}. */
    public void addHandler(DeltaHandler<PodView> handler) {
        informer.addHandler(handler);
    }

    /** Completes when all pods are known. */
    public CompletableFuture<@Nullable Void> synced() {
        return informer.synced();
    }

    /** A pod, or null. */
    public @Nullable PodView get(String namespace, String name) {
        return informer.lister().get(namespace, name);
    }

    /** The pods that the controller of this uid manages. */
    public List<PodView> ownedBy(String uid) {
        return informer.lister().byIndex(BY_CONTROLLER, uid);
    }

    /** The pods of a namespace that nobody manages and that are selected. */
    public List<PodView> orphans(String namespace, LabelSelector selector) {
        List<PodView> orphans = new ArrayList<>();
        for (String place : places(namespace, selector)) {
            for (PodView pod : informer.lister().byIndex(ORPHANS, place)) {
                if (selector.matches(pod.labels()::get)) {
                    orphans.add(pod);
                }
            }
        }
        return orphans;
    }

    private static Collection<String> places(String namespace, LabelSelector selector) {
        for (Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Operator.IN) {
                return requirement.values().stream()
                        .map(value -> place(namespace, requirement.key(), value))
                        .toList();
            }
        }
        return List.of(namespace);
    }

    private static Collection<String> controller(PodView pod) {
        Owner owner = pod.controller();
        return owner == null ? List.of() : List.of(owner.uid());
    }

    private static Collection<String> orphanPlaces(PodView pod) {
        if (pod.controller() != null) {
            return List.of();
        }
        List<String> places = new ArrayList<>();
        places.add(pod.namespace());
        pod.labels().forEach((key, value) -> places.add(place(pod.namespace(), key, value)));
        return places;
    }

    private static String place(String namespace, String key, String value) {
        return namespace + "/" + key + "=" + value;
    }
}
