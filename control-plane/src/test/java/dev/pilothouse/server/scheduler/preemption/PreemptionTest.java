package dev.pilothouse.server.scheduler.preemption;

import static dev.pilothouse.server.scheduler.TestCluster.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.TestCluster;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Which pods have to go. */
class PreemptionTest {

    private final TestCluster cluster = new TestCluster();
    private final List<Budget> budgets = new ArrayList<>();

    private static ObjectNode ranked(String name, String cpu, int priority, String labels) {
        return pod(name, cpu, labels, "'priority':" + priority);
    }

    private Preemption.Outcome find(ObjectNode pod) {
        Placement.None none = assertInstanceOf(Placement.None.class, cluster.place(pod));
        return new Preemption(
                        () -> budgets,
                        cluster.nominations(),
                        cluster.cache()::latestOn,
                        new Random(1))
                .find(cluster.read(pod), cluster.snapshot(), none, cluster.checks(pod));
    }

    private Victims victims(ObjectNode pod) {
        return assertInstanceOf(Preemption.Outcome.Room.class, find(pod)).victims();
    }

    private String message(ObjectNode pod) {
        return assertInstanceOf(Preemption.Outcome.Nothing.class, find(pod)).message();
    }

    private static List<String> names(Victims victims) {
        return victims.pods().stream().map(PodInfo::name).toList();
    }

    @Test
    void takesAsFewAndAsUnimportantPodsAsItCan() {
        cluster.node("n1", "3")
                .running("n1", ranked("low", "1", 1, ""))
                .running("n1", ranked("mid", "1", 2, ""))
                .running("n1", ranked("high", "1", 9, ""));

        assertEquals(List.of("low"), names(victims(ranked("p", "1", 5, ""))));
        assertEquals(List.of("mid", "low"), names(victims(ranked("q", "2", 5, ""))));
    }

    @Test
    void choosesNodeWithTheLeastHarm() {
        cluster.node("n1", "1").running("n1", ranked("two", "1", 2, ""));
        cluster.node("n2", "1").running("n2", ranked("one", "1", 1, ""));
        cluster.node("n3", "1")
                .running("n3", ranked("half", "500m", 1, ""))
                .running("n3", ranked("other", "500m", 1, ""));

        assertEquals(List.of("one"), names(victims(ranked("p", "1", 5, ""))));
    }

    @Test
    void sparesPodsThatBudgetsProtect() {
        budgets.add(
                new Budget(
                        "default", "b", LabelSelector.ofMap(Map.of("app", "kept")), 0, Set.of()));
        cluster.node("n1", "1").running("n1", ranked("kept", "1", 1, "'app':'kept'"));
        cluster.node("n2", "1").running("n2", ranked("free", "1", 2, ""));

        Victims victims = victims(ranked("p", "1", 5, ""));
        assertEquals(List.of("free"), names(victims));
        assertEquals(0, victims.violations());

        cluster.cache().removeNode("n2");
        assertEquals(1, victims(ranked("q", "1", 5, "")).violations());
    }

    @Test
    void countsHowManyBudgetLets() {
        budgets.add(
                new Budget(
                        "default", "b", LabelSelector.ofMap(Map.of("app", "kept")), 1, Set.of()));
        cluster.node("n1", "2")
                .running("n1", ranked("a", "1", 1, "'app':'kept'"))
                .running("n1", ranked("b", "1", 1, "'app':'kept'"));

        assertEquals(0, victims(ranked("p", "1", 5, "")).violations());
        assertEquals(1, victims(ranked("q", "2", 5, "")).violations());
    }

    @Test
    void saysInKubernetesWordsWhyThereIsNothingToBeGained() {
        cluster.node("n1", "1").running("n1", ranked("same", "1", 5, ""));
        cluster.node("n2", "1", "", "'taints':[{'key':'a','effect':'NoSchedule'}]");

        assertEquals(
                "no new claims to deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod,"
                        + " 1 Preemption is not helpful for scheduling.",
                message(ranked("p", "1", 5, "")));
        assertEquals(
                "no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.",
                message(pod("q", "1", "", "'priority':9,'preemptionPolicy':'Never'")));
    }

    @Test
    void doesNotHelpWherePodWouldNeverFit() {
        cluster.node("n1", "1").running("n1", ranked("low", "1", 1, ""));

        assertEquals(
                "no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
                message(ranked("p", "2", 5, "")));
    }

    @Test
    void makesRoomForPodThatMustBeAlone() {
        String away =
                "'priority':5,'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                        + "[{'topologyKey':'kubernetes.io/hostname','labelSelector':{'matchLabels':{'app':'a'}}}]}}";
        cluster.node("n1", "8")
                .running("n1", ranked("near", "1", 1, "'app':'a'"))
                .running("n1", ranked("other", "1", 1, ""));

        assertEquals(List.of("near"), names(victims(pod("p", "1", "", away))));
    }
}
