package dev.pilothouse.server.controller.tainteviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pilothouse.server.controller.nodes.NodePod;
import dev.pilothouse.server.controller.nodes.Taint;
import dev.pilothouse.server.testing.TestCluster;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionsTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:10:00Z");
    private static final List<Taint> LOST =
            List.of(new Taint(Taint.UNREACHABLE, "", "NoExecute", "2026-05-01T12:09:00Z"));

    @Test
    void goesAtOnceWithoutToleration() {
        assertEquals(NOW, Evictions.due(pod(""), LOST, NOW));
        assertEquals(NOW, Evictions.due(pod("{'key':'other','operator':'Exists'}"), LOST, NOW));
    }

    @Test
    void staysForEverWhenItTolerates() {
        assertNull(Evictions.due(pod("{'operator':'Exists'}"), LOST, NOW));
        assertNull(Evictions.due(pod(""), List.of(), NOW));
    }

    @Test
    void staysForAsLongAsItTolerates() {
        String toleration =
                "{'key':'node.kubernetes.io/unreachable','operator':'Exists','effect':'NoExecute','tolerationSeconds':300}";
        assertEquals(
                Instant.parse("2026-05-01T12:14:00Z"), Evictions.due(pod(toleration), LOST, NOW));
        assertEquals(
                Instant.parse("2026-05-01T12:09:30Z"),
                Evictions.due(
                        pod(toleration + ",{'operator':'Exists','tolerationSeconds':30}"),
                        LOST,
                        NOW));
    }

    @Test
    void newPodHasItsTimeFromItsBeginning() {
        NodePod pod =
                NodePod.of(
                        TestCluster.json(
                                "{'metadata':{'name':'p','creationTimestamp':'2026-05-01T12:09:50Z'},"
                                        + "'spec':{'tolerations':[{'operator':'Exists','tolerationSeconds':60}]}}"));
        assertEquals(Instant.parse("2026-05-01T12:10:50Z"), Evictions.due(pod, LOST, NOW));
    }

    private static NodePod pod(String tolerations) {
        return NodePod.of(
                TestCluster.json(
                        "{'metadata':{'name':'p','creationTimestamp':'2026-05-01T12:00:00Z'},'spec':{'tolerations':["
                                + tolerations
                                + "]}}"));
    }
}
