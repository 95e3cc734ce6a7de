package dev.pilothouse.server.bootstrap;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersion;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What there is before anybody makes anything. */
final class FirstObjects {

    /** Address of the API server inside the cluster: the first of the Service range. */
    static final String SERVICE_IP = "10.96.0.1";

    /**
     * An object and where it belongs.
     *
     * @param resource its resource
     * @param object the object
     */
    record FirstObject(GroupVersionResource resource, ObjectNode object) {}

    private static final GroupVersionResource NAMESPACES = core("namespaces");
    private static final GroupVersionResource PRIORITY_CLASSES =
            new GroupVersionResource("scheduling.k8s.io", "v1", "priorityclasses");
    private static final GroupVersionResource STORAGE_CLASSES =
            new GroupVersionResource("storage.k8s.io", "v1", "storageclasses");
    private static final GroupVersionResource API_SERVICES =
            new GroupVersionResource("apiregistration.k8s.io", "v1", "apiservices");
    private static final GroupVersionResource SERVICE_CIDRS =
            new GroupVersionResource("networking.k8s.io", "v1", "servicecidrs");

    private FirstObjects() {}

    static List<FirstObject> all(Scheme scheme) {
        List<FirstObject> objects = new ArrayList<>();
        for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            objects.add(new FirstObject(NAMESPACES, named("v1", "Namespace", "", name)));
        }
        objects.add(
                priorityClass(
                        "system-node-critical",
                        2_000_001_000L,
                        "Used for system critical pods that must not be moved from their current node."));
        objects.add(
                priorityClass(
                        "system-cluster-critical",
                        2_000_000_000L,
                        "Used for system critical pods that must run in the cluster, but can be moved to another node if"
                                + " necessary."));
        objects.add(RuntimeClasses.hostProcess());
        objects.add(RuntimeClasses.simulated());
        objects.add(storageClass());
        objects.add(serviceCidr());
        objects.add(kubernetesService());
        apiServices(scheme, objects);
        return objects;
    }

    static GroupVersionResource core(String resource) {
        return new GroupVersionResource("", "v1", resource);
    }

    static ObjectNode named(String apiVersion, String kind, String namespace, String name) {
        ObjectNode object = Json.object();
        object.put("kind", kind);
        object.put("apiVersion", apiVersion);
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    private static FirstObject priorityClass(String name, long value, String description) {
        ObjectNode object = named("scheduling.k8s.io/v1", "PriorityClass", "", name);
        object.put("value", value);
        object.put("description", description);
        return new FirstObject(PRIORITY_CLASSES, object);
    }

    /** Volumes that are folders of this machine, made where the pod that uses them is. */
    private static FirstObject storageClass() {
        ObjectNode object = named("storage.k8s.io/v1", "StorageClass", "", "standard");
        Json.child(object, "metadata")
                .putObject("annotations")
                .put("storageclass.kubernetes.io/is-default-class", "true");
        object.put("provisioner", "pilothouse.dev/local-path");
        object.put("reclaimPolicy", "Delete");
        object.put("volumeBindingMode", "WaitForFirstConsumer");
        object.put("allowVolumeExpansion", true);
        return new FirstObject(STORAGE_CLASSES, object);
    }

    private static FirstObject serviceCidr() {
        ObjectNode object = named("networking.k8s.io/v1", "ServiceCIDR", "", "kubernetes");
        object.putObject("spec").putArray("cidrs").add("10.96.0.0/16");
        return new FirstObject(SERVICE_CIDRS, object);
    }

    private static FirstObject kubernetesService() {
        ObjectNode object = named("v1", "Service", "default", "kubernetes");
        ObjectNode labels = Json.child(object, "metadata").putObject("labels");
        labels.put("component", "apiserver");
        labels.put("provider", "kubernetes");
        ObjectNode spec = object.putObject("spec");
        spec.put("clusterIP", SERVICE_IP);
        spec.putArray("clusterIPs").add(SERVICE_IP);
        ObjectNode port = spec.putArray("ports").addObject();
        port.put("name", "https");
        port.put("port", 443);
        port.put("protocol", "TCP");
        port.put("targetPort", 6443);
        return new FirstObject(core("services"), object);
    }

    /** One APIService for each group and version that the server itself serves. */
    private static void apiServices(Scheme scheme, List<FirstObject> objects) {
        Set<GroupVersion> versions = new LinkedHashSet<>();
        for (ResourceKind kind : scheme.all()) {
            if (!kind.custom()) {
                versions.add(kind.resource().groupVersion());
            }
        }
        for (GroupVersion version : versions) {
            String name = version.version() + "." + version.group();
            ObjectNode object = named("apiregistration.k8s.io/v1", "APIService", "", name);
            Json.child(object, "metadata")
                    .putObject("labels")
                    .put("kube-aggregator.kubernetes.io/automanaged", "onstart");
            ObjectNode spec = object.putObject("spec");
            if (!version.group().isEmpty()) {
                spec.put("group", version.group());
            }
            spec.put("version", version.version());
            spec.put("groupPriorityMinimum", version.group().isEmpty() ? 18000 : 17000);
            spec.put("versionPriority", version.version().equals("v2") ? 20 : 15);
            objects.add(new FirstObject(API_SERVICES, object));
        }
    }
}
