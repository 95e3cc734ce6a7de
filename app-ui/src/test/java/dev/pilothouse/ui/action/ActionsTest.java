package dev.pilothouse.ui.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.action.Action.Answer;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The requests of actions, word for word; the patch types are those that kubectl uses. */
class ActionsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T10:20:30.5Z");
    private static final Target WEB =
            new Target(new Kind("apps", "v1", "deployments", "Deployment", true), "shop", "web");
    private static final Target NODE =
            new Target(new Kind("", "v1", "nodes", "Node", false), "", "local");
    private static final Target NIGHTLY =
            new Target(new Kind("batch", "v1", "cronjobs", "CronJob", true), "shop", "nightly");

    private static String sent(String id, Target target, String live, Answer answer) {
        Action action =
                Actions.ALL.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        List<ApiCall> calls = action.plan().calls(target, Json.parseObject(live), answer, NOW);
        assertEquals(1, calls.size());
        ApiCall call = calls.getFirst();
        return "%s %s %s %s"
                .formatted(
                        call.method(),
                        call.path(),
                        call.contentType(),
                        new String(call.bytes(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void scales() {
        assertEquals(
                "PATCH /apis/apps/v1/namespaces/shop/deployments/web/scale"
                        + " application/merge-patch+json {\"spec\":{\"replicas\":5}}",
                sent("scale", WEB, "{}", Answer.of(5)));
    }

    @Test
    void restarts() {
        assertEquals(
                "PATCH /apis/apps/v1/namespaces/shop/deployments/web"
                        + " application/strategic-merge-patch+json {\"spec\":{\"template\":"
                        + "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":"
                        + "\"2026-06-01T10:20:30Z\"}}}}}",
                sent("restart", WEB, "{}", Answer.NONE));
    }

    @Test
    void evictsRatherThanDeletes() {
        Target pod = new Target(new Kind("", "v1", "pods", "Pod", true), "shop", "web-1");
        assertEquals(
                "POST /api/v1/namespaces/shop/pods/web-1/eviction application/json"
                        + " {\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\","
                        + "\"metadata\":{\"name\":\"web-1\",\"namespace\":\"shop\"}}",
                sent("evict", pod, "{}", Answer.NONE));
    }

    @Test
    void setsImages() {
        String live =
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":"
                        + "[{\"name\":\"web\",\"image\":\"web:1\"},{\"name\":\"log\"}]}}}}";
        assertEquals(
                "PATCH /apis/apps/v1/namespaces/shop/deployments/web"
                        + " application/strategic-merge-patch+json {\"spec\":{\"template\":{\"spec\":"
                        + "{\"$setElementOrder/containers\":[{\"name\":\"web\"},{\"name\":\"log\"}],"
                        + "\"containers\":[{\"image\":\"web:2\",\"name\":\"web\"}]}}}}",
                sent("setImage", WEB, live, Answer.image("web", "web:2")));
    }

    @Test
    void cordonsAndUncordons() {
        assertEquals(
                "PATCH /api/v1/nodes/local application/strategic-merge-patch+json"
                        + " {\"spec\":{\"unschedulable\":true}}",
                sent("cordon", NODE, "{}", Answer.NONE));
        assertEquals(
                "PATCH /api/v1/nodes/local application/strategic-merge-patch+json"
                        + " {\"spec\":{\"unschedulable\":null}}",
                sent("uncordon", NODE, "{}", Answer.NONE));
    }

    @Test
    void pausesAndSuspends() {
        assertTrue(sent("pause", WEB, "{}", Answer.NONE).endsWith("{\"spec\":{\"paused\":true}}"));
        assertTrue(sent("resume", WEB, "{}", Answer.NONE).endsWith("{\"spec\":{\"paused\":null}}"));
        assertTrue(
                sent("suspend", NIGHTLY, "{}", Answer.NONE)
                        .endsWith("{\"spec\":{\"suspend\":true}}"));
    }

    @Test
    void startsJobsOfCronJobs() {
        String live =
                """
                {"metadata": {"uid": "u-1"},
                 "spec": {"jobTemplate": {"metadata": {"labels": {"app": "n"}},
                   "spec": {"backoffLimit": 2}}}}
                """;
        String sent = sent("trigger", NIGHTLY, live, Answer.NONE);
        assertTrue(sent.startsWith("POST /apis/batch/v1/namespaces/shop/jobs application/json "));
        ObjectNode job = Json.parseObject(sent.substring(sent.indexOf('{')));
        assertEquals("nightly-manual-", Json.text(job, "metadata", "generateName"));
        assertEquals("n", Json.text(job, "metadata", "labels", "app"));
        assertEquals(2, Json.number(job, 0, "spec", "backoffLimit"));
        assertEquals(
                "u-1",
                Json.text(Json.objects(job, "metadata", "ownerReferences").getFirst(), "uid"));
    }

    @Test
    void labelsAndAnnotatesWhatIsDifferent() {
        String live =
                "{\"metadata\":{\"labels\":{\"gone\":\"x\",\"same\":\"y\"},"
                        + "\"annotations\":{\"gone\":\"x\",\"same\":\"y\"}}}";
        Answer answer =
                Answer.pairs(
                        new PairChanges(
                                Map.of("a", "b", "same", "y"), Set.of("gone", "never-there")));
        assertEquals(
                "PATCH /apis/apps/v1/namespaces/shop/deployments/web"
                        + " application/merge-patch+json"
                        + " {\"metadata\":{\"labels\":{\"a\":\"b\",\"gone\":null}}}",
                sent("label", WEB, live, answer));
        assertEquals(
                "PATCH /api/v1/nodes/local application/merge-patch+json"
                        + " {\"metadata\":{\"annotations\":{\"a\":\"b\",\"gone\":null}}}",
                sent("annotate", NODE, live, answer));
        assertEquals(
                List.of(),
                Pairs.LABELS.calls(
                        WEB,
                        Json.parseObject(live),
                        new PairChanges(Map.of("same", "y"), Set.of("never-there"))));
    }

    @Test
    void offersWhatFits() {
        assertEquals(
                List.of("scale", "restart", "setImage", "pause", "resume", "label", "annotate"),
                Actions.of(WEB).stream().map(Action::id).toList());
        Action cordon =
                Actions.of(NODE).stream()
                        .filter(action -> action.id().equals("cordon"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(cordon.fits().test(Json.object()));
        assertFalse(cordon.fits().test(Json.parseObject("{\"spec\":{\"unschedulable\":true}}")));
    }
}
