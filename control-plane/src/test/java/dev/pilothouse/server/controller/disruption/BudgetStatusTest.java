package dev.pilothouse.server.controller.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.disruption.BudgetStatus.Wanted;
import dev.pilothouse.server.controller.disruption.OwnerScales.Expected;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.testing.TestCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class BudgetStatusTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void countsNumbersAndShares() {
        assertEquals(new Wanted(5, 2), wanted("'minAvailable':2", 5, 0));
        assertEquals(new Wanted(7, 4), wanted("'minAvailable':'50%'", 5, 7));
        assertEquals(new Wanted(7, 6), wanted("'maxUnavailable':1", 5, 7));
        assertEquals(new Wanted(10, 7), wanted("'maxUnavailable':'25%'", 5, 10));
        assertEquals(new Wanted(2, 0), wanted("'maxUnavailable':5", 5, 2));
    }

    @Test
    void allowsWhatHealthyPodsAreMore() {
        ObjectNode budget = budget("");
        ObjectNode changed = apply(budget, pods(3, 1), new Wanted(4, 2));

        assertEquals(3, Json.number(changed, -1, "status", "currentHealthy"));
        assertEquals(1, Json.number(changed, -1, "status", "disruptionsAllowed"));
        assertEquals(4, Json.number(changed, -1, "status", "observedGeneration"));
        assertEquals("SufficientPods", reason(changed));
        assertNull(new BudgetStatus(changed, pods(3, 1), NOW).apply(new Wanted(4, 2)));

        ObjectNode none = apply(changed, pods(2, 2), new Wanted(4, 2));
        assertEquals(0, Json.number(none, -1, "status", "disruptionsAllowed"));
        assertEquals("InsufficientPods", reason(none));
        assertEquals("False", Conditions.status(none, "DisruptionAllowed"));
        ObjectNode empty = apply(changed, List.of(), new Wanted(0, 0));
        assertEquals(0, Json.number(empty, -1, "status", "disruptionsAllowed"));
    }

    @Test
    void evictedPodsCountAsGoneForTwoMinutes() {
        ObjectNode budget =
                budget(
                        "'disruptedPods':{'ready-0':'2026-05-01T11:59:00Z','ready-1':'2026-05-01T11:57:00Z','gone':'2026-05-01T11:59:30Z'}");
        BudgetStatus status = new BudgetStatus(budget, pods(3, 0), NOW);
        ObjectNode changed = status.apply(new Wanted(3, 1));

        assertNotNull(changed);
        assertEquals(2, Json.number(changed, -1, "status", "currentHealthy"));
        assertEquals(
                "{\"ready-0\":\"2026-05-01T11:59:00Z\"}",
                Json.string(changed.path("status").path("disruptedPods")));
        assertEquals(Instant.parse("2026-05-01T12:01:00Z"), status.recheck());
        assertEquals("ready-1", status.undeleted().getFirst().key().name());
    }

    @Test
    void allowsNothingWhenItCannotBeKnown() {
        ObjectNode changed =
                new BudgetStatus(budget("'disruptionsAllowed':3"), pods(3, 0), NOW)
                        .failed("found no controllers for pod \"a\"");
        assertNotNull(changed);
        assertEquals(0, Json.number(changed, -1, "status", "disruptionsAllowed"));
        assertEquals("SyncFailed", reason(changed));
    }

    private static Wanted wanted(String spec, int pods, int scale) {
        ObjectNode budget = TestCluster.json("{'spec':{" + spec + "}}");
        Expected expected = BudgetStatus.needsScale(budget) ? new Expected(scale, List.of()) : null;
        return BudgetStatus.wanted(budget, pods, expected);
    }

    private static ObjectNode apply(ObjectNode budget, List<GuardedPod> pods, Wanted wanted) {
        ObjectNode changed = new BudgetStatus(budget, pods, NOW).apply(wanted);
        assertNotNull(changed);
        return changed;
    }

    private static String reason(ObjectNode budget) {
        return Json.text(Conditions.find(budget, "DisruptionAllowed"), "reason");
    }

    private static ObjectNode budget(String status) {
        return TestCluster.json("{'metadata':{'generation':4},'status':{" + status + "}}");
    }

    private static List<GuardedPod> pods(int ready, int unready) {
        List<GuardedPod> pods = new ArrayList<>();
        for (int i = 0; i < ready + unready; i++) {
            pods.add(
                    GuardedPod.of(
                            TestCluster.json(
                                    "{'metadata':{'name':'ready-%d'},'status':{'conditions':[{'type':'Ready','status':'%s'}]}}"
                                            .formatted(i, i < ready ? "True" : "False"))));
        }
        return pods;
    }
}
