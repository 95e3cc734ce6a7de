package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods from templates, and short names for what a template says. */
public final class Templates {

    /** Letters and digits that cannot come together to a word. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private Templates() {}

    /**
     * A pod as a template asks for it, without a name.
     *
     * @param template the pod template, which is not changed
     * @param namespace where the pod is to live
     */
    public static ObjectNode pod(JsonNode template, String namespace) {
        ObjectNode pod = Json.object();
        pod.put("apiVersion", "v1");
        pod.put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("namespace", namespace);
        for (String member : new String[] {"labels", "annotations", "finalizers"}) {
            JsonNode value = Json.at(template, "metadata", member);
            if (value != null) {
                metadata.set(member, value.deepCopy());
            }
        }
        pod.set("spec", template.path("spec").deepCopy());
        return pod;
    }

    /** The beginning of the names of an owner's pods, which the server completes. */
    public static String namePrefix(String owner) {
        return owner + "-";
    }

    /**
     * A short hash of a tree that does not depend on the order of its members, and of a count that
     * tells apart trees of the same hash.
     */
    public static String hash(JsonNode tree, long collisionCount) {
        // FNV-1a, 32 bits
        int hash = 0x811c9dc5;
        byte[] bytes = Json.string(sorted(tree)).getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        for (int shift = 0; collisionCount > 0 && shift < 64; shift += 8) {
            hash = (hash ^ (int) ((collisionCount >>> shift) & 0xff)) * 0x01000193;
        }
        StringBuilder name = new StringBuilder();
        for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
            name.append(ALPHABET.charAt(digit % ALPHABET.length()));
        }
        return name.toString();
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> members = new TreeMap<>();
            object.properties()
                    .forEach(entry -> members.put(entry.getKey(), sorted(entry.getValue())));
            ObjectNode copy = Json.object();
            members.forEach(copy::set);
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.array();
            array.forEach(element -> copy.add(sorted(element)));
            return copy;
        }
        return node;
    }
}
