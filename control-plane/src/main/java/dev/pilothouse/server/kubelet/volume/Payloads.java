package dev.pilothouse.server.kubelet.volume;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.env.ConfigException;
import dev.pilothouse.server.kubelet.env.ConfigSource;
import dev.pilothouse.server.kubelet.env.DownwardFields;
import dev.pilothouse.server.kubelet.volume.AtomicWriter.Content;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What files the volumes of kind configMap, secret, downwardAPI and projected hold. Throws {@link
 * ConfigException} when something is missing that is not optional.
 *
 * @param fields what the pod tells of itself
 * @param source the ConfigMaps and Secrets
 * @param tokens tokens of the pod's service account
 */
record Payloads(DownwardFields fields, ConfigSource source, TokenSource tokens) {

    private static final int DEFAULT_MODE = 0644;

    /** Whether a volume is of one of these kinds. */
    static boolean isFor(ObjectNode volume) {
        return List.of("configMap", "secret", "downwardAPI", "projected").stream()
                .anyMatch(volume::has);
    }

    Map<String, Content> of(ObjectNode volume) {
        ObjectNode map = Json.objectAt(volume, "configMap");
        if (map != null) {
            return configMap(map, Json.text(map, "name"), mode(map, DEFAULT_MODE));
        }
        ObjectNode secret = Json.objectAt(volume, "secret");
        if (secret != null) {
            return secret(secret, Json.text(secret, "secretName"), mode(secret, DEFAULT_MODE));
        }
        ObjectNode downward = Json.objectAt(volume, "downwardAPI");
        if (downward != null) {
            return downward(downward, mode(downward, DEFAULT_MODE));
        }
        ObjectNode projected = Json.objectAt(volume, "projected");
        return projected == null ? Map.of() : projected(projected);
    }

    private Map<String, Content> projected(ObjectNode projected) {
        int mode = mode(projected, DEFAULT_MODE);
        Map<String, Content> files = new TreeMap<>();
        for (ObjectNode part : Json.objects(projected, "sources")) {
            ObjectNode map = Json.objectAt(part, "configMap");
            if (map != null) {
                files.putAll(configMap(map, Json.text(map, "name"), mode));
            }
            ObjectNode secret = Json.objectAt(part, "secret");
            if (secret != null) {
                files.putAll(secret(secret, Json.text(secret, "name"), mode));
            }
            ObjectNode downward = Json.objectAt(part, "downwardAPI");
            if (downward != null) {
                files.putAll(downward(downward, mode));
            }
            ObjectNode token = Json.objectAt(part, "serviceAccountToken");
            if (token != null) {
                String text =
                        tokens.token(
                                Json.text(token, "audience"),
                                Json.number(token, 3600, "expirationSeconds"));
                files.put(Json.text(token, "path"), content(text, mode));
            }
            for (String other : List.of("clusterTrustBundle", "podCertificate")) {
                if (part.has(other)) {
                    throw new ConfigException(other + " projection is not supported by this node");
                }
            }
        }
        return files;
    }

    private Map<String, Content> configMap(ObjectNode reference, String name, int mode) {
        ObjectNode found = source.configMap(namespace(), name);
        if (found == null) {
            return absent(reference, "configmap", name);
        }
        Map<String, byte[]> data = new LinkedHashMap<>();
        Json.stringMap(found, "data")
                .forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
        Json.stringMap(found, "binaryData")
                .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        return chosen(reference, data, mode);
    }

    private Map<String, Content> secret(ObjectNode reference, String name, int mode) {
        ObjectNode found = source.secret(namespace(), name);
        if (found == null) {
            return absent(reference, "secret", name);
        }
        Map<String, byte[]> data = new LinkedHashMap<>();
        Json.stringMap(found, "data")
                .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        return chosen(reference, data, mode);
    }

    private Map<String, Content> downward(ObjectNode downward, int mode) {
        Map<String, Content> files = new TreeMap<>();
        for (ObjectNode item : Json.objects(downward, "items")) {
            ObjectNode field = Json.objectAt(item, "fieldRef");
            ObjectNode resource = Json.objectAt(item, "resourceFieldRef");
            String text = "";
            if (field != null) {
                text = fields.field(Json.text(field, "fieldPath"));
            } else if (resource != null) {
                text =
                        fields.resource(
                                Json.text(resource, "containerName"),
                                Json.text(resource, "resource"),
                                Json.text(resource, "divisor"));
            }
            files.put(
                    Json.text(item, "path"), content(text, (int) Json.number(item, mode, "mode")));
        }
        return files;
    }

    private static Map<String, Content> absent(ObjectNode reference, String kind, String name) {
        if (Json.bool(reference, "optional")) {
            return Map.of();
        }
        throw new ConfigException(kind + " \"" + name + "\" not found");
    }

    private static Map<String, Content> chosen(
            ObjectNode reference, Map<String, byte[]> data, int mode) {
        Map<String, Content> files = new TreeMap<>();
        List<ObjectNode> items = Json.objects(reference, "items");
        if (items.isEmpty()) {
            data.forEach((key, bytes) -> files.put(key, new Content(bytes, mode)));
            return files;
        }
        for (ObjectNode item : items) {
            byte @Nullable [] bytes = data.get(Json.text(item, "key"));
            if (bytes != null) {
                files.put(
                        Json.text(item, "path"),
                        new Content(bytes, (int) Json.number(item, mode, "mode")));
            } else if (!Json.bool(reference, "optional")) {
                throw new ConfigException(
                        "references non-existent config key: " + Json.text(item, "key"));
            }
        }
        return files;
    }

    private static Content content(String text, int mode) {
        return new Content(text.getBytes(StandardCharsets.UTF_8), mode);
    }

    private static int mode(ObjectNode source, int fallback) {
        return (int) Json.number(source, fallback, "defaultMode");
    }

    private String namespace() {
        return Json.text(fields.pod(), "metadata", "namespace");
    }
}
