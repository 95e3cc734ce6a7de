package dev.pilothouse.ui.detail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import dev.pilothouse.ui.detail.Section.Timeline;
import dev.pilothouse.ui.detail.Section.Timeline.Span;
import dev.pilothouse.ui.detail.Section.Tone;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PodTimelineTest {

    private static final Kind POD = new Kind("", "v1", "pods", "Pod", true);
    private static final Instant NOW = Instant.parse("2026-01-01T10:10:00Z");

    private static ObjectNode yaml(String text) {
        return ObjectDecoder.decodeYaml(text.getBytes(StandardCharsets.UTF_8)).object();
    }

    private static DetailData data(ObjectNode pod, Map<String, List<ObjectNode>> related) {
        return new DetailData(ObjectRef.of(POD, "default", "web"), pod, related, List.of(POD), NOW);
    }

    private static ObjectNode pod(String statuses) {
        return yaml(
                """
                metadata: {name: web, creationTimestamp: "2026-01-01T10:00:00Z"}
                spec:
                  initContainers: [{name: setup}]
                  containers: [{name: main}]
                status:
                  initContainerStatuses:
                  - name: setup
                    restartCount: 0
                    state:
                      terminated: {startedAt: "2026-01-01T10:00:05Z", finishedAt: "2026-01-01T10:00:15Z", exitCode: 0, reason: Completed}
                  containerStatuses:
                  - name: main
                """
                        + statuses.indent(4));
    }

    private static List<String> words(List<Span> spans) {
        return spans.stream().map(span -> span.tone() + " " + span.word()).toList();
    }

    @Test
    void putsRunsAndWaitsOnOneAxis() {
        ObjectNode now =
                pod(
                        """
                        restartCount: 2
                        state: {waiting: {reason: CrashLoopBackOff}}
                        lastState:
                          terminated: {startedAt: "2026-01-01T10:05:00Z", finishedAt: "2026-01-01T10:06:00Z", exitCode: 137, reason: OOMKilled}
                        """);
        ObjectNode before =
                pod(
                        """
                        restartCount: 1
                        state: {running: {startedAt: "2026-01-01T10:05:00Z"}}
                        lastState:
                          terminated: {startedAt: "2026-01-01T10:01:00Z", finishedAt: "2026-01-01T10:02:00Z", exitCode: 1, reason: Error}
                        """);
        ObjectNode backOff =
                pod(
                        """
                        restartCount: 1
                        state: {waiting: {reason: CrashLoopBackOff}}
                        lastState:
                          terminated: {startedAt: "2026-01-01T10:01:00Z", finishedAt: "2026-01-01T10:02:00Z", exitCode: 1, reason: Error}
                        """);

        Timeline timeline = PodTimeline.of(data(now, Map.of(Feed.PAST, List.of(backOff, before))));

        assertEquals(Instant.parse("2026-01-01T10:00:00Z"), timeline.from());
        assertEquals(NOW, timeline.to());
        assertEquals("setup (init)", timeline.lanes().get(0).name());
        assertEquals(
                List.of("WAITING Waiting", "GOOD Completed"),
                words(timeline.lanes().get(0).spans()));
        List<Span> main = timeline.lanes().get(1).spans();
        assertEquals(
                List.of(
                        "WAITING Waiting",
                        "BAD Error",
                        "BAD CrashLoopBackOff",
                        "BAD OOMKilled",
                        "BAD CrashLoopBackOff"),
                words(main));
        assertTrue(main.get(3).detail().contains("more memory than its limit"));
        assertEquals(Instant.parse("2026-01-01T10:05:00Z"), main.get(3).from());
        assertEquals(NOW, main.get(4).to());
    }

    @Test
    void saysHowManyRunsAreNotKept() {
        Timeline timeline =
                PodTimeline.of(
                        data(
                                pod(
                                        """
                                        restartCount: 7
                                        state: {running: {startedAt: "2026-01-01T10:05:00Z"}}
                                        lastState:
                                          terminated: {startedAt: "2026-01-01T10:03:00Z", finishedAt: "2026-01-01T10:04:00Z", exitCode: 2}
                                        """),
                                Map.of()));

        assertEquals(
                List.of(
                        "PLAIN 6 earlier runs are not kept",
                        "BAD 2",
                        "WAITING Waiting",
                        "GOOD Running"),
                words(timeline.lanes().get(1).spans()));
    }

    @Test
    void resolvesVariablesAsTheKubeletDoes() {
        ObjectNode pod =
                yaml(
                        """
                        metadata: {name: web, namespace: default, labels: {app: shop}}
                        spec:
                          containers:
                          - name: main
                            resources: {limits: {cpu: 1500m, memory: 64Mi}}
                            envFrom: [{configMapRef: {name: tuning}, prefix: T_}]
                            env:
                            - {name: HOST, value: db}
                            - {name: URL, value: "http://$(HOST):$(PORT)/$$(HOST)"}
                            - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
                            - {name: CPUS, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
                            - {name: MEGAS, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
                            - {name: WANTED, valueFrom: {resourceFieldRef: {resource: requests.cpu}}}
                            - {name: T_LEVEL, value: low}
                            - {name: LOST, valueFrom: {configMapKeyRef: {name: tuning, key: nope}}}
                        """);
        ObjectNode map = yaml("{metadata: {name: tuning}, data: {LEVEL: high}}");
        DetailData data = data(pod, Map.of("configmaps", List.of(map)));

        Grid grid = (Grid) PodVariables.of(data).getFirst().content();

        assertEquals(
                List.of(
                        "T_LEVEL high (overridden below) ConfigMap tuning",
                        "HOST db",
                        "URL http://db:$(PORT)/$(HOST)",
                        "APP shop metadata.labels['app']",
                        "CPUS 2 limits.cpu",
                        "MEGAS 64 limits.memory",
                        "WANTED What the node has requests.cpu",
                        "T_LEVEL low",
                        "LOST Missing ConfigMap tuning / nope"),
                grid.lines().stream()
                        .map(line -> String.join(" ", line.cells().subList(1, 4)).strip())
                        .toList());
        Line last = grid.lines().getLast();
        assertEquals(Tone.WAITING, last.tone());
    }
}
