package dev.pilothouse.server.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.testing.TestCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Autoscalers over a whole control plane in which no pod runs, so that none is busy. */
@Timeout(120)
class AutoscalerTest {

    private static final GroupVersionResource SETS =
            new GroupVersionResource("apps", "v1", "replicasets");
    private static final GroupVersionResource AUTOSCALERS =
            new GroupVersionResource("autoscaling", "v2", "horizontalpodautoscalers");

    @TempDir static Path directory;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new TestCluster(directory);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void keepsReplicasWithinTheirRange() {
        set("few", 1);
        autoscaler("few", "few");

        ObjectNode status =
                cluster.await(
                        AUTOSCALERS,
                        "default",
                        "few",
                        hpa -> Json.number(hpa, 0, "status", "desiredReplicas") == 2);
        assertEquals(1, Json.number(status, 0, "status", "currentReplicas"));
        assertEquals(
                "the HPA controller was able to update the target scale to 2",
                Json.text(Conditions.find(status, "AbleToScale"), "message"));
        ObjectNode event = cluster.awaitEvent("default", "few", "SuccessfulRescale");
        assertEquals(
                "New size: 2; reason: Current number of replicas below Spec.MinReplicas",
                Json.text(event, "message"));
        cluster.await(SETS, "default", "few", set -> Json.number(set, 0, "spec", "replicas") == 2);
        set("many", 9);
        autoscaler("many", "many");
        cluster.await(SETS, "default", "many", set -> Json.number(set, 0, "spec", "replicas") == 4);
    }

    @Test
    void saysThatThereAreNoMetrics() {
        set("blind", 3);
        autoscaler("blind", "blind");

        ObjectNode hpa =
                cluster.await(
                        AUTOSCALERS,
                        "default",
                        "blind",
                        found -> Conditions.status(found, "ScalingActive").equals("False"));
        ObjectNode active = Conditions.find(hpa, "ScalingActive");
        assertEquals("FailedGetResourceMetric", Json.text(active, "reason"));
        assertTrue(
                Json.text(active, "message")
                        .startsWith(
                                "the HPA was unable to compute the replica count: unable to get metrics for resource cpu:"));
        assertEquals("SucceededGetScale", Json.text(Conditions.find(hpa, "AbleToScale"), "reason"));
        cluster.awaitEvent("default", "blind", "FailedComputeMetricsReplicas");
    }

    @Test
    void leavesWorkloadsAloneThatAreSwitchedOff() {
        set("off", 0);
        autoscaler("off", "off");
        cluster.await(
                AUTOSCALERS,
                "default",
                "off",
                hpa ->
                        Json.text(Conditions.find(hpa, "ScalingActive"), "reason")
                                .equals("ScalingDisabled"));
    }

    @Test
    void saysThatTheTargetIsMissing() {
        autoscaler("lost", "nothing");
        ObjectNode hpa =
                cluster.await(
                        AUTOSCALERS,
                        "default",
                        "lost",
                        found -> Conditions.status(found, "AbleToScale").equals("False"));
        assertEquals(
                "the HPA controller was unable to get the target's current scale: replicasets.apps \"nothing\" not found",
                Json.text(Conditions.find(hpa, "AbleToScale"), "message"));
    }

    private static void set(String name, int replicas) {
        cluster.create(
                SETS,
                """
                {'apiVersion':'apps/v1','kind':'ReplicaSet','metadata':{'namespace':'default','name':'%s'},
                 'spec':{'replicas':%d,'selector':{'matchLabels':{'app':'%s'}},
                 'template':{'metadata':{'labels':{'app':'%s'}},
                 'spec':{'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'1'}}}]}}}}\
                """
                        .formatted(name, replicas, name, name));
    }

    private static void autoscaler(String name, String target) {
        cluster.create(
                AUTOSCALERS,
                """
                {'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'namespace':'default','name':'%s'},
                 'spec':{'minReplicas':2,'maxReplicas':4,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'ReplicaSet','name':'%s'},
                 'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':50}}}]}}\
                """
                        .formatted(name, target));
    }
}
