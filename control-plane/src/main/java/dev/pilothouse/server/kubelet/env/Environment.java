package dev.pilothouse.server.kubelet.env;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the environment of a container. Source: the kubelet's makeEnvironmentVariables.
 *
 * @param fields what the pod tells of itself
 * @param source the ConfigMaps and Secrets
 * @param services the Services that there are
 * @param addresses where they are reached
 * @param volumes where the pod's volumes are, by name
 */
public record Environment(
        DownwardFields fields,
        ConfigSource source,
        Collection<ServiceView> services,
        ServiceAddresses addresses,
        Map<String, Path> volumes) {

    private static final String DEFAULT = "default";
    private static final String API_SERVER = "kubernetes";

    /**
     * All variables of a container.
     *
     * @param container the container's spec
     * @param given what the runtime gives by itself; may be referred to and replaced
     * @throws ConfigException when a reference leads nowhere
     */
    public Map<String, String> of(ObjectNode container, Map<String, String> given) {
        Map<String, String> known = new LinkedHashMap<>(serviceVariables());
        known.putAll(given);
        Map<String, String> own = new LinkedHashMap<>();
        for (ObjectNode from : Json.objects(container, "envFrom")) {
            addAll(own, from);
        }
        for (ObjectNode variable : Json.objects(container, "env")) {
            String name = Json.text(variable, "name");
            ObjectNode reference = Json.objectAt(variable, "valueFrom");
            if (reference == null) {
                Map<String, String> scope = new LinkedHashMap<>(known);
                scope.putAll(own);
                own.put(name, Expansion.expand(Json.text(variable, "value"), scope));
            } else {
                String value = referred(reference, Json.text(container, "name"));
                if (value != null) {
                    own.put(name, value);
                }
            }
        }
        known.putAll(own);
        return known;
    }

    private Map<String, String> serviceVariables() {
        String namespace = Json.text(fields.pod(), "metadata", "namespace");
        JsonNode links = Json.at(fields.pod(), "spec", "enableServiceLinks");
        boolean linked = links == null || links.asBoolean(true);
        Map<String, String> variables = new LinkedHashMap<>();
        for (ServiceView service : services) {
            boolean api = service.namespace().equals(DEFAULT) && service.name().equals(API_SERVER);
            if (api || (linked && service.namespace().equals(namespace))) {
                service.addTo(variables, addresses);
            }
        }
        return variables;
    }

    private void addAll(Map<String, String> variables, ObjectNode from) {
        String prefix = Json.text(from, "prefix");
        String namespace = Json.text(fields.pod(), "metadata", "namespace");
        ObjectNode map = Json.objectAt(from, "configMapRef");
        if (map != null) {
            ObjectNode found = source.configMap(namespace, Json.text(map, "name"));
            if (found == null) {
                missing(map, "configmap");
            }
            Json.stringMap(found, "data")
                    .forEach((key, value) -> variables.put(prefix + key, value));
        }
        ObjectNode secret = Json.objectAt(from, "secretRef");
        if (secret != null) {
            ObjectNode found = source.secret(namespace, Json.text(secret, "name"));
            if (found == null) {
                missing(secret, "secret");
            }
            Json.stringMap(found, "data")
                    .forEach((key, value) -> variables.put(prefix + key, decoded(value)));
        }
    }

    private static void missing(ObjectNode reference, String kind) {
        if (!Json.bool(reference, "optional")) {
            throw new ConfigException(kind + " \"" + Json.text(reference, "name") + "\" not found");
        }
    }

    private @Nullable String referred(ObjectNode reference, String container) {
        ObjectNode field = Json.objectAt(reference, "fieldRef");
        if (field != null) {
            return fields.field(Json.text(field, "fieldPath"));
        }
        ObjectNode resource = Json.objectAt(reference, "resourceFieldRef");
        if (resource != null) {
            String other = Json.text(resource, "containerName");
            return fields.resource(
                    other.isEmpty() ? container : other,
                    Json.text(resource, "resource"),
                    Json.text(resource, "divisor"));
        }
        ObjectNode file = Json.objectAt(reference, "fileKeyRef");
        if (file != null) {
            return fromFile(file);
        }
        ObjectNode map = Json.objectAt(reference, "configMapKeyRef");
        if (map != null) {
            return keyed(map, "ConfigMap");
        }
        ObjectNode secret = Json.objectAt(reference, "secretKeyRef");
        return secret == null ? "" : keyed(secret, "Secret");
    }

    private @Nullable String keyed(ObjectNode reference, String kind) {
        String namespace = Json.text(fields.pod(), "metadata", "namespace");
        String name = Json.text(reference, "name");
        boolean secret = kind.equals("Secret");
        ObjectNode found =
                secret ? source.secret(namespace, name) : source.configMap(namespace, name);
        if (found == null) {
            missing(reference, secret ? "secret" : "configmap");
            return null;
        }
        String key = Json.text(reference, "key");
        JsonNode value = Json.at(found, "data", key);
        if (value == null || !value.isString()) {
            if (Json.bool(reference, "optional")) {
                return null;
            }
            throw new ConfigException(
                    "couldn't find key " + key + " in " + kind + " " + namespace + "/" + name);
        }
        return secret ? decoded(value.stringValue()) : value.stringValue();
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** A line {@code key=value} of a file of a volume (KEP 3721). */
    private @Nullable String fromFile(ObjectNode reference) {
        String volume = Json.text(reference, "volumeName");
        String key = Json.text(reference, "key");
        Path directory = volumes.get(volume);
        boolean optional = Json.bool(reference, "optional");
        if (directory == null) {
            throw new ConfigException(
                    "cannot find the volume \"" + volume + "\" referenced by FileKeyRef");
        }
        Path file = directory.resolve(Json.text(reference, "path")).normalize();
        if (!file.startsWith(directory)) {
            throw new ConfigException(
                    "the path of a FileKeyRef leads outside volume \"" + volume + "\"");
        }
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && line.substring(0, equals).strip().equals(key)) {
                    String value = line.substring(equals + 1).strip();
                    return value.length() > 1 && value.startsWith("'") && value.endsWith("'")
                            ? value.substring(1, value.length() - 1)
                            : value;
                }
            }
        } catch (NoSuchFileException e) {
            if (optional) {
                return null;
            }
            throw new ConfigException(
                    "couldn't parse env file: " + file.getFileName() + " not found");
        } catch (IOException e) {
            throw new ConfigException("couldn't parse env file: " + e.getMessage());
        }
        if (optional) {
            return null;
        }
        throw new ConfigException(
                "environment variable key \""
                        + key
                        + "\" not found in file \""
                        + file.getFileName()
                        + "\"");
    }
}
