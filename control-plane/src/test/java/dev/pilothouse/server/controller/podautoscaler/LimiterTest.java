package dev.pilothouse.server.controller.podautoscaler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pilothouse.server.controller.podautoscaler.Limiter.Outcome;
import dev.pilothouse.server.testing.TestCluster;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LimiterTest {

    private final ScaleHistory history = new ScaleHistory();
    private Instant now = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void doublesAtMostWithoutRules() {
        Limiter limiter = limiter("{}", false, 1, 100);

        Outcome first = limiter.apply(1, 50, history, now);
        assertEquals(4, first.replicas());
        assertEquals("ScaleUpLimit", first.range().word());
        assertEquals(8, limiter.apply(4, 50, history, now).replicas());
        assertEquals(
                "TooManyReplicas",
                limiter(" {}", false, 1, 6).apply(4, 50, history, now).range().word());
    }

    @Test
    void waitsFiveMinutesBeforeTakingAway() {
        Limiter limiter = limiter("{}", false, 1, 100);
        assertEquals(10, limiter.apply(10, 10, history, now).replicas());
        now = now.plusSeconds(290);
        Outcome early = limiter.apply(10, 2, history, now);
        assertEquals(10, early.replicas());
        assertEquals("ScaleDownStabilized", Objects.requireNonNull(early.stabilized()).word());
        now = now.plusSeconds(11);
        Outcome late = limiter.apply(10, 2, history, now);
        assertEquals(2, late.replicas());
        assertNull(late.stabilized());
        assertEquals("DesiredWithinRange", late.range().word());
    }

    @Test
    void followsPolicies() {
        Limiter limiter =
                limiter(
                        "{'scaleUp':{'policies':[{'type':'Pods','value':2,'periodSeconds':60},{'type':'Percent','value':10,'periodSeconds':60}]},"
                                + "'scaleDown':{'stabilizationWindowSeconds':0,'selectPolicy':'Min','policies':[{'type':'Pods','value':5,'periodSeconds':60},"
                                + "{'type':'Percent','value':10,'periodSeconds':60}]}}",
                        true,
                        1,
                        100);
        assertEquals(12, limiter.apply(10, 50, history, now).replicas());
        history.scaled(10, 12, now);
        now = now.plusSeconds(15);
        assertEquals(12, limiter.apply(12, 50, history, now).replicas());
        now = now.plusSeconds(46);
        assertEquals(14, limiter.apply(12, 50, history, now).replicas());

        Outcome down = limiter.apply(20, 5, history, now);
        assertEquals(18, down.replicas());
        assertEquals("ScaleDownLimit", down.range().word());
    }

    @Test
    void mayBeForbiddenToTakeAway() {
        Limiter limiter =
                limiter(
                        "{'scaleDown':{'stabilizationWindowSeconds':0,'selectPolicy':'Disabled'}}",
                        true,
                        1,
                        100);

        assertEquals(20, limiter.apply(20, 5, history, now).replicas());
    }

    @Test
    void neverLeavesItsRange() {
        Limiter limiter = limiter("{'scaleDown':{'stabilizationWindowSeconds':0}}", true, 3, 8);
        assertEquals(3, limiter.apply(8, 0, history, now).replicas());
        assertEquals("TooFewReplicas", limiter.apply(8, 0, history, now).range().word());
    }

    private static Limiter limiter(String behavior, boolean ruled, int min, int max) {
        ObjectNode json = TestCluster.json(behavior);
        return new Limiter(
                ScalingRules.up(json.get("scaleUp")),
                ScalingRules.down(json.get("scaleDown")),
                ruled,
                min,
                max);
    }
}
