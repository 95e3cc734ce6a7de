package dev.pilothouse.server.scheduler;

import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.model.selector.LabelSelector.Requirement;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Selectors;
import dev.pilothouse.server.scheduler.plugins.DefaultSelectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the scheduler knows besides nodes, pods and volumes. Thread-safe. */
final class ClusterViews implements DefaultSelectors {

    private static final GroupVersionResource NAMESPACES =
            new GroupVersionResource("", "v1", "namespaces");
    private static final GroupVersionResource SERVICES =
            new GroupVersionResource("", "v1", "services");
    private static final GroupVersionResource CONTROLLERS =
            new GroupVersionResource("", "v1", "replicationcontrollers");
    private static final GroupVersionResource REPLICA_SETS =
            new GroupVersionResource("apps", "v1", "replicasets");
    private static final GroupVersionResource STATEFUL_SETS =
            new GroupVersionResource("apps", "v1", "statefulsets");

    private final Informer<NamespaceView> namespaces;
    private final Informer<Selecting> services;
    private final Map<String, Informer<Selecting>> owners;

    /** A namespace. */
    record NamespaceView(String name, Map<String, String> labels) {}

    /** Something that selects pods. */
    record Selecting(String name, @Nullable LabelSelector selector) {}

    ClusterViews(InformerFactory informers) {
        this.namespaces =
                informers.views(
                        NAMESPACES,
                        object ->
                                new NamespaceView(
                                        Json.text(object, "metadata", "name"),
                                        Map.copyOf(Json.stringMap(object, "metadata", "labels"))),
                        Map.of());
        this.services = informers.views(SERVICES, ClusterViews::plain, Map.of());
        this.owners =
                Map.of(
                        "ReplicationController",
                        informers.views(CONTROLLERS, ClusterViews::plain, Map.of()),
                        "ReplicaSet",
                        informers.views(REPLICA_SETS, ClusterViews::structured, Map.of()),
                        "StatefulSet",
                        informers.views(STATEFUL_SETS, ClusterViews::structured, Map.of()));
    }

    private static Selecting plain(ObjectNode object) {
        Map<String, String> labels = Json.stringMap(object, "spec", "selector");
        return new Selecting(
                Json.text(object, "metadata", "name"),
                labels.isEmpty() ? null : LabelSelector.ofMap(labels));
    }

    private static Selecting structured(ObjectNode object) {
        return new Selecting(
                Json.text(object, "metadata", "name"),
                Selectors.labels(Json.at(object, "spec", "selector")));
    }

    /** All informers, to be waited for. */
    List<Informer<?>> informers() {
        List<Informer<?>> all = new ArrayList<>(owners.values());
        all.add(namespaces);
        all.add(services);
        return all;
    }

    /** Calls a task when pods may belong together in another way. */
    void onSelection(Runnable task) {
        services.addHandler(_ -> task.run());
        owners.values().forEach(owner -> owner.addHandler(_ -> task.run()));
    }

    Informer<NamespaceView> namespaces() {
        return namespaces;
    }

    /** The labels of a namespace. */
    Map<String, String> namespaceLabels(String name) {
        NamespaceView namespace = namespaces.lister().get("", name);
        return namespace == null ? Map.of() : namespace.labels();
    }

    /** Source: plugins/helper/spread.go DefaultSelector. */
    @Override
    public LabelSelector of(PodShape pod) {
        List<Requirement> requirements = new ArrayList<>();
        for (Selecting service : services.lister().inNamespace(pod.namespace())) {
            LabelSelector selector = service.selector();
            if (selector != null && selector.matches(pod.labels()::get)) {
                requirements.addAll(selector.requirements());
            }
        }
        Selecting owner = owner(pod);
        if (owner != null && owner.selector() != null) {
            requirements.addAll(owner.selector().requirements());
        }
        return new LabelSelector(requirements.stream().distinct().toList());
    }

    private @Nullable Selecting owner(PodShape pod) {
        int slash = pod.owner().indexOf('/');
        Informer<Selecting> informer =
                slash < 0 ? null : owners.get(pod.owner().substring(0, slash));
        return informer == null
                ? null
                : informer.lister().get(pod.namespace(), pod.owner().substring(slash + 1));
    }
}
