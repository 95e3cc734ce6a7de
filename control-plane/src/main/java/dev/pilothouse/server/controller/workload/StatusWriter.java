package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the status of workloads. Thread-safe.
 *
 * @param client of the workloads' kind
 */
public record StatusWriter(ResourceClient client) {

    /**
     * Writes a status that differs. An object that has gone meanwhile is none to complain of; other
     * refusals are thrown.
     *
     * @param tree the object as it was read; gets the status
     * @return whether there was something to write: the change comes back as an event, and with it
     *     the next look
     */
    public boolean write(ObjectNode tree, ObjectNode status) {
        if (status.equals(tree.get("status"))) {
            return false;
        }
        tree.set("status", status);
        try {
            client.update(tree, "status");
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
        return true;
    }
}
