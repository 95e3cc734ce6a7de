package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of containers. Source: pkg/apis/core/v1/defaults.go. */
final class ContainerDefaults {

    private ContainerDefaults() {}

    static void apply(ObjectNode container) {
        if (FieldChecks.text(container, "imagePullPolicy").isEmpty()) {
            container.put("imagePullPolicy", pullPolicy(FieldChecks.text(container, "image")));
        }
        Defaults.text(container, "terminationMessagePath", "/dev/termination-log");
        Defaults.text(container, "terminationMessagePolicy", "File");
        ObjectNode resources = Defaults.object(container, "resources");
        Defaults.quantities(resources.get("limits"));
        Defaults.quantities(resources.get("requests"));
        for (JsonNode port : container.path("ports")) {
            Defaults.text((ObjectNode) port, "protocol", "TCP");
        }
        for (JsonNode variable : container.path("env")) {
            if (variable.get("valueFrom") instanceof ObjectNode source) {
                envSource(source);
            }
        }
        probe(container.get("livenessProbe"));
        probe(container.get("readinessProbe"));
        probe(container.get("startupProbe"));
        JsonNode lifecycle = container.path("lifecycle");
        httpGet(lifecycle.path("postStart").get("httpGet"));
        httpGet(lifecycle.path("preStop").get("httpGet"));
    }

    /** What a container may use is what it asks for, unless it says less. */
    static void requestsFromLimits(JsonNode container) {
        if (!(container.path("resources").get("limits") instanceof ObjectNode limits)) {
            return;
        }
        ObjectNode requests = Defaults.object((ObjectNode) container.path("resources"), "requests");
        for (var limit : limits.properties()) {
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        }
        if (requests.isEmpty()) {
            ((ObjectNode) container.path("resources")).remove("requests");
        }
    }

    /** On the host's network a port of the container is a port of the host. */
    static void hostPorts(JsonNode container) {
        for (JsonNode port : container.path("ports")) {
            if (port.path("hostPort").asInt(0) == 0) {
                ((ObjectNode) port).put("hostPort", port.path("containerPort").asInt(0));
            }
        }
    }

    /** Images that may move are pulled each time. */
    static String pullPolicy(String image) {
        return isLatest(image) ? "Always" : "IfNotPresent";
    }

    static void fieldRef(JsonNode source) {
        if (source.get("fieldRef") instanceof ObjectNode fieldRef) {
            Defaults.text(fieldRef, "apiVersion", "v1");
        }
        if (source.get("resourceFieldRef") instanceof ObjectNode resource) {
            // Go writes the zero Quantity of an unset divisor.
            Defaults.text(resource, "divisor", "0");
            Defaults.quantity(resource, "divisor");
        }
    }

    private static void envSource(ObjectNode source) {
        fieldRef(source);
        if (source.get("fileKeyRef") instanceof ObjectNode file) {
            Defaults.bool(file, "optional", false);
        }
    }

    private static void probe(@Nullable JsonNode value) {
        if (!(value instanceof ObjectNode probe)) {
            return;
        }
        Defaults.nonZero(probe, "timeoutSeconds", 1);
        Defaults.nonZero(probe, "periodSeconds", 10);
        Defaults.nonZero(probe, "successThreshold", 1);
        Defaults.nonZero(probe, "failureThreshold", 3);
        httpGet(probe.get("httpGet"));
        if (probe.get("grpc") instanceof ObjectNode grpc && !grpc.hasNonNull("service")) {
            grpc.put("service", "");
        }
    }

    private static void httpGet(@Nullable JsonNode value) {
        if (value instanceof ObjectNode request) {
            Defaults.text(request, "path", "/");
            Defaults.text(request, "scheme", "HTTP");
        }
    }

    private static boolean isLatest(String image) {
        int slash = image.lastIndexOf('/');
        int at = image.indexOf('@');
        int colon = image.indexOf(':', slash + 1);
        if (image.isEmpty()) {
            return false;
        }
        if (colon >= 0 && (at < 0 || colon < at)) {
            int end = at < 0 ? image.length() : at;
            return image.substring(colon + 1, end).equals("latest");
        }
        return at < 0;
    }
}
