package dev.pilothouse.server.controller.podautoscaler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.server.controller.podautoscaler.ReplicaCalculator.Tolerances;
import dev.pilothouse.server.testing.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplicaCalculatorTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final String OLD = "2026-05-01T11:00:00Z";
    private static final String NEW = "2026-05-01T11:59:00Z";

    private final List<ScaledPod> pods = new ArrayList<>();
    private final Map<String, Sample> samples = new HashMap<>();

    @Test
    void scalesByTheShareOfWhatIsRequested() throws Exception {
        for (int i = 0; i < 3; i++) {
            pod("p" + i, "True", OLD, 900L);
        }
        assertEquals(6, replicas(50));
        assertEquals(90, calculator("cpu").byUtilization(samples, 50, "").utilization());
        assertEquals(900, calculator("cpu").byUtilization(samples, 50, "").averageMilli());
        assertEquals(3, replicas(95));
        assertEquals(2, calculator("cpu").byAverage(samples, 1400).replicas());
    }

    @Test
    void startingPodsDoNotCountUnlessTheySpeakAgainstMore() throws Exception {
        pod("a", "True", OLD, 1000L);
        pod("b", "True", OLD, 1000L);
        pod("c", "False", NEW, 5000L);
        assertEquals(2, calculator(2, "cpu").byUtilization(samples, 100, "").replicas());
        // Twice as much as wanted over two pods, over three only a third more.
        assertEquals(4, calculator(3, "cpu").byUtilization(samples, 50, "").replicas());
        // Memory is what it is from the beginning.
        assertEquals(7, calculator(3, "memory").byUtilization(samples, 100, "").replicas());
    }

    @Test
    void unknownPodsSpeakAgainstAChange() throws Exception {
        pod("a", "True", OLD, 400L);
        pod("b", "True", OLD, null);
        assertEquals(2, calculator(2, "cpu").byUtilization(samples, 100, "").replicas());
        samples.put("a", new Sample(2200, NOW, Duration.ZERO));
        assertEquals(2, calculator(2, "cpu").byUtilization(samples, 100, "").replicas());
        samples.put("a", new Sample(4000, NOW, Duration.ZERO));
        assertEquals(4, calculator(2, "cpu").byUtilization(samples, 100, "").replicas());
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(
                "no pods returned by selector while calculating replica count",
                assertThrows(MetricException.class, () -> replicas(50)).getMessage());
        pod("a", "True", OLD, null);
        assertEquals(
                "did not receive metrics for targeted pods (pods might be unready)",
                assertThrows(MetricException.class, () -> replicas(50)).getMessage());
        pods.add(
                new ScaledPod(
                        TestCluster.json(
                                "{'metadata':{'name':'x'},'spec':{'containers':[{'name':'c'}]}}")));
        assertEquals(
                "missing request for cpu in container c of Pod x",
                assertThrows(MetricException.class, () -> replicas(50)).getMessage());
    }

    @Test
    void readsGoDurations() {
        assertEquals(Duration.ofSeconds(30), PodMetrics.duration("30s"));
        assertEquals(Duration.ofMillis(60_500), PodMetrics.duration("1m0.5s"));
        assertEquals(Duration.ofMillis(250), PodMetrics.duration("250ms"));
        assertEquals(Duration.ZERO, PodMetrics.duration(""));
    }

    private int replicas(int target) throws MetricException {
        return calculator("cpu").byUtilization(samples, target, "").replicas();
    }

    private ReplicaCalculator calculator(String resource) {
        return calculator(pods.size(), resource);
    }

    private ReplicaCalculator calculator(int current, String resource) {
        return new ReplicaCalculator(current, pods, resource, new Tolerances(0.1, 0.1), NOW);
    }

    private void pod(String name, String ready, String since, @Nullable Long milli) {
        pods.add(
                new ScaledPod(
                        TestCluster.json(
                                """
                                {'metadata':{'name':'%s'},
                                 'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'1','memory':'1'}}}]},
                                 'status':{'phase':'Running','startTime':'%s',
                                  'conditions':[{'type':'Ready','status':'%s','lastTransitionTime':'%s'}]}}\
                                """
                                        .formatted(name, since, ready, since))));
        if (milli != null) {
            samples.put(name, new Sample(milli, NOW, Duration.ofSeconds(30)));
        }
    }
}
