package dev.pilothouse.server.crash;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.testing.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What is to run in spite of everything, and whether it does. */
final class ChaosWorkloads {

    static final String NAMESPACE = "chaos";
    static final GroupVersionResource CONFIG_MAPS =
            new GroupVersionResource("", "v1", "configmaps");

    private static final String SIMULATED_POD =
            "terminationGracePeriodSeconds: 1, containers: [{name: main, image: nginx}]";

    private final ChaosServer server;
    private final String mark;

    /**
     * Workloads that are not there yet.
     *
     * @param mark an argument by which their processes are known among all of this machine
     */
    ChaosWorkloads(ChaosServer server, String mark) {
        this.server = server;
        this.mark = mark;
    }

    void create() {
        server.of(Cluster.NAMESPACES)
                .get()
                .create(Cluster.yaml("{apiVersion: v1, kind: Namespace, metadata: {name: chaos}}"));
        String process =
                """
                terminationGracePeriodSeconds: 1, runtimeClassName: host-process, containers: [
                 {name: main, image: none, command: [sleep, '%s']}]
                """
                        .formatted(mark);
        workload(Cluster.DEPLOYMENTS, "Deployment", "web", "replicas: 4,", SIMULATED_POD);
        workload(Cluster.DEPLOYMENTS, "Deployment", "proc", "replicas: 3,", process);
        workload(
                Cluster.STATEFUL_SETS,
                "StatefulSet",
                "db",
                "serviceName: db, replicas: 3,",
                SIMULATED_POD);
        workload(
                Cluster.STATEFUL_SETS,
                "StatefulSet",
                "store",
                "serviceName: store, replicas: 2, podManagementPolicy: Parallel,",
                process);
        workload(Cluster.DAEMON_SETS, "DaemonSet", "agent", "", SIMULATED_POD);
        server.of(CONFIG_MAPS)
                .get()
                .create(
                        Cluster.yaml(
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: beat,"
                                        + " namespace: chaos}, data: {n: '0'}}"));
    }

    private void workload(
            GroupVersionResource resource, String kind, String name, String spec, String pod) {
        server.of(resource)
                .get()
                .create(
                        Cluster.yaml(
                                """
                                {apiVersion: apps/v1, kind: %s, metadata: {name: %s, namespace: chaos},
                                 spec: {%s selector: {matchLabels: {app: %s}}, template: {
                                  metadata: {labels: {app: %s}}, spec: {%s}}}}
                                """
                                        .formatted(kind, name, spec, name, name, pod)));
    }

    /** One more job, whose pods end by themselves. */
    void job(String name) {
        server.of(Cluster.JOBS)
                .get()
                .create(
                        Cluster.yaml(
                                """
                                {apiVersion: batch/v1, kind: Job, metadata: {name: %s, namespace: chaos},
                                 spec: {completions: 5, parallelism: 2, backoffLimit: 1000, template: {
                                  metadata: {annotations: {simulated.pilothouse.dev/run-time: 200ms..2s}},
                                  spec: {restartPolicy: Never, %s}}}}
                                """
                                        .formatted(name, SIMULATED_POD)));
    }

    /** What is not as wished; empty when all is well. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        int wished = 0;
        for (ObjectNode each : list(Cluster.DEPLOYMENTS)) {
            int replicas = (int) Json.number(each, 1, "spec", "replicas");
            wished += replicas;
            check(
                    troubles,
                    each,
                    replicas,
                    "replicas",
                    "updatedReplicas",
                    "readyReplicas",
                    "availableReplicas");
        }
        for (ObjectNode each : list(Cluster.STATEFUL_SETS)) {
            int replicas = (int) Json.number(each, 1, "spec", "replicas");
            wished += replicas;
            check(troubles, each, replicas, "replicas", "readyReplicas", "availableReplicas");
            if (!Json.text(each, "status", "currentRevision")
                    .equals(Json.text(each, "status", "updateRevision"))) {
                troubles.add(name(each) + " is not at its newest revision");
            }
        }
        List<ObjectNode> nodes = server.of(Cluster.NODES).get().list(ListOptions.ALL).items();
        int simulated = (int) nodes.stream().filter(node -> name(node).startsWith("sim-")).count();
        for (ObjectNode each : list(Cluster.DAEMON_SETS)) {
            wished += simulated;
            check(
                    troubles,
                    each,
                    simulated,
                    "desiredNumberScheduled",
                    "currentNumberScheduled",
                    "updatedNumberScheduled",
                    "numberReady",
                    "numberAvailable");
        }
        jobs(troubles);
        pods(
                troubles,
                wished,
                nodes.stream().map(ChaosWorkloads::name).collect(Collectors.toSet()));
        return troubles;
    }

    private static void check(
            List<String> troubles, ObjectNode object, int wanted, String... counts) {
        if (Json.number(object, 0, "status", "observedGeneration")
                != Json.number(object, 0, "metadata", "generation")) {
            troubles.add(name(object) + " has not been looked at");
        }
        for (String count : counts) {
            long is = Json.number(object, 0, "status", count);
            if (is != wanted) {
                troubles.add(name(object) + ": " + count + " is " + is + " instead of " + wanted);
            }
        }
    }

    private void jobs(List<String> troubles) {
        for (ObjectNode job : list(Cluster.JOBS)) {
            boolean complete =
                    Json.objects(job, "status", "conditions").stream()
                            .anyMatch(condition ->
                                    Json.text(condition, "type").equals("Complete")
                                            && Json.text(condition, "status").equals("True"));
            if (!complete || Json.number(job, 0, "status", "succeeded") != 5) {
                troubles.add(name(job) + " is not complete: " + Json.at(job, "status"));
            }
            if (Json.number(job, 0, "status", "active") > 0) {
                troubles.add(name(job) + " has active pods");
            }
        }
    }

    private void pods(List<String> troubles, int wished, Set<String> nodes) {
        int running = 0;
        int processes = 0;
        for (ObjectNode pod : list(Cluster.PODS)) {
            String phase = Json.text(pod, "status", "phase");
            String node = Json.text(pod, "spec", "nodeName");
            if (Json.at(pod, "metadata", "deletionTimestamp") != null) {
                troubles.add(name(pod) + " is still going away");
            } else if (!nodes.contains(node)) {
                troubles.add(name(pod) + " is on node '" + node + "', which is not there");
            } else if (phase.equals("Running")) {
                running++;
                processes += node.startsWith("local") ? 1 : 0;
            } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
                troubles.add(name(pod) + " is " + phase);
            }
        }
        if (running != wished) {
            troubles.add(running + " pods run instead of " + wished);
        }
        if (processes != processes().size()) {
            troubles.add(processes + " pods have " + processes().size() + " processes");
        }
    }

    /** The processes of all containers that this machine has. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().command().orElse("").endsWith("sleep")
                                || process.info().command().orElse("").endsWith("coreutils"))
                .filter(process ->
                        List.of(process.info().arguments().orElse(new String[0])).contains(mark))
                .toList();
    }

    /** Everything goes, as far as it is still there. */
    void delete() {
        DeleteOptions background = DeleteOptions.of(DeleteOptions.Propagation.BACKGROUND);
        for (GroupVersionResource resource :
                List.of(
                        Cluster.DEPLOYMENTS,
                        Cluster.STATEFUL_SETS,
                        Cluster.DAEMON_SETS,
                        Cluster.JOBS)) {
            ResourceClient client = server.of(resource).get();
            for (ObjectNode each : list(resource)) {
                try {
                    client.delete(NAMESPACE, name(each), background);
                } catch (ApiException e) {
                    if (e.reason() != StatusReason.NOT_FOUND) {
                        throw e;
                    }
                }
            }
        }
    }

    List<ObjectNode> list(GroupVersionResource resource) {
        return server.of(resource).get().list(ListOptions.in(NAMESPACE)).items();
    }

    static String name(ObjectNode object) {
        return Json.text(object, "metadata", "name");
    }
}
