package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.PodRef;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod and the agent that runs it.
 *
 * @param pod the pod as it is stored
 * @param ref which pod it is
 * @param agent the agent of its node
 */
record PodTarget(ObjectNode pod, PodRef ref, NodeAgent agent) {}
