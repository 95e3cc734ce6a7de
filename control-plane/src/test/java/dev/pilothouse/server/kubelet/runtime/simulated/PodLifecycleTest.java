package dev.pilothouse.server.kubelet.runtime.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.Step.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The life of pods, with the status written back as the API server would do it. */
class PodLifecycleTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00.400Z");

    private final List<String> notes = new ArrayList<>();
    private Instant now = START;
    private Memory memory = Memory.NONE;
    private PodView pod = view("{}", "\"restartPolicy\":\"Always\"", "\"name\":\"main\"", "");

    @Test
    void runsAtOnceWhenNothingTakesTime() {
        advance();

        assertEquals("Running", pod.state().phase());
        assertTrue(pod.state().main().getFirst().ready());
        assertEquals(List.of("Pulled", "Created", "Started"), notes);
        assertNull(memory.due());
    }

    @Test
    void doublesTheTimeBetweenRestarts() {
        pod =
                view(
                        "{\"simulated.pilothouse.dev/crash-loop\":\"true\"}",
                        "\"restartPolicy\":\"Always\"",
                        "\"name\":\"main\"",
                        "");
        List<Long> pauses = new ArrayList<>();
        long ended = 0;
        for (int i = 0; i < 60 && pauses.size() < 8; i++) {
            int before = pod.state().main().getFirst().restarts();
            advance();
            ContainerState state = pod.state().main().getFirst();
            if (state.ended() != null) {
                ended = state.ended().finished();
            }
            if (state.restarts() > before) {
                pauses.add(now.getEpochSecond() - ended);
            }
            now = due();
        }

        assertEquals(List.of(1L, 10L, 20L, 40L, 80L, 160L, 300L, 300L), pauses);
    }

    @Test
    void waitsForInitContainersOneAfterTheOther() {
        pod =
                view(
                        "{\"simulated.pilothouse.dev/init-time\":\"5s\"}",
                        "\"restartPolicy\":\"Always\"",
                        "\"name\":\"main\"",
                        ",\"initContainers\":[{\"name\":\"one\"},{\"name\":\"side\",\"restartPolicy\":\"Always\"},{\"name\":\"two\"}]");

        advance();
        assertEquals("Pending", pod.state().phase());
        assertTrue(pod.state().init().get(0).isRunning());
        assertEquals("PodInitializing", pod.state().main().getFirst().reason());
        now = due();
        assertEquals(START.plusSeconds(5), now);
        advance();
        assertTrue(pod.state().init().get(1).isRunning());
        assertTrue(pod.state().init().get(2).isRunning());
        now = due();
        advance();

        assertEquals("Running", pod.state().phase());
        assertTrue(pod.state().isInitialized(pod.workload()));
    }

    @Test
    void endsJobPodWithItsExitCode() {
        pod =
                view(
                        "{\"simulated.pilothouse.dev/run-time\":\"3s\",\"simulated.pilothouse.dev/exit-code\":\"4\"}",
                        "\"restartPolicy\":\"Never\"",
                        "\"name\":\"main\"",
                        "");
        advance();
        assertEquals(START.plusSeconds(3), due());

        now = due();
        advance();

        assertEquals("Failed", pod.state().phase());
        assertEquals(4, pod.state().main().getFirst().ended().exitCode());
    }

    @Test
    void killsForMemoryWhenRampReachesLimit() {
        pod =
                view(
                        "{\"simulated.pilothouse.dev/memory\":\"ramp(10Mi, 200Mi, 100s)\"}",
                        "\"restartPolicy\":\"Always\"",
                        "\"name\":\"main\",\"resources\":{\"limits\":{\"memory\":\"100Mi\"}}",
                        "");
        advance();
        now = due();
        advance();

        assertEquals("OOMKilled", pod.state().main().getFirst().ended().reason());
        assertEquals(50, Duration.between(START, now).toSeconds(), 5);
    }

    @Test
    void triesToPullLessAndLessOften() {
        pod =
                view(
                        "{\"simulated.pilothouse.dev/image-error\":\"true\"}",
                        "\"restartPolicy\":\"Always\"",
                        "\"name\":\"main\"",
                        "");
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            advance();
            seen.add(
                    pod.state().main().getFirst().reason()
                            + " "
                            + Duration.between(START, now).toSeconds());
            now = due();
        }

        assertEquals(
                List.of(
                        "ErrImagePull 0",
                        "ImagePullBackOff 3",
                        "ErrImagePull 13",
                        "ImagePullBackOff 16",
                        "ErrImagePull 36",
                        "ImagePullBackOff 39",
                        "ErrImagePull 79",
                        "ImagePullBackOff 82"),
                seen);
        assertEquals("Pending", pod.state().phase());
    }

    @Test
    void failsPodThatIsActiveForTooLong() {
        pod =
                view(
                        "{}",
                        "\"restartPolicy\":\"Always\",\"activeDeadlineSeconds\":30",
                        "\"name\":\"main\"",
                        "");
        advance();
        now = due();
        advance();

        assertEquals("Failed", pod.state().phase());
        assertEquals("DeadlineExceeded", pod.state().reason());
    }

    private Instant due() {
        Instant due = memory.due();
        assertNotNull(due);
        return due;
    }

    private void advance() {
        Step step = PodLifecycle.advance(pod, now, memory, new UsageModel(), () -> "10.244.0.9");
        memory = new Memory(step.due(), step.attempts());
        step.notes().forEach(note -> notes.add(note.reason()));
        pod =
                new PodView(
                        pod.namespace(),
                        pod.name(),
                        pod.uid(),
                        pod.revision() + 1,
                        pod.generation(),
                        pod.node(),
                        false,
                        0,
                        pod.workload(),
                        step.state(),
                        pod.conditions(),
                        null);
    }

    private static PodView view(String annotations, String spec, String container, String more) {
        ObjectNode object =
                Json.parseObject(
                        """
                        {"metadata":{"namespace":"default","name":"p","uid":"u-1","annotations":%s},
                         "spec":{"nodeName":"n",%s,"containers":[{%s,"image":"i"}]%s},
                         "status":{"phase":"Pending"}}\
                        """
                                .formatted(annotations, spec, container, more));
        return PodView.of(object, UnaryOperator.identity(), _ -> null);
    }
}
