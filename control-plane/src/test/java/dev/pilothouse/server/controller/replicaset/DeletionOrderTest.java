package dev.pilothouse.server.controller.replicaset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.server.controller.workload.PodPhase;
import dev.pilothouse.server.controller.workload.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeletionOrderTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    @Test
    void deletesFirstWhatIsLostLeast() {
        List<PodView> expected =
                List.of(
                        pod("unassigned", PodPhase.PENDING, 0, "", 0, 0),
                        pod("pending", PodPhase.PENDING, 0, "a", 0, 0),
                        pod("unknown", PodPhase.UNKNOWN, 0, "a", 0, 0),
                        pod("unready", PodPhase.RUNNING, 0, "a", 0, 0),
                        pod("cheap", PodPhase.RUNNING, 999_000, "b", -5, 0),
                        pod("crowded", PodPhase.RUNNING, 999_000, "a", 0, 0),
                        pod("young", PodPhase.RUNNING, 999_999, "b", 0, 0),
                        pod("restarted", PodPhase.RUNNING, 900_000, "b", 0, 3),
                        pod("old", PodPhase.RUNNING, 900_000, "b", 0, 0),
                        pod("dear", PodPhase.RUNNING, 999_999, "b", 10, 0));
        List<PodView> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, new Random(1));
        List<PodView> related = new ArrayList<>(expected);
        related.add(pod("r1", PodPhase.RUNNING, 1, "a", 0, 0));
        related.add(pod("r2", PodPhase.RUNNING, 1, "a", 0, 0));
        related.add(pod("r3", PodPhase.RUNNING, 1, "a", 0, 0));

        List<PodView> first = new DeletionOrder(related, NOW).first(shuffled, 9);

        assertEquals(
                expected.subList(0, 9).stream().map(PodView::name).toList(),
                first.stream().map(PodView::name).toList());
    }

    @Test
    void takesAllWhenAllAreTooMany() {
        List<PodView> pods = List.of(pod("a", PodPhase.RUNNING, 1, "n", 0, 0));

        assertEquals(pods, new DeletionOrder(pods, NOW).first(pods, 3));
    }

    private static PodView pod(
            String name, PodPhase phase, long readySince, String node, int cost, int restarts) {
        return new PodView(
                "ns",
                name,
                name,
                Map.of(),
                null,
                false,
                phase,
                readySince,
                node,
                restarts,
                1000,
                cost,
                null);
    }
}
