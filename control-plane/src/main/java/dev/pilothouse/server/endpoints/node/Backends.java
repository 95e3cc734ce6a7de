package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.streaming.proxy.Backend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the pod behind a name in a proxy's path. Source: ResourceLocation of
 * registry/core/pod/strategy.go and registry/core/service/storage.
 *
 * @param pods finds pods and agents
 */
record Backends(PodAgents pods) {

    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final GroupResource ENDPOINTS = new GroupResource("", "endpoints");

    /** A port of a pod; the first one that it declares when none is named. */
    Backend pod(String namespace, String id) {
        ProxyTarget asked = ProxyTarget.parse(id, "pod");
        ObjectNode pod = pods.read(PodAgents.PODS, namespace, asked.name());
        int port = asked.port().isEmpty() ? declared(pod) : number(asked.port());
        if (port <= 0) {
            throw ApiException.badRequest("invalid pod request \"" + id + "\"");
        }
        return backend(pods.target(pod), port, asked.tls());
    }

    /** A ready endpoint of a service, any one. */
    Backend service(String namespace, String id) {
        ProxyTarget asked = ProxyTarget.parse(id, "service");
        String portName = asked.port();
        ObjectNode service = pods.read(SERVICES, namespace, asked.name());
        int number = number(portName);
        if (number > 0) {
            portName =
                    Json.objects(service, "spec", "ports").stream()
                            .filter(port -> Json.number(port, 0, "port") == number)
                            .map(port -> Json.text(port, "name"))
                            .findFirst()
                            .orElseThrow(() ->
                                    ApiException.unavailable(
                                            "no service port "
                                                    + number
                                                    + " found for service \""
                                                    + asked.name()
                                                    + "\""));
        }
        ObjectNode endpoints = pods.read(ENDPOINTS, namespace, asked.name());
        List<Candidate> candidates = candidates(endpoints, portName);
        Collections.shuffle(candidates);
        for (Candidate candidate : candidates) {
            return backend(pods.target(namespace, candidate.pod()), candidate.port(), asked.tls());
        }
        throw ApiException.unavailable("no endpoints available for service \"" + id + "\"");
    }

    private record Candidate(String pod, int port) {}

    private static List<Candidate> candidates(ObjectNode endpoints, String portName) {
        List<Candidate> candidates = new ArrayList<>();
        for (ObjectNode subset : Json.objects(endpoints, "subsets")) {
            for (ObjectNode port : Json.objects(subset, "ports")) {
                if (!Json.text(port, "name").equals(portName)) {
                    continue;
                }
                for (ObjectNode address : Json.objects(subset, "addresses")) {
                    String pod = Json.text(address, "targetRef", "name");
                    if (Json.text(address, "targetRef", "kind").equals("Pod") && !pod.isEmpty()) {
                        candidates.add(new Candidate(pod, (int) Json.number(port, 0, "port")));
                    }
                }
            }
        }
        return candidates;
    }

    private static Backend backend(PodTarget target, int port, boolean tls) {
        String ip = Json.text(target.pod(), "status", "podIP");
        String host = ip.isEmpty() ? target.ref().name() : ip.contains(":") ? "[" + ip + "]" : ip;
        return new PodBackend(target, port, tls, host + ":" + port);
    }

    private static int declared(ObjectNode pod) {
        return Json.objects(pod, "spec", "containers").stream()
                .flatMap(container -> Json.objects(container, "ports").stream())
                .mapToInt(port -> (int) Json.number(port, 0, "containerPort"))
                .findFirst()
                .orElse(80);
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            return number < 1 << 16 ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
