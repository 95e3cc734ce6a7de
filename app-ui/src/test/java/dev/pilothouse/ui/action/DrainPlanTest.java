package dev.pilothouse.ui.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.action.DrainPlan.Entry;
import dev.pilothouse.ui.action.DrainPlan.Fate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DrainPlanTest {

    private static ObjectNode pod(String name, String owner, String rest) {
        String reference =
                owner.isEmpty()
                        ? ""
                        : "\"ownerReferences\":[{\"kind\":\"%s\",\"name\":\"o\",\"controller\":true}],"
                                .formatted(owner);
        return Json.parseObject(
                """
                {"metadata": {"namespace": "shop", "name": "%s", "uid": "%s", %s
                   "labels": {"app": "web"}}, "spec": {}, "status": {"phase": "Running"}, %s}
                """
                        .formatted(name, name, reference, rest));
    }

    private static ObjectNode budget(int allowed) {
        return Json.parseObject(
                """
                {"metadata": {"namespace": "shop", "name": "web"},
                 "spec": {"selector": {"matchLabels": {"app": "web"}}},
                 "status": {"disruptionsAllowed": %d}}
                """
                        .formatted(allowed));
    }

    private static List<Fate> fates(DrainPlan plan) {
        return plan.entries().stream().map(Entry::fate).toList();
    }

    @Test
    void tellsWhatBecomesOfEachPod() {
        ObjectNode ended = pod("e", "Job", "\"x\": 0");
        Json.child(ended, "status").put("phase", "Succeeded");
        ObjectNode data = pod("d", "ReplicaSet", "\"x\": 0");
        Json.child(data, "spec").putArray("volumes").addObject().putObject("emptyDir");
        DrainPlan plan =
                DrainPlan.of(
                        "local",
                        List.of(
                                pod("a", "DaemonSet", "\"x\": 0"),
                                pod("b", "ReplicaSet", "\"x\": 0"),
                                pod("c", "", "\"x\": 0"),
                                data,
                                ended),
                        List.of());

        assertEquals(
                List.of(Fate.LOST, Fate.LOSES_DATA, Fate.MOVES, Fate.ENDED, Fate.STAYS),
                fates(plan));
        assertEquals("ReplicaSet o", plan.entries().get(2).owner());
    }

    @Test
    void usesUpWhatBudgetsAllow() {
        DrainPlan plan =
                DrainPlan.of(
                        "local",
                        List.of(
                                pod("a", "ReplicaSet", "\"x\": 0"),
                                pod("b", "ReplicaSet", "\"x\": 0"),
                                pod("c", "ReplicaSet", "\"x\": 0")),
                        List.of(budget(1)));

        assertEquals(List.of(Fate.WAITS, Fate.WAITS, Fate.MOVES), fates(plan));
        assertEquals("web", plan.entries().getFirst().budget());
        assertEquals(2, plan.count(Fate.WAITS));
    }

    @Test
    void tellsWhatIsLostOfPodsThatWaitForABudget() {
        ObjectNode data = pod("d", "ReplicaSet", "\"x\": 0");
        Json.child(data, "spec")
                .putArray("volumes")
                .addObject()
                .put("name", "scratch")
                .putObject("emptyDir");

        DrainPlan plan = DrainPlan.of("n", List.of(data), List.of(budget(0)));

        assertEquals(List.of(Fate.WAITS), fates(plan));
        assertEquals(List.of("scratch"), plan.entries().getFirst().losing());
        assertTrue(plan.loses());
    }

    @Test
    void leavesBudgetsOfOtherNamespacesAlone() {
        ObjectNode other = budget(0);
        Json.child(other, "metadata").put("namespace", "elsewhere");

        DrainPlan plan =
                DrainPlan.of("n", List.of(pod("a", "ReplicaSet", "\"x\": 0")), List.of(other));

        assertEquals(List.of(Fate.MOVES), fates(plan));
    }
}
