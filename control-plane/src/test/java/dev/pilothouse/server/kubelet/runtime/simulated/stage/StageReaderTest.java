package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageSet.Match;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class StageReaderTest {

    private static final String GOOD =
            """
            apiVersion: kwok.x-k8s.io/v1alpha1
            kind: Stage
            metadata:
              name: pod-slow
            spec:
              resourceRef:
                apiGroup: v1
                kind: Pod
              selector:
                matchLabels:
                  app: slow
                matchExpressions:
                - key: '.status.conditions.[] | select(.type == "Ready") | .status'
                  operator: NotIn
                  values: ["True"]
              weight: 2
              delay:
                durationMilliseconds: 1000
                durationFrom:
                  expressionFrom: '.metadata.annotations["wait"]'
                jitterDurationMilliseconds: 3000
              next:
                statusTemplate: |
                  phase: Running
                event:
                  type: Normal
                  reason: Slow
                  message: slow
            """;

    @TempDir Path directory;

    @Test
    void readsWhatKwokWrites() {
        Stage stage = StageReader.read("good.yaml", "---\n" + GOOD).getFirst();

        assertEquals("pod-slow", stage.name());
        assertEquals("Pod", stage.kind());
        assertEquals(2, stage.weight());
        assertEquals(1, stage.next().patches().size());
        assertNotNull(stage.next().event());
        assertNull(stage.next().action());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operator: NotIn|operator: Equals|bad.yaml:14: spec.selector.matchExpressions[0].operator: must be one of In, NotIn, Exists, DoesNotExist, not \"Equals\"",
                "weight: 2|weight: heavy|bad.yaml:16: spec.weight: \"heavy\" is not a whole number",
                "weight: 2|wait: 2|bad.yaml:16: spec.wait: is not known here; known are resourceRef, selector, weight, delay, next, immediateNextStage",
                "kind: Pod|kind: Service|bad.yaml:8: spec.resourceRef.kind: must be Pod or Node, not \"Service\"",
                "type: Normal|type: Loud|bad.yaml:26: spec.next.event.type: must be Normal or Warning, not \"Loud\"",
                "phase: Running|phase: {{ .x |bad.yaml:23: spec.next.statusTemplate: }} is missing in line 1 of the template",
                "phase: Running|phase: {{ if .x }}|bad.yaml:23: spec.next.statusTemplate: {{end}} is missing for {{if .x}}, in line 1 of the template",
                "durationMilliseconds: 1000|durationMilliseconds: -1|bad.yaml:18: spec.delay.durationMilliseconds: -1 is not between 0 and 31536000000",
            })
    void saysWhereFaultIs(String good, String bad, String message) {
        String text = GOOD.replace(good, bad);

        StageException e =
                assertThrows(StageException.class, () -> StageReader.read("bad.yaml", text));

        assertEquals(message, e.getMessage());
    }

    @Test
    void saysWhereYamlBreaks() {
        StageException e =
                assertThrows(
                        StageException.class,
                        () -> StageReader.read("bad.yaml", "kind: Stage\nspec: [1,\n"));

        assertTrue(
                String.valueOf(e.getMessage()).startsWith("bad.yaml:3: not YAML: "), e::toString);
    }

    @Test
    void choosesByWeightAndTakesDelayFromObject() throws Exception {
        Files.writeString(directory.resolve("slow.yaml"), GOOD);
        StageSet stages = StageSet.builtIn().with(directory);
        ObjectNode pod =
                Json.parseObject(
                        """
                        {"metadata":{"uid":"u1","labels":{"app":"slow"},"annotations":{"wait":"2500ms"}},
                         "status":{"phase":"Pending"}}\
                        """);

        Match match = stages.choose("Pod", pod);

        assertNotNull(match);
        assertEquals("pod-slow", match.stage().name());
        assertTrue(match.delay().compareTo(Duration.ofMillis(2500)) >= 0);
        assertTrue(match.delay().compareTo(Duration.ofMillis(3000)) <= 0);
        assertEquals(match, stages.choose("Pod", pod.deepCopy()));
    }

    @Test
    void leavesOtherPodsToBuiltInStages() {
        StageSet stages = StageSet.builtIn();

        assertEquals("pod-advance", name(stages, "Pod", "{\"status\":{\"phase\":\"Pending\"}}"));
        assertEquals(
                "pod-terminate",
                name(
                        stages,
                        "Pod",
                        "{\"metadata\":{\"deletionTimestamp\":\"x\"},\"status\":{\"phase\":\"Failed\"}}"));
        assertEquals("", name(stages, "Pod", "{\"status\":{\"phase\":\"Succeeded\"}}"));
        assertEquals("node-advance", name(stages, "Node", "{}"));
    }

    private static String name(StageSet stages, String kind, String object) {
        Match match = stages.choose(kind, Json.parseObject(object));
        return match == null ? "" : match.stage().name();
    }
}
