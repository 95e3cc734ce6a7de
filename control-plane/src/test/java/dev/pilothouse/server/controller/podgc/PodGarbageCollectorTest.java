package dev.pilothouse.server.controller.podgc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.server.controller.nodes.NodePod;
import dev.pilothouse.server.testing.TestCluster;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodGarbageCollectorTest {

    @Test
    void takesEvictedPodsFirstThenTheOldest() {
        List<NodePod> ended =
                List.of(
                        pod("old", "2026-01-01T00:00:00Z", ""),
                        pod("new", "2026-01-03T00:00:00Z", ""),
                        pod("evicted", "2026-01-04T00:00:00Z", "Evicted"),
                        pod("middle", "2026-01-02T00:00:00Z", ""));

        assertEquals("[evicted, old]", names(PodGarbageCollector.excess(ended, 2)));
        assertEquals("[]", names(PodGarbageCollector.excess(ended, 4)));
    }

    private static String names(List<NodePod> pods) {
        return pods.stream().map(pod -> pod.key().name()).toList().toString();
    }

    private static NodePod pod(String name, String created, String reason) {
        return NodePod.of(
                TestCluster.json(
                        "{'metadata':{'name':'%s','creationTimestamp':'%s'},'status':{'phase':'Failed','reason':'%s'}}"
                                .formatted(name, created, reason)));
    }
}
