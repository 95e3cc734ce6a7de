package dev.pilothouse.ui.forward.engine;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiPaths;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A port of a pod.
 *
 * @param namespace of the pod
 * @param pod its name
 * @param port the container's port
 */
record Target(String namespace, String pod, int port) {

    /** The path of a forward, as clients of the channel dialect send it. */
    String path() {
        return Kinds.PODS.path(namespace, pod) + "/portforward?ports=" + port;
    }

    /**
     * The pod that is meant now; blocks.
     *
     * @throws IOException when there is none that is ready; the message is a sentence
     */
    static Target find(Cluster cluster, ForwardSpec spec) throws IOException, InterruptedException {
        ObjectRef ref = spec.target();
        ObjectNode object = cluster.object(ref.kind(), ref.namespace(), ref.name());
        if (ref.kind().resource().equals("pods")) {
            return of(object, ref, spec.port());
        }
        boolean service = ref.kind().resource().equals("services");
        JsonNode selector = object.path("spec").path("selector");
        String labels = selector(service ? selector : selector.path("matchLabels"));
        if (labels.isEmpty()) {
            throw new IOException(Texts.text("forward.noSelector", spec.describe()));
        }
        String query = "labelSelector=" + ApiPaths.parameter(labels);
        ObjectNode ready = null;
        for (ObjectNode pod : cluster.objects(Kinds.PODS, ref.namespace(), query)) {
            if (isReady(pod)) {
                ready = pod;
                break;
            }
        }
        if (ready == null) {
            throw new IOException(Texts.text("forward.noPod", spec.describe()));
        }
        return of(ready, ref, service ? targetPort(object, spec.port()) : spec.port());
    }

    private static String selector(JsonNode labels) {
        List<String> parts = new ArrayList<>();
        labels.properties()
                .forEach(label -> parts.add(label.getKey() + "=" + label.getValue().asString("")));
        return String.join(",", parts);
    }

    private static boolean isReady(ObjectNode pod) {
        if (pod.path("metadata").has("deletionTimestamp")) {
            return false;
        }
        for (ObjectNode condition : Json.objects(pod.path("status"), "conditions")) {
            if (Json.text(condition, "type").equals("Ready")) {
                return Json.text(condition, "status").equals("True");
            }
        }
        return false;
    }

    /** The port of the pods that a Service's port leads to. */
    private static String targetPort(ObjectNode service, String port) {
        for (ObjectNode each : Json.objects(service.path("spec"), "ports")) {
            boolean meant =
                    Json.text(each, "name").equals(port)
                            || each.path("port").asString("").equals(port);
            if (meant) {
                String target = each.path("targetPort").asString("");
                return target.isEmpty() ? each.path("port").asString("") : target;
            }
        }
        return port;
    }

    private static Target of(ObjectNode pod, ObjectRef ref, String port) throws IOException {
        Integer number = number(port);
        if (number == null) {
            for (ObjectNode container : Json.objects(pod.path("spec"), "containers")) {
                for (ObjectNode each : Json.objects(container, "ports")) {
                    if (Json.text(each, "name").equals(port)) {
                        number = (int) Json.number(each, 0, "containerPort");
                    }
                }
            }
        }
        if (number == null) {
            throw new IOException(
                    Texts.text("forward.noPort", Json.text(pod, "metadata", "name"), port));
        }
        return new Target(ref.namespace(), Json.text(pod, "metadata", "name"), number);
    }

    private static @Nullable Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The ports that an object offers, for the user to choose from: names or numbers. */
    static List<String> offered(ObjectNode object) {
        List<String> ports = new ArrayList<>();
        JsonNode spec = object.path("spec");
        for (ObjectNode port : Json.objects(spec, "ports")) {
            ports.add(port.path("port").asString(""));
        }
        JsonNode pod = spec.has("template") ? spec.path("template").path("spec") : spec;
        for (ObjectNode container : Json.objects(pod, "containers")) {
            for (ObjectNode port : Json.objects(container, "ports")) {
                ports.add(port.path("containerPort").asString(""));
            }
        }
        return ports.stream().distinct().toList();
    }
}
