package dev.pilothouse.server.cli;

import static dev.pilothouse.server.testing.TestCluster.NODES;
import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.testing.TestCluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** {@code simulate nodes} on a running server. */
@Timeout(240)
class SimulateCommandTest {

    private static final GroupVersionResource LEASES =
            new GroupVersionResource("coordination.k8s.io", "v1", "leases");
    private static final GroupVersionResource DEPLOYMENTS =
            new GroupVersionResource("apps", "v1", "deployments");

    @TempDir Path directory;

    /** What ran on nodes that are gone runs on those that are left. */
    @Test
    void makesAndRemovesNodesWhileTheServerRuns() throws Exception {
        try (TestCluster cluster = new TestCluster(directory, new NodeOptions(0, 1))) {
            cluster.await(NODES, "", "sim-1", SimulateCommandTest::isReady);
            assertEquals("3 simulated nodes: 2 made, 0 deleted\n", simulate(3));
            for (int i = 1; i <= 3; i++) {
                cluster.await(NODES, "", "sim-" + i, SimulateCommandTest::isReady);
            }
            assertEquals(
                    "4",
                    Json.text(
                            cluster.client().resource(NODES).get("", "sim-3"),
                            "status",
                            "capacity",
                            "cpu"));
            deploy(cluster);

            assertEquals("1 simulated nodes: 0 made, 2 deleted\n", simulate(1));

            cluster.awaitGone(NODES, "", "sim-3");
            cluster.awaitGone(LEASES, "kube-node-lease", "sim-3");
            cluster.await(
                    DEPLOYMENTS,
                    "default",
                    "web",
                    web -> {
                        List<ObjectNode> pods =
                                cluster.client()
                                        .resource(PODS)
                                        .list(ListOptions.in("default").withLabels("app=web"))
                                        .items();
                        return Json.number(web, 0, "status", "availableReplicas") == 6
                                && pods.stream()
                                        .allMatch(pod ->
                                                Json.text(pod, "spec", "nodeName").equals("sim-1"));
                    });
            assertEquals("1 simulated nodes: 0 made, 0 deleted\n", simulate(1));
        }
    }

    private static boolean isReady(ObjectNode node) {
        return Json.objects(node, "status", "conditions").stream()
                .anyMatch(condition ->
                        Json.text(condition, "type").equals("Ready")
                                && Json.text(condition, "status").equals("True"));
    }

    private static void deploy(TestCluster cluster) {
        cluster.create(
                DEPLOYMENTS,
                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'namespace':'default','name':'web'},"
                        + "'spec':{'replicas':6,'selector':{'matchLabels':{'app':'web'}},'template':"
                        + "{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
        cluster.await(
                DEPLOYMENTS,
                "default",
                "web",
                web -> Json.number(web, 0, "status", "availableReplicas") == 6);
    }

    private String simulate(int nodes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                new SimulateCommand(new PrintStream(out), new PrintStream(err))
                        .run(directory, nodes, Map.of("cpu", "4"));
        assertEquals(0, code, err::toString);
        return out.toString(StandardCharsets.UTF_8);
    }
}
