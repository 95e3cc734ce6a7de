package dev.pilothouse.server.crash;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.testing.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Does one bad thing after the other, by chance, and makes up for all of them in the end. */
final class ChaosActs {

    private static final List<GroupVersionResource> SCALED =
            List.of(Cluster.DEPLOYMENTS, Cluster.STATEFUL_SETS);
    private static final List<String> KNOBS = List.of("partition", "not-ready");

    private final ChaosServer server;
    private final ChaosWorkloads workloads;
    private final Random random;
    private final List<String> done = new ArrayList<>();

    ChaosActs(ChaosServer server, ChaosWorkloads workloads, Random random) {
        this.server = server;
        this.workloads = workloads;
        this.random = random;
    }

    /** Something bad, or something that a user does meanwhile. */
    void next() {
        try {
            done.add(act());
        } catch (ApiException e) {
            // What was chosen has gone, or changed, meanwhile.
            if (e.reason() != StatusReason.NOT_FOUND
                    && e.reason() != StatusReason.CONFLICT
                    && e.reason() != StatusReason.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    /** What was done. */
    List<String> done() {
        return done;
    }

    private String act() {
        int dice = random.nextInt(100);
        if (dice < 25) {
            return killPod();
        } else if (dice < 40) {
            return killProcess();
        } else if (dice < 55) {
            return roll();
        } else if (dice < 67) {
            return scale();
        } else if (dice < 77) {
            return failNode();
        } else if (dice < 82) {
            return cordon();
        } else if (dice < 86) {
            return deleteNode();
        } else if (dice < 92) {
            return returnNodes();
        }
        String name = "job-" + done.size();
        workloads.job(name);
        return "start " + name;
    }

    private String killPod() {
        List<ObjectNode> pods = workloads.list(Cluster.PODS);
        if (pods.isEmpty()) {
            return "no pod to kill";
        }
        String name = ChaosWorkloads.name(pick(pods));
        int grace = random.nextInt(-1, 2);
        server.of(Cluster.PODS)
                .get()
                .delete(
                        ChaosWorkloads.NAMESPACE,
                        name,
                        grace < 0
                                ? DeleteOptions.DEFAULT
                                : new DeleteOptions(
                                        DeleteOptions.Propagation.DEFAULT, grace, "", ""));
        return "kill pod " + name + " grace " + grace;
    }

    private String killProcess() {
        List<ProcessHandle> processes = workloads.processes();
        if (processes.isEmpty()) {
            return "no process to kill";
        }
        ProcessHandle process = pick(processes);
        return "kill process " + process.pid() + ": " + process.destroyForcibly();
    }

    private String roll() {
        List<GroupVersionResource> all = new ArrayList<>(SCALED);
        all.add(Cluster.DAEMON_SETS);
        GroupVersionResource resource = pick(all);
        String name = ChaosWorkloads.name(pick(workloads.list(resource)));
        ObjectNode patch = Json.object();
        patch.putObject("spec")
                .putObject("template")
                .putObject("metadata")
                .putObject("annotations")
                .put("roll", Integer.toString(done.size()));
        server.of(resource).get().patch(ChaosWorkloads.NAMESPACE, name, PatchForm.STRATEGIC, patch);
        return "roll " + name;
    }

    private String scale() {
        GroupVersionResource resource = pick(SCALED);
        String name = ChaosWorkloads.name(pick(workloads.list(resource)));
        int replicas = random.nextInt(1, 6);
        ObjectNode patch = Json.object();
        patch.putObject("spec").put("replicas", replicas);
        server.of(resource).get().patch(ChaosWorkloads.NAMESPACE, name, PatchForm.MERGE, patch);
        return "scale " + name + " to " + replicas;
    }

    private String failNode() {
        String node = simulatedNode();
        String knob = pick(KNOBS);
        boolean bad = random.nextBoolean();
        annotate(node, knob, bad);
        return knob + " " + node + " " + bad;
    }

    private void annotate(String node, String knob, boolean bad) {
        ObjectNode patch = Json.object();
        ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
        if (bad) {
            annotations.put("simulated.pilothouse.dev/" + knob, "true");
        } else {
            annotations.putNull("simulated.pilothouse.dev/" + knob);
        }
        server.of(Cluster.NODES).get().patch("", node, PatchForm.MERGE, patch);
    }

    private String cordon() {
        List<ObjectNode> nodes = server.of(Cluster.NODES).get().list(ListOptions.ALL).items();
        String node = ChaosWorkloads.name(pick(nodes));
        boolean closed = random.nextBoolean();
        cordon(node, closed);
        return "cordon " + node + " " + closed;
    }

    private void cordon(String node, boolean closed) {
        ObjectNode patch = Json.object();
        patch.putObject("spec").put("unschedulable", closed);
        server.of(Cluster.NODES).get().patch("", node, PatchForm.MERGE, patch);
    }

    private String deleteNode() {
        List<String> names = List.of("sim-1", "sim-2", "sim-3", "local-2");
        String node = pick(names);
        server.of(Cluster.NODES).get().delete("", node, DeleteOptions.DEFAULT);
        return "delete node " + node;
    }

    private String returnNodes() {
        for (int i = 1; i <= 3; i++) {
            try {
                server.of(Cluster.NODES)
                        .get()
                        .create(
                                Cluster.yaml(
                                        """
                                        {apiVersion: v1, kind: Node, metadata: {name: sim-%d,
                                         labels: {pilothouse.dev/runtime: simulated}}}
                                        """
                                                .formatted(i)));
            } catch (ApiException e) {
                if (e.reason() != StatusReason.ALREADY_EXISTS) {
                    throw e;
                }
            }
        }
        return "return nodes";
    }

    private String simulatedNode() {
        return "sim-" + random.nextInt(1, 4);
    }

    /** All nodes are there, and well. */
    void makeUp() {
        done.add(returnNodes());
        for (ObjectNode each : server.of(Cluster.NODES).get().list(ListOptions.ALL).items()) {
            String node = ChaosWorkloads.name(each);
            cordon(node, false);
            if (node.startsWith("sim-")) {
                KNOBS.forEach(knob -> annotate(node, knob, false));
            }
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
