package dev.pilothouse.server.controller.volumes;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What controllers need to know of a storage class.
 *
 * @param name its name
 * @param provisioner who makes its volumes
 * @param delayed whether volumes wait for a pod that uses them
 * @param policy what becomes of its volumes afterwards
 * @param expands whether its volumes may grow
 */
public record ClassView(
        String name, String provisioner, boolean delayed, String policy, boolean expands) {

    /** Says that nobody makes volumes of the class. */
    public static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    /** Reads a storage class. */
    public static ClassView of(ObjectNode json) {
        String policy = Json.text(json, "reclaimPolicy");
        return new ClassView(
                Json.text(json, "metadata", "name"),
                Json.text(json, "provisioner"),
                Json.text(json, "volumeBindingMode").equals("WaitForFirstConsumer"),
                policy.isEmpty() ? "Delete" : policy,
                Json.bool(json, "allowVolumeExpansion"));
    }
}
