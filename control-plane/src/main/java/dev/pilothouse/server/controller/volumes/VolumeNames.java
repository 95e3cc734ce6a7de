package dev.pilothouse.server.controller.volumes;

import dev.pilothouse.model.meta.GroupVersionResource;

/** Resources, annotations and finalizers of volumes. Source: component-helpers/storage/volume. */
public final class VolumeNames {

    public static final GroupVersionResource CLAIMS =
            new GroupVersionResource("", "v1", "persistentvolumeclaims");
    public static final GroupVersionResource VOLUMES =
            new GroupVersionResource("", "v1", "persistentvolumes");
    public static final GroupVersionResource CLASSES =
            new GroupVersionResource("storage.k8s.io", "v1", "storageclasses");
    public static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    public static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");

    /** On claims: both sides of the binding are in order. */
    public static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

    /** On claims and volumes: the controller chose the other side. */
    public static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

    /** On claims: the node for which the scheduler wants a volume. */
    public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    /** On claims: who is to make a volume. */
    public static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";

    /** On claims: the same, for programs of old. */
    public static final String BETA_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";

    /** On volumes: who has made it. */
    public static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    private VolumeNames() {}
}
