package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.node.PodRef;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds pods and their agents. Thread-safe.
 *
 * @param agents the agents that are connected
 * @param storage where pods and nodes are read
 */
record PodAgents(NodeAgents agents, Storage storage) {

    static final GroupResource PODS = new GroupResource("", "pods");
    static final GroupResource NODES = new GroupResource("", "nodes");

    /**
     * An object as it is now.
     *
     * @throws ApiException 404 when there is none
     */
    ObjectNode read(GroupResource resource, String namespace, String name) {
        StoredObject stored = storage.get(new ObjectKey(resource, namespace, name));
        if (stored == null) {
            throw ApiException.notFound(resource, name);
        }
        return Json.parseObject(stored.json());
    }

    /** A pod as it is now, or null when there is none. */
    @Nullable ObjectNode find(String namespace, String name) {
        StoredObject stored = storage.get(new ObjectKey(PODS, namespace, name));
        return stored == null ? null : Json.parseObject(stored.json());
    }

    /**
     * A pod and its agent.
     *
     * @throws ApiException 404 when there is no such pod, 400 when it is on no node yet, 404 when
     *     its node does not exist, 502 when the node's agent is not connected
     */
    PodTarget target(String namespace, String name) {
        return target(read(PODS, namespace, name));
    }

    /** The same for a pod that has been read. */
    PodTarget target(ObjectNode pod) {
        String name = Json.text(pod, "metadata", "name");
        String node = Json.text(pod, "spec", "nodeName");
        if (node.isEmpty()) {
            throw ApiException.badRequest("pod " + name + " does not have a host assigned");
        }
        PodRef ref =
                new PodRef(
                        Json.text(pod, "metadata", "namespace"),
                        name,
                        Json.text(pod, "metadata", "uid"));
        return new PodTarget(pod, ref, agent(node));
    }

    /** The agent of a node. */
    NodeAgent agent(String node) {
        NodeAgent agent = agents.find(node);
        if (agent != null) {
            return agent;
        }
        if (storage.get(new ObjectKey(NODES, "", node)) == null) {
            throw ApiException.notFound(NODES, node);
        }
        throw new ApiException(
                new Status(
                        false,
                        502,
                        StatusReason.SERVICE_UNAVAILABLE,
                        "the agent of node \"" + node + "\" is not connected",
                        new Details(node, "", "nodes", "", List.of(), 0),
                        ""));
    }
}
