package dev.pilothouse.server.controller.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.job.FailurePolicy.Action;
import dev.pilothouse.server.controller.workload.PodForm;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.testing.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0,1", "0-2", "1,3-5,7", "2,3,5-9"})
    void writesIndexesAsTheyWereRead(String text) {
        assertEquals(text, Indexes.format(Indexes.parse(text, 100)));
    }

    @Test
    void readsIndexesOnlyBelowTheLimit() {
        assertEquals("0-2", Indexes.format(Indexes.parse("0-9,12", 3)));
    }

    @Test
    void decidesByTheFirstRuleThatMatches() {
        FailurePolicy policy =
                new FailurePolicy(
                        Json.objects(
                                Cluster.yaml(
                                        """
                                        rules:
                                        - {action: Ignore, onPodConditions: [{type: DisruptionTarget}]}
                                        - action: FailJob
                                          onExitCodes: {containerName: main, operator: In, values: [42]}
                                        - {action: FailIndex, onExitCodes: {operator: In, values: [43]}}
                                        - {action: Count, onExitCodes: {operator: NotIn, values: [0]}}
                                        """),
                                "rules"));

        assertEquals(Action.FAIL_JOB, policy.decide(pod("main", 42, "")).action());
        assertEquals(
                "Container main for pod ns/p failed with exit code 42 matching FailJob rule at"
                        + " index 1",
                policy.decide(pod("main", 42, "")).message());
        assertEquals(Action.COUNT, policy.decide(pod("side", 42, "")).action());
        assertEquals(Action.FAIL_INDEX, policy.decide(pod("side", 43, "")).action());
        assertEquals(Action.IGNORE, policy.decide(pod("main", 42, "DisruptionTarget")).action());
        assertEquals(Action.COUNT, policy.decide(pod("main", 1, "")).action());
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureInARow() {
        Backoffs backoffs = new Backoffs();
        Instant now = Instant.ofEpochSecond(1000);

        backoffs.note("job", 0, List.of(1000L));
        assertEquals(Duration.ofSeconds(10), backoffs.remaining("job", now));
        backoffs.note("job", 0, List.of(1000L));
        assertEquals(Duration.ofSeconds(20), backoffs.remaining("job", now));
        assertEquals(Duration.ofSeconds(5), backoffs.remaining("job", now.plusSeconds(15)));
        backoffs.note("job", 1001, List.of());
        assertEquals(Duration.ZERO, backoffs.remaining("job", now));
        backoffs.note("job", 0, List.of(1002L));
        assertEquals(Duration.ofSeconds(12), backoffs.remaining("job", now));
        assertEquals(Duration.ofMinutes(10), Backoffs.remaining(30, 1000, now));
    }

    @Test
    void meetsSuccessPolicies() {
        BitSet completed = Indexes.parse("0,2-4", 10);

        assertTrue(Verdict.matches(Cluster.yaml("succeededIndexes: '0,2'"), completed, 10));
        assertFalse(Verdict.matches(Cluster.yaml("succeededIndexes: '0,1'"), completed, 10));
        assertTrue(
                Verdict.matches(
                        Cluster.yaml("{succeededIndexes: '0,1', succeededCount: 1}"),
                        completed,
                        10));
        assertTrue(Verdict.matches(Cluster.yaml("succeededCount: 4"), completed, 10));
        assertFalse(Verdict.matches(Cluster.yaml("succeededCount: 5"), completed, 10));
    }

    private static PodView pod(String container, int exitCode, String condition) {
        return new PodForm()
                .apply(
                        Cluster.yaml(
                                """
                                metadata: {name: p, namespace: ns, uid: u,
                                  ownerReferences: [{kind: Job, name: j, uid: k, controller: true}]}
                                status:
                                  phase: Failed
                                  conditions: [{type: "%s", status: "True"}]
                                  containerStatuses:
                                  - {name: %s, state: {terminated: {exitCode: %d}}}
                                """
                                        .formatted(condition, container, exitCode)));
    }
}
