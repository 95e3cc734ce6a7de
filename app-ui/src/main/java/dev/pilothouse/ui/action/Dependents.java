package dev.pilothouse.ui.action;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiPaths;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes when objects are deleted: what the garbage collector takes because all of its owners
 * are gone, what is in a namespace, what is of a defined kind. One thread.
 */
public final class Dependents {

    /** What controllers of the cluster make of objects of a kind. */
    private static final Map<String, List<String>> OWNED =
            Map.ofEntries(
                    Map.entry("deployments.apps", List.of("replicasets.apps")),
                    Map.entry("replicasets.apps", List.of("pods")),
                    Map.entry("replicationcontrollers", List.of("pods")),
                    Map.entry("statefulsets.apps", List.of("pods", "controllerrevisions.apps")),
                    Map.entry("daemonsets.apps", List.of("pods", "controllerrevisions.apps")),
                    Map.entry("cronjobs.batch", List.of("jobs.batch")),
                    Map.entry("jobs.batch", List.of("pods")),
                    Map.entry("pods", List.of("persistentvolumeclaims")),
                    Map.entry("services", List.of("endpointslices.discovery.k8s.io")),
                    Map.entry("nodes", List.of("leases.coordination.k8s.io")));

    /** What operators usually make for objects of their kinds, besides others of their group. */
    private static final List<String> USUAL =
            List.of(
                    "deployments.apps",
                    "statefulsets.apps",
                    "daemonsets.apps",
                    "replicasets.apps",
                    "jobs.batch",
                    "cronjobs.batch",
                    "pods",
                    "services",
                    "configmaps",
                    "secrets",
                    "serviceaccounts",
                    "persistentvolumeclaims",
                    "ingresses.networking.k8s.io",
                    "roles.rbac.authorization.k8s.io",
                    "rolebindings.rbac.authorization.k8s.io",
                    "poddisruptionbudgets.policy");

    /** Of more namespaces than this all are read in one go. */
    private static final int FEW = 5;

    private final Cluster cluster;
    private final List<Kind> kinds;
    private final Map<String, ObjectRef> found = new LinkedHashMap<>();
    private final Set<String> going = new HashSet<>();

    private Dependents(Cluster cluster, List<Kind> kinds) {
        this.cluster = cluster;
        this.kinds = kinds;
    }

    /**
     * Finds what goes with objects of one kind, in the order in which it was found, without the
     * objects themselves; blocks. Kinds that the user may not list are left out.
     *
     * @param kinds of the cluster
     */
    public static List<ObjectRef> of(Cluster cluster, List<Kind> kinds, List<ObjectRef> objects)
            throws IOException, InterruptedException {
        Dependents dependents = new Dependents(cluster, kinds);
        objects.forEach(object -> dependents.going.add(object.uid()));
        Kind kind = objects.getFirst().kind();
        switch (kind.qualified()) {
            case "namespaces" -> dependents.inNamespaces(objects);
            case "customresourcedefinitions.apiextensions.k8s.io" ->
                    dependents.ofDefinitions(objects);
            default -> dependents.owned(kind, objects);
        }
        objects.forEach(object -> dependents.found.remove(object.uid()));
        return List.copyOf(dependents.found.values());
    }

    private void inNamespaces(List<ObjectRef> namespaces) throws IOException, InterruptedException {
        for (ObjectRef namespace : namespaces) {
            for (Kind kind : kinds) {
                // Events are too many to be missed one by one.
                if (kind.namespaced() && !kind.resource().equals("events") && isStored(kind)) {
                    read(kind, namespace.name(), "", _ -> true);
                }
            }
        }
    }

    private void ofDefinitions(List<ObjectRef> definitions)
            throws IOException, InterruptedException {
        for (ObjectRef definition : definitions) {
            Kind kind = Kinds.find(kinds, definition.name());
            if (kind != null) {
                read(kind, "", "", _ -> true);
            }
        }
    }

    private void owned(Kind kind, Collection<ObjectRef> owners)
            throws IOException, InterruptedException {
        Set<String> namespaces = new TreeSet<>();
        owners.forEach(owner -> namespaces.add(owner.namespace()));
        for (Kind child : children(kind)) {
            List<ObjectRef> more = new ArrayList<>();
            for (String namespace : namespaces.size() > FEW ? Set.of("") : namespaces) {
                more.addAll(read(child, namespace, "", this::isLeftAlone));
            }
            if (!more.isEmpty()) {
                owned(child, more);
            }
        }
        if (kind.qualified().equals("nodes")) {
            for (ObjectRef node : owners) {
                String query =
                        "fieldSelector=" + ApiPaths.parameter("spec.nodeName=" + node.name());
                read(Kinds.PODS, "", query, _ -> true);
            }
        }
    }

    private List<Kind> children(Kind kind) {
        List<String> known = OWNED.get(kind.qualified());
        if (known != null) {
            return Kinds.find(kinds, known);
        }
        if (!isDefined(kind)) {
            return List.of();
        }
        List<Kind> children = new ArrayList<>(Kinds.find(kinds, USUAL));
        kinds.stream()
                .filter(each -> each.group().equals(kind.group()) && !each.equals(kind))
                .forEach(children::add);
        return children;
    }

    /** Groups of Kubernetes itself have no dot or end with its name. */
    private static boolean isDefined(Kind kind) {
        return kind.group().contains(".") && !kind.group().endsWith(".k8s.io");
    }

    /** What is only computed cannot be deleted. */
    private static boolean isStored(Kind kind) {
        return !kind.group().equals("metrics.k8s.io");
    }

    /** Whether all who own it go. */
    private boolean isLeftAlone(ObjectNode object) {
        List<ObjectNode> owners = Json.objects(object, "metadata", "ownerReferences");
        return !owners.isEmpty()
                && owners.stream().allMatch(owner -> going.contains(Json.text(owner, "uid")));
    }

    private List<ObjectRef> read(
            Kind kind, String namespace, String query, Predicate<ObjectNode> goes)
            throws IOException, InterruptedException {
        List<ObjectRef> more = new ArrayList<>();
        try {
            cluster.metadata(
                    kind,
                    namespace,
                    query,
                    part -> {
                        part.stream()
                                .filter(goes)
                                .map(object -> ObjectRef.of(kind, object))
                                .forEach(more::add);
                        return true;
                    });
        } catch (RefusedException e) {
            // What one may not see cannot be told.
            return List.of();
        }
        more.removeIf(object -> found.putIfAbsent(object.uid(), object) != null);
        more.forEach(object -> going.add(object.uid()));
        return more;
    }
}
