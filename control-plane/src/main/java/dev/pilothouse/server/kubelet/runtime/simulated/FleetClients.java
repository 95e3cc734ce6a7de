package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.controller.client.Identities;
import dev.pilothouse.server.controller.manager.Parts.Clients;

/**
 * Clients that act as the kubelets of nodes; made when they are needed, for they cost next to
 * nothing. Answers hold only metadata, which is all that is looked at.
 */
record FleetClients(Clients clients) {

    static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");
    static final GroupVersionResource EVENTS = new GroupVersionResource("", "v1", "events");
    static final GroupVersionResource LEASES =
            new GroupVersionResource("coordination.k8s.io", "v1", "leases");

    ResourceClient pods(String node) {
        return as(node).metadata(PODS);
    }

    ResourceClient nodes(String node) {
        return as(node).metadata(NODES);
    }

    ResourceClient leases(String node) {
        return as(node).metadata(LEASES);
    }

    ResourceClient events(String node) {
        return as(node).metadata(EVENTS);
    }

    /** Whole objects of a resource. */
    ResourceClient whole(String node, GroupVersionResource resource) {
        return as(node).resource(resource);
    }

    private ApiClient as(String node) {
        return clients.as(Identities.node(node), "kubelet");
    }
}
