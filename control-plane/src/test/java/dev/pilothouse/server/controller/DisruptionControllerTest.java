package dev.pilothouse.server.controller;

import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Budgets and evictions over a whole control plane. */
@Timeout(120)
class DisruptionControllerTest {

    private static final GroupVersionResource BUDGETS =
            new GroupVersionResource("policy", "v1", "poddisruptionbudgets");

    @TempDir static Path directory;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new TestCluster(directory);
        cluster.node("node-a", "{}");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void evictsUntilTheBudgetIsSpent() {
        pods("guarded", 3, true);
        budget("guarded", "'minAvailable':2");
        cluster.await(BUDGETS, "default", "guarded", found -> allowed(found) == 1);

        evict("guarded-0", "'dryRun':['All']");
        assertEquals(1, allowed(cluster.client().resource(BUDGETS).get("default", "guarded")));
        ObjectNode answer = evict("guarded-0", "");
        assertEquals("Success", Json.text(answer, "status"));
        assertEquals(201, Json.number(answer, 0, "code"));
        ObjectNode pod = cluster.client().resource(PODS).get("default", "guarded-0");
        assertTrue(!Json.text(pod, "metadata", "deletionTimestamp").isEmpty());
        ObjectNode target = Objects.requireNonNull(Conditions.find(pod, "DisruptionTarget"));
        assertEquals("EvictionByEvictionAPI", Json.text(target, "reason"));

        cluster.await(
                BUDGETS,
                "default",
                "guarded",
                found ->
                        allowed(found) == 0
                                && Json.number(found, 0, "status", "currentHealthy") == 2);
        ApiException refusal = assertThrows(ApiException.class, () -> evict("guarded-1", ""));
        assertEquals(429, refusal.status().code());
        assertEquals(
                "Cannot evict pod as it would violate the pod's disruption budget.",
                refusal.status().message());
        Status.Details details = Objects.requireNonNull(refusal.status().details());
        assertEquals("DisruptionBudget", details.causes().getFirst().reason());
        assertEquals(
                "The disruption budget guarded needs 2 healthy pods and has 2 currently",
                details.causes().getFirst().message());
        assertEquals(
                "InsufficientPods",
                Json.text(
                        Conditions.find(
                                cluster.client().resource(BUDGETS).get("default", "guarded"),
                                "DisruptionAllowed"),
                        "reason"));
    }

    @Test
    void refusesPodsOfSeveralBudgets() {
        pods("twice", 1, true);
        budget("twice", "'minAvailable':0");
        cluster.create(
                BUDGETS,
                "{'apiVersion':'policy/v1','kind':'PodDisruptionBudget','metadata':{'namespace':'default','name':'twice-2'},'spec':{'minAvailable':0,'selector':{'matchLabels':{'app':'twice'}}}}");

        ApiException refusal = assertThrows(ApiException.class, () -> evict("twice-0", ""));

        assertEquals(500, refusal.status().code());
        assertEquals(
                "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
                refusal.status().message());
    }

    @Test
    void unreadyPodsGoAsTheBudgetSays() {
        pods("sick", 2, false);
        budget("sick", "'minAvailable':2");
        cluster.await(
                BUDGETS,
                "default",
                "sick",
                found -> Json.number(found, 0, "status", "desiredHealthy") == 2);
        ApiException refusal = assertThrows(ApiException.class, () -> evict("sick-0", ""));
        assertEquals(429, refusal.status().code());

        cluster.patch(
                BUDGETS,
                "default",
                "sick",
                "{'spec':{'unhealthyPodEvictionPolicy':'AlwaysAllow'}}");

        assertEquals("Success", Json.text(evict("sick-0", ""), "status"));
    }

    @Test
    void sharesAreOfWhatTheOwnerWants() {
        ObjectNode owner =
                cluster.create(
                        new GroupVersionResource("apps", "v1", "replicasets"),
                        """
                        {'apiVersion':'apps/v1','kind':'ReplicaSet','metadata':{'namespace':'default','name':'shares'},
                         'spec':{'replicas':4,'selector':{'matchLabels':{'app':'shares'}},
                         'template':{'metadata':{'labels':{'app':'shares'}},
                         'spec':{'containers':[{'name':'c','image':'i'}]}}}}\
                        """);
        cluster.create(
                PODS,
                """
                {'apiVersion':'v1','kind':'Pod','metadata':{'namespace':'default','name':'share-0','labels':{'app':'shares'},
                 'ownerReferences':[{'apiVersion':'apps/v1','kind':'ReplicaSet','name':'shares','uid':'%s','controller':true}]},
                 'spec':{'nodeName':'node-a','containers':[{'name':'c','image':'i'}]}}\
                """
                        .formatted(Json.text(owner, "metadata", "uid")));
        budget("shares", "'maxUnavailable':'25%'");

        cluster.await(
                BUDGETS,
                "default",
                "shares",
                found ->
                        Json.number(found, 0, "status", "expectedPods") == 4
                                && Json.number(found, 0, "status", "desiredHealthy") == 3);
    }

    @Test
    void saysThatSharesOfUnknownOwnersCannotBeKnown() {
        cluster.create(
                PODS,
                """
                {'apiVersion':'v1','kind':'Pod','metadata':{'namespace':'default','name':'lone-0','labels':{'app':'lone'},
                 'ownerReferences':[{'apiVersion':'example.com/v1','kind':'Nothing','name':'x','uid':'u','controller':true}]},
                 'spec':{'nodeName':'node-a','containers':[{'name':'c','image':'i'}]}}\
                """);
        budget("lone", "'maxUnavailable':1");

        ObjectNode budget =
                cluster.await(
                        BUDGETS,
                        "default",
                        "lone",
                        found ->
                                Json.text(Conditions.find(found, "DisruptionAllowed"), "reason")
                                        .equals("SyncFailed"));
        assertEquals(0, allowed(budget));
        cluster.awaitEvent("default", "lone", "CalculateExpectedPodCountFailed");
    }

    private static void pods(String app, int count, boolean ready) {
        for (int i = 0; i < count; i++) {
            cluster.pod("default", app + "-" + i, "{'app':'" + app + "'}", "node-a", "");
            cluster.running("default", app + "-" + i, "10.0.0." + i, ready);
        }
    }

    private static void budget(String app, String spec) {
        cluster.create(
                BUDGETS,
                "{'apiVersion':'policy/v1','kind':'PodDisruptionBudget','metadata':{'namespace':'default','name':'%s'},'spec':{%s,'selector':{'matchLabels':{'app':'%s'}}}}"
                        .formatted(app, spec, app));
    }

    private static ObjectNode evict(String pod, String options) {
        return cluster.client()
                .resource(PODS)
                .create(
                        "default",
                        pod,
                        "eviction",
                        TestCluster.json(
                                "{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'%s'},'deleteOptions':{%s}}"
                                        .formatted(pod, options)));
    }

    private static long allowed(ObjectNode budget) {
        return Json.number(budget, -1, "status", "disruptionsAllowed");
    }
}
