package dev.pilothouse.server.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.testing.TestCluster;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PodSandboxStatus SANDBOX =
            new PodSandboxStatus("s", "n", "p", "u", 0, true, NOW, List.of("127.0.0.1"), Map.of());

    private final List<ContainerStatus> there = new ArrayList<>();
    private final RestartBackoff backoff = new RestartBackoff();

    @Test
    void startsInitContainersOneAfterTheOther() {
        PodTree pod =
                pod("'initContainers':[{'name':'i1'},{'name':'i2'}],'containers':[{'name':'c'}]");
        assertEquals("i1", next(pod));
        running("i1");
        assertNull(next(pod));
        there.clear();
        exited("i1", 0);
        assertEquals("i2", next(pod));
        exited("i2", 0);
        assertEquals("c", next(pod));
    }

    @Test
    void doesNotWaitForTheEndOfSidecars() {
        PodTree pod =
                pod(
                        "'initContainers':[{'name':'s','restartPolicy':'Always'},{'name':'i'}],'containers':[{'name':'c'}]");
        assertEquals("s", next(pod));
        running("s");
        assertEquals("i", next(pod));
        exited("i", 0);
        assertEquals("c", next(pod));
    }

    @Test
    void givesUpAfterFailedInitContainerThatIsNotTriedAgain() {
        PodTree pod =
                pod(
                        "'restartPolicy':'Never','initContainers':[{'name':'i'}],'containers':[{'name':'c'}]");
        exited("i", 1);

        assertNull(next(pod));
        assertEquals("Failed", phase(pod));
    }

    @Test
    void waitsBeforeItStartsCrashedContainerAgain() {
        PodTree pod = pod("'containers':[{'name':'c'}]");
        exited("c", 1);
        assertEquals("c", next(pod));
        backoff.started("c", NOW, NOW);

        Decision decision = decide(pod);

        assertNull(decision.start());
        assertEquals(Map.of("c", NOW.plusSeconds(10)), decision.backingOff());
        assertEquals("Running", phase(pod));
    }

    @Test
    void restartsByPolicyAndRules() {
        PodTree onFailure = pod("'restartPolicy':'OnFailure','containers':[{'name':'c'}]");
        exited("c", 0);
        assertNull(next(onFailure));
        assertEquals("Succeeded", phase(onFailure));
        PodTree rules =
                pod(
                        "'restartPolicy':'Never','containers':[{'name':'c','restartPolicyRules':[{'action':'Restart','exitCodes':{'operator':'In','values':[42]}}]}]");
        there.clear();
        exited("c", 42);
        assertEquals("c", next(rules));
        there.clear();
        exited("c", 41);
        assertNull(next(rules));
        assertEquals("Failed", phase(rules));
    }

    @Test
    void endsSidecarsAfterTheOthersTheLastFirst() {
        PodTree pod =
                pod(
                        "'restartPolicy':'Never','initContainers':[{'name':'s1','restartPolicy':'Always'},{'name':'s2','restartPolicy':'Always'}],'containers':[{'name':'c'}]");
        running("s1");
        running("s2");
        exited("c", 0);

        Decision decision = decide(pod);

        assertNull(decision.start());
        assertEquals(1, decision.kill().size());
        assertEquals("s2", PodTree.name(decision.kill().getFirst().container()));
        assertEquals("Running", phase(pod));
    }

    @Test
    void restartsContainerOfAnotherDefinition() {
        PodTree pod = pod("'containers':[{'name':'c','image':'new'}]");
        there.add(
                status("c", ContainerState.RUNNING, 0, Map.of(ContainerStarter.DEFINITION, "old")));

        Decision decision = decide(pod);

        assertTrue(decision.kill().getFirst().message().contains("definition changed"));
    }

    private String next(PodTree pod) {
        var start = decide(pod).start();
        return start == null ? null : PodTree.name(start);
    }

    private Decision decide(PodTree pod) {
        Decision decision =
                new ContainerPlan(pod, PodContainers.of(SANDBOX, there), _ -> null, backoff, NOW)
                        .decide();
        assertNotNull(decision);
        return decision;
    }

    private String phase(PodTree pod) {
        return PodStatusTree.phase(
                new StatusInput(
                        pod,
                        PodContainers.of(SANDBOX, there),
                        _ -> null,
                        Map.of(),
                        false,
                        null,
                        "127.0.0.1",
                        NOW));
    }

    private static PodTree pod(String spec) {
        return new PodTree(
                TestCluster.json(
                        "{'metadata':{'name':'p','namespace':'n','uid':'u'},'spec':{"
                                + spec
                                + "}}"));
    }

    private void running(String name) {
        there.add(status(name, ContainerState.RUNNING, 0, Map.of()));
    }

    private void exited(String name, int code) {
        there.add(status(name, ContainerState.EXITED, code, Map.of()));
    }

    private static ContainerStatus status(
            String name, ContainerState state, int code, Map<String, String> labels) {
        return new ContainerStatus(
                name,
                "s",
                name,
                0,
                state,
                NOW,
                NOW,
                state == ContainerState.EXITED ? NOW : null,
                code,
                "",
                "",
                "",
                "",
                Path.of("log"),
                List.of(),
                labels);
    }
}
