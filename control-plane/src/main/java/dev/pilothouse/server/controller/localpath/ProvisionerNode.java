package dev.pilothouse.server.controller.localpath;

import dev.pilothouse.model.json.Json;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the provisioner needs to know of a node.
 *
 * @param name its name
 * @param hostname the value of its hostname label
 * @param simulated whether nothing really runs there
 */
public record ProvisionerNode(String name, String hostname, boolean simulated) {

    private static final String HOSTNAME = "kubernetes.io/hostname";

    /** Reads a node. */
    public static ProvisionerNode of(ObjectNode node) {
        Map<String, String> labels = Json.stringMap(node, "metadata", "labels");
        String name = Json.text(node, "metadata", "name");
        return new ProvisionerNode(
                name,
                labels.getOrDefault(HOSTNAME, name),
                labels.getOrDefault("pilothouse.dev/runtime", "").equals("simulated"));
    }
}
