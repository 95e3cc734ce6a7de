package dev.pilothouse.server.controller.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pilothouse.server.testing.Cluster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingTest {

    @ParameterizedTest
    @CsvSource({
        // replicas, surge, unavailable, resolved surge, resolved unavailable
        "10, 25%, 25%, 3, 2",
        "1, 25%, 25%, 1, 0",
        "4, 0, 0, 0, 1",
        "3, 0, 100%, 0, 3",
        "0, 1, 1, 1, 0",
        "2, 1, 5, 1, 2",
    })
    void resolvesLimits(
            int replicas, String surge, String unavailable, int resolvedSurge, int resolved) {
        DeploymentState deployment = deployment(replicas, surge, unavailable);

        assertEquals(resolvedSurge, deployment.maxSurge());
        assertEquals(resolved, deployment.maxUnavailable());
    }

    @Test
    void growsNewSetOnlyIntoTheRoomThatSurgeLeaves() {
        Rolling rolling = new Rolling(deployment(10, "3", "2"));

        assertEquals(3, rolling.newSize(List.of(set("old", 1, 10, 10)), 0));
        assertEquals(5, rolling.newSize(List.of(set("old", 1, 8, 8), set("new", 2, 3, 0)), 3));
        assertEquals(3, rolling.newSize(List.of(set("old", 1, 10, 10), set("new", 2, 3, 0)), 3));
        assertEquals(10, rolling.newSize(List.of(set("new", 2, 8, 8)), 8));
    }

    @Test
    void shrinksOldSetsNotBelowWhatMustBeAvailable() {
        ReplicaSetState old = set("old", 1, 10, 10);
        ReplicaSetState latest = set("new", 2, 3, 0);
        Rolling rolling = new Rolling(deployment(10, "3", "2"));

        assertEquals(Map.of(old, 8), rolling.shrunk(List.of(old, latest), List.of(old), latest));

        ReplicaSetState begun = set("new", 2, 5, 5);
        ReplicaSetState less = set("old", 1, 8, 8);
        assertEquals(Map.of(less, 3), rolling.shrunk(List.of(less, begun), List.of(less), begun));
    }

    @Test
    void deletesPodsThatAreOfNoUseFirst() {
        ReplicaSetState broken = set("broken", 2, 4, 0);
        ReplicaSetState good = set("good", 1, 8, 8);
        ReplicaSetState latest = set("new", 3, 1, 0);
        Rolling rolling = new Rolling(deployment(10, "3", "2"));

        assertEquals(
                Map.of(broken, 0),
                rolling.shrunk(List.of(broken, good, latest), List.of(broken, good), latest));
    }

    @Test
    void shrinksNothingWhileNewPodsAreNotAvailable() {
        ReplicaSetState old = set("old", 1, 8, 8);
        ReplicaSetState latest = set("new", 2, 5, 0);

        assertEquals(
                Map.of(),
                new Rolling(deployment(10, "3", "2"))
                        .shrunk(List.of(old, latest), List.of(old), latest));
    }

    @Test
    void sharesScalingAmongSets() {
        Map<String, Integer> sizes = new TreeMap<>();
        new Rolling(deployment(20, "0", "1"))
                .proportional(List.of(set("old", 1, 6, 6, "10"), set("new", 2, 4, 4, "10")))
                .forEach((set, size) -> sizes.put(set.name(), size));

        assertEquals(Map.of("old", 12, "new", 8), sizes);
    }

    @Test
    void givesWhatIsLeftOverToTheLargest() {
        Map<String, Integer> sizes = new TreeMap<>();
        new Rolling(deployment(5, "0", "1"))
                .proportional(
                        List.of(
                                set("a", 1, 3, 3, "8"),
                                set("b", 2, 3, 3, "8"),
                                set("c", 3, 2, 2, "8")))
                .forEach((set, size) -> sizes.put(set.name(), size));

        assertEquals(5, sizes.values().stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void findsTheOnlySetWithPods() {
        ReplicaSetState old = set("old", 1, 0, 0);
        ReplicaSetState latest = set("new", 2, 3, 3);

        assertSame(latest, Rolling.onlyActiveOrLatest(latest, List.of(old)));
        assertSame(old, Rolling.onlyActiveOrLatest(null, List.of(set("older", 0, 0, 0), old)));
        assertNull(Rolling.onlyActiveOrLatest(latest, List.of(set("other", 1, 1, 1))));
    }

    private static DeploymentState deployment(int replicas, String surge, String unavailable) {
        return new DeploymentState(
                Cluster.yaml(
                        """
                        {metadata: {name: web}, spec: {replicas: %d, strategy: {type: RollingUpdate,
                         rollingUpdate: {maxSurge: %s, maxUnavailable: %s}}}}
                        """
                                .formatted(replicas, surge, unavailable)));
    }

    private static ReplicaSetState set(String name, int age, int replicas, int available) {
        return set(name, age, replicas, available, "");
    }

    private static ReplicaSetState set(
            String name, int age, int replicas, int available, String max) {
        return new ReplicaSetState(
                Cluster.yaml(
                        """
                        {metadata: {name: %s, creationTimestamp: "2026-01-01T00:00:0%dZ",
                          annotations: {deployment.kubernetes.io/max-replicas: "%s"}},
                         spec: {replicas: %d}, status: {availableReplicas: %d}}
                        """
                                .formatted(name, age, max, replicas, available)));
    }
}
