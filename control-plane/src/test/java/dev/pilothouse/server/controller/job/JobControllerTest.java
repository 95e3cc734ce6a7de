package dev.pilothouse.server.controller.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.testing.Cluster;
import dev.pilothouse.server.testing.FakeKubelet;
import dev.pilothouse.server.testing.FakeKubelet.Fate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class JobControllerTest {

    @TempDir static Path directory;

    private static Cluster cluster;
    private static FakeKubelet kubelet;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(directory);
        cluster.node("n0", "");
        kubelet =
                new FakeKubelet(
                        cluster, List.of("n0"), InstantSource.system(), JobControllerTest::fate);
    }

    @AfterAll
    static void stop() {
        kubelet.close();
        cluster.close();
    }

    /** The image says how it ends: a code, perhaps only for some index, or "run". */
    private static Fate fate(ObjectNode pod) {
        String image = Json.text(Json.objects(pod, "spec", "containers").getFirst(), "image");
        String index =
                Json.text(
                        pod, "metadata", "annotations", "batch.kubernetes.io/job-completion-index");
        String[] parts = image.split("-");
        if (parts[0].equals("run")) {
            return Fate.RUN;
        }
        boolean meant = parts.length == 1 || parts[1].equals(index);
        return new Fate.End(meant ? Integer.parseInt(parts[0]) : 0);
    }

    @Test
    void completes() {
        cluster.namespace("completing");
        job("completing", "completions: 5, parallelism: 2,", "0");

        ObjectNode job = await("completing", "Complete");

        assertEquals(5, Json.number(job, 0, "status", "succeeded"));
        assertEquals(0, Json.number(job, 0, "status", "active"));
        assertEquals("CompletionsReached", condition(job, "Complete", "reason"));
        assertEquals("True", condition(job, "SuccessCriteriaMet", "status"));
        assertTrue(!Json.text(job, "status", "completionTime").isEmpty());
        assertTrue(Json.at(job, "status", "uncountedTerminatedPods", "succeeded") == null);
        List<ObjectNode> pods =
                cluster.awaitAll(
                        Cluster.PODS,
                        "completing",
                        found ->
                                found.stream()
                                        .noneMatch(pod -> pod.path("metadata").has("finalizers")));
        assertEquals(5, pods.size());
        cluster.awaitEvent("completing", "work", "Completed", "Job completed");
    }

    @Test
    void countsIndexes() {
        cluster.namespace("indexing");
        job("indexing", "completions: 4, parallelism: 3, completionMode: Indexed,", "0");

        ObjectNode job = await("indexing", "Complete");

        assertEquals("0-3", Json.text(job, "status", "completedIndexes"));
        assertEquals(4, Json.number(job, 0, "status", "succeeded"));
        ObjectNode pod = cluster.list(Cluster.PODS, "indexing").getFirst();
        ObjectNode env =
                Json.objects(Json.objects(pod, "spec", "containers").getFirst(), "env").getFirst();
        assertEquals("JOB_COMPLETION_INDEX", Json.text(env, "name"));
    }

    @Test
    void failsBeyondTheBackoffLimit() {
        cluster.namespace("failing");
        job("failing", "backoffLimit: 0,", "1");

        ObjectNode job = await("failing", "Failed");

        assertEquals("BackoffLimitExceeded", condition(job, "Failed", "reason"));
        assertEquals(
                "Job has reached the specified backoff limit", condition(job, "Failed", "message"));
        assertEquals("True", condition(job, "FailureTarget", "status"));
        assertEquals(1, Json.number(job, 0, "status", "failed"));
        cluster.awaitEvent(
                "failing",
                "work",
                "BackoffLimitExceeded",
                "Job has reached the specified backoff limit");
    }

    @Test
    void failsByPolicy() {
        cluster.namespace("policy");
        job(
                "policy",
                """
                backoffLimit: 6, podFailurePolicy: {rules: [
                  {action: Ignore, onExitCodes: {operator: In, values: [7]}},
                  {action: FailJob, onExitCodes: {containerName: main, operator: In, values: [42]}}]},
                """,
                "42");

        ObjectNode job = await("policy", "Failed");

        assertEquals("PodFailurePolicy", condition(job, "Failed", "reason"));
        assertTrue(
                condition(job, "Failed", "message")
                        .matches(
                                "Container main for pod policy/work-.* failed with exit code 42"
                                        + " matching FailJob rule at index 1"));
    }

    @Test
    void failsIndexesOfTheirOwn() {
        cluster.namespace("perindex");
        job(
                "perindex",
                "completions: 3, parallelism: 3, completionMode: Indexed, backoffLimitPerIndex: 0,",
                "1-1");

        ObjectNode job = await("perindex", "Failed");

        assertEquals("FailedIndexes", condition(job, "Failed", "reason"));
        assertEquals("1", Json.text(job, "status", "failedIndexes"));
        assertEquals("0,2", Json.text(job, "status", "completedIndexes"));
        assertEquals(1, Json.number(job, 0, "status", "failed"));
    }

    @Test
    void succeedsByPolicyAndEndsTheOthers() {
        cluster.namespace("success");
        job(
                "success",
                """
                completions: 3, parallelism: 3, completionMode: Indexed,
                successPolicy: {rules: [{succeededIndexes: "0"}]},
                """,
                "run");
        cluster.await(
                Cluster.JOBS,
                "success",
                "work",
                found -> Json.number(found, 0, "status", "ready") == 3);
        ObjectNode leader =
                cluster.list(Cluster.PODS, "success").stream()
                        .filter(pod -> Json.text(pod, "metadata", "name").startsWith("work-0-"))
                        .findFirst()
                        .orElseThrow();

        cluster.of(Cluster.PODS)
                .patch(
                        "success",
                        Json.text(leader, "metadata", "name"),
                        "status",
                        PatchForm.MERGE,
                        Cluster.yaml("{status: {phase: Succeeded}}"));

        ObjectNode job = await("success", "Complete");
        assertEquals("SuccessPolicy", condition(job, "Complete", "reason"));
        assertEquals("Matched rules at index 0", condition(job, "Complete", "message"));
        assertEquals(1, Json.number(job, 0, "status", "succeeded"));
    }

    @Test
    void suspendsAndResumes() {
        cluster.namespace("suspending");
        job("suspending", "parallelism: 2, suspend: true,", "run");
        ObjectNode suspended =
                cluster.await(
                        Cluster.JOBS,
                        "suspending",
                        "work",
                        found -> condition(found, "Suspended", "status").equals("True"));
        assertEquals("JobSuspended", condition(suspended, "Suspended", "reason"));
        assertEquals("", Json.text(suspended, "status", "startTime"));
        assertEquals(0, cluster.list(Cluster.PODS, "suspending").size());

        cluster.patch(Cluster.JOBS, "suspending", "work", "{spec: {suspend: false}}");

        cluster.await(
                Cluster.JOBS,
                "suspending",
                "work",
                found -> Json.number(found, 0, "status", "ready") == 2);
        cluster.patch(Cluster.JOBS, "suspending", "work", "{spec: {suspend: true}}");
        cluster.awaitAll(Cluster.PODS, "suspending", List::isEmpty);
        cluster.await(
                Cluster.JOBS,
                "suspending",
                "work",
                found ->
                        condition(found, "Suspended", "status").equals("True")
                                && Json.number(found, 0, "status", "active") == 0);
    }

    @Test
    void endsAtItsDeadline() {
        cluster.namespace("deadline");
        job("deadline", "activeDeadlineSeconds: 2,", "run");

        ObjectNode job = await("deadline", "Failed");

        assertEquals("DeadlineExceeded", condition(job, "Failed", "reason"));
        cluster.awaitAll(Cluster.PODS, "deadline", List::isEmpty);
    }

    @Test
    void letsPodsOfDeletedJobsGo() {
        cluster.namespace("deleted");
        job("deleted", "parallelism: 2,", "run");
        cluster.awaitAll(Cluster.PODS, "deleted", found -> found.size() == 2);

        cluster.delete(Cluster.JOBS, "deleted", "work", Propagation.BACKGROUND);

        cluster.awaitAll(Cluster.PODS, "deleted", List::isEmpty);
    }

    @Test
    void leavesJobsOfOthersAlone() {
        cluster.namespace("managed");
        job("managed", "managedBy: example.com/other,", "0");
        cluster.create(
                Cluster.JOBS,
                """
                {apiVersion: batch/v1, kind: Job, metadata: {name: later, namespace: managed},
                 spec: {template: {spec: {restartPolicy: Never,
                  containers: [{name: main, image: "0"}]}}}}
                """);
        cluster.await(
                Cluster.JOBS,
                "managed",
                "later",
                found -> condition(found, "Complete", "status").equals("True"));

        assertTrue(cluster.get(Cluster.JOBS, "managed", "work").path("status").isEmpty());
    }

    private static void job(String namespace, String more, String image) {
        cluster.create(
                Cluster.JOBS,
                """
                {apiVersion: batch/v1, kind: Job, metadata: {name: work, namespace: %s},
                 spec: {%s template: {spec: {restartPolicy: Never,
                  containers: [{name: main, image: "%s"}]}}}}
                """
                        .formatted(namespace, more.strip(), image));
    }

    private static ObjectNode await(String namespace, String type) {
        return cluster.await(
                Cluster.JOBS,
                namespace,
                "work",
                found -> condition(found, type, "status").equals("True"));
    }

    private static String condition(ObjectNode object, String type, String field) {
        return Json.objects(object, "status", "conditions").stream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .map(condition -> Json.text(condition, field))
                .findFirst()
                .orElse("");
    }
}
