package dev.pilothouse.server.controller;

import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Quotas and limit ranges over a whole control plane. */
@Timeout(120)
class QuotaTest {

    private static final GroupVersionResource QUOTAS =
            new GroupVersionResource("", "v1", "resourcequotas");
    private static final GroupVersionResource RANGES =
            new GroupVersionResource("", "v1", "limitranges");
    private static final GroupVersionResource MAPS =
            new GroupVersionResource("", "v1", "configmaps");

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
    void refusesWhatWouldExceedAQuota() {
        cluster.namespace("full");
        quota("full", "'pods':'1','requests.cpu':'1'");
        pod("full", "first", "'requests':{'cpu':'600m'}");
        ObjectNode counted = cluster.client().resource(QUOTAS).get("full", "quota");
        assertEquals("600m", Json.text(counted, "status", "used", "requests.cpu"));

        ApiException refusal =
                assertThrows(
                        ApiException.class,
                        () -> pod("full", "second", "'requests':{'cpu':'500m'}"));
        assertEquals(403, refusal.status().code());
        assertEquals(
                "pods \"second\" is forbidden: exceeded quota: quota, requested: pods=1,requests.cpu=500m,"
                        + " used: pods=1,requests.cpu=600m, limited: pods=1,requests.cpu=1",
                refusal.status().message());
        ApiException silent =
                assertThrows(ApiException.class, () -> pod("full", "third", "'limits':{}"));
        assertEquals(
                "pods \"third\" is forbidden: failed quota: quota: must specify requests.cpu for: c",
                silent.status().message());

        cluster.client()
                .resource(PODS)
                .delete("full", "first", new DeleteOptions(Propagation.DEFAULT, 0, "", ""));
        cluster.await(
                QUOTAS,
                "full",
                "quota",
                quota -> Json.text(quota, "status", "used", "pods").equals("0"));
        pod("full", "second", "'requests':{'cpu':'500m'}");
    }

    @Test
    void countsObjectsOfAnyKind() {
        cluster.namespace("counted");
        cluster.await(MAPS, "counted", "kube-root-ca.crt", map -> true);
        quota("counted", "'count/configmaps':'2','count/deployments.apps':'0'");
        assertEquals(
                "1",
                Json.text(
                        cluster.client().resource(QUOTAS).get("counted", "quota"),
                        "status",
                        "used",
                        "count/configmaps"));
        map("counted", "one");
        assertTrue(
                assertThrows(ApiException.class, () -> map("counted", "two"))
                        .status()
                        .message()
                        .contains(
                                "exceeded quota: quota, requested: count/configmaps=1, used: count/configmaps=2"));
    }

    /** However many come at once, no more get in than there is room for. */
    @Test
    void isNeverExceededByManyAtOnce() throws Exception {
        cluster.namespace("race");
        cluster.await(MAPS, "race", "kube-root-ca.crt", map -> true);
        quota("race", "'configmaps':'11'");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks =
                    IntStream.range(0, 40)
                            .mapToObj(i -> (Callable<Boolean>) () -> tryMap("map-" + i))
                            .toList();
            int made = 0;
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                made += task.get() ? 1 : 0;
            }
            assertEquals(10, made);
        }
        assertEquals(11, cluster.list(MAPS, "race", "").size());
    }

    @Test
    void fillsInAndRefusesByLimitRanges() {
        cluster.namespace("ranged");
        cluster.create(
                RANGES,
                """
                {'apiVersion':'v1','kind':'LimitRange','metadata':{'namespace':'ranged','name':'range'},
                 'spec':{'limits':[{'type':'Container','default':{'cpu':'500m'},'defaultRequest':{'cpu':'100m'},
                 'max':{'cpu':'1'},'min':{'cpu':'50m'},'maxLimitRequestRatio':{'cpu':'5'}},
                 {'type':'Pod','max':{'memory':'1Gi'}}]}}\
                """);

        ObjectNode pod = pod("ranged", "filled", "'limits':{'memory':'64Mi'}");
        assertEquals(
                "{\"limits\":{\"cpu\":\"500m\",\"memory\":\"64Mi\"},\"requests\":{\"cpu\":\"100m\",\"memory\":\"64Mi\"}}",
                Json.string(sorted(pod)));
        assertEquals(
                "LimitRanger plugin set: cpu request for container c; cpu limit for container c",
                Json.text(pod, "metadata", "annotations", "kubernetes.io/limit-ranger"));
        assertEquals(
                "pods \"large\" is forbidden: [maximum cpu usage per Container is 1, but limit is 2,"
                        + " cpu max limit to request ratio per Container is 5, but provided ratio is 20.000000,"
                        + " maximum memory usage per Pod is 1Gi, but limit is 2Gi]",
                assertThrows(
                                ApiException.class,
                                () ->
                                        pod(
                                                "ranged",
                                                "large",
                                                "'limits':{'cpu':'2','memory':'2Gi'},'requests':{'cpu':'100m'}"))
                        .status()
                        .message());
        assertEquals(
                "pods \"small\" is forbidden: [minimum cpu usage per Container is 50m, but request is 10m,"
                        + " cpu max limit to request ratio per Container is 5, but provided ratio is 50.000000,"
                        + " maximum memory usage per Pod is 1Gi.  No limit is specified]",
                assertThrows(
                                ApiException.class,
                                () -> pod("ranged", "small", "'requests':{'cpu':'10m'}"))
                        .status()
                        .message());
    }

    private static ObjectNode sorted(ObjectNode pod) {
        ObjectNode resources =
                (ObjectNode) pod.path("spec").path("containers").path(0).path("resources");
        ObjectNode sorted = Json.object();
        for (String list : List.of("limits", "requests")) {
            ObjectNode out = sorted.putObject(list);
            resources.path(list).propertyNames().stream()
                    .sorted()
                    .forEach(name -> out.set(name, resources.path(list).get(name)));
        }
        return sorted;
    }

    private static boolean tryMap(String name) {
        try {
            map("race", name);
            return true;
        } catch (ApiException e) {
            assertTrue(e.status().message().contains("exceeded quota"), e.status().message());
            return false;
        }
    }

    private static void quota(String namespace, String hard) {
        cluster.create(
                QUOTAS,
                "{'apiVersion':'v1','kind':'ResourceQuota','metadata':{'namespace':'%s','name':'quota'},'spec':{'hard':{%s}}}"
                        .formatted(namespace, hard));
        cluster.await(QUOTAS, namespace, "quota", quota -> quota.path("status").has("used"));
    }

    private static ObjectNode pod(String namespace, String name, String resources) {
        return cluster.create(
                PODS,
                "{'apiVersion':'v1','kind':'Pod','metadata':{'namespace':'%s','name':'%s'},'spec':{'containers':[{'name':'c','image':'i','resources':{%s}}]}}"
                        .formatted(namespace, name, resources));
    }

    private static void map(String namespace, String name) {
        cluster.create(
                MAPS,
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'namespace':'%s','name':'%s'}}"
                        .formatted(namespace, name));
    }
}
