package dev.pilothouse.ui.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Figures of metrics.k8s.io. */
class AmountsTest {

    @Test
    void readsAllForms() {
        assertEquals(0.25, Amounts.of("250m"));
        assertEquals(0.012345678, Amounts.of("12345678n"), 1e-12);
        assertEquals(64 << 20, Amounts.of("64Mi"));
        assertEquals(2e9, Amounts.of("2G"));
        assertEquals(1.5, Amounts.of("1.5"));
        assertEquals(1000, Amounts.of("1e3"));
        assertTrue(Double.isNaN(Amounts.of("many")));
        assertTrue(Double.isNaN(Amounts.of("")));
    }

    @Test
    void collectsWhatIsMeasuredWhileOneLooks() {
        var samples = new LiveSamples();
        samples.add("p", pod("2026-11-27T10:00:00Z", "a", "100m"));
        samples.add("p", pod("2026-11-27T10:00:00Z", "a", "100m"));
        samples.add("p", pod("2026-11-27T10:00:15Z", "b", "0.2"));
        ObjectNode history = samples.history("p");
        assertEquals(2, history.path("timestamps").size());
        assertEquals("[100.0,200.0]", history.path("cpuMillicores").toString());
        ObjectNode a =
                Json.objects(history, "containers").stream()
                        .filter(each -> Json.text(each, "name").equals("a"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("[100.0,null]", a.path("cpuMillicores").toString());
    }

    private static ObjectNode pod(String time, String container, String cpu) {
        return (ObjectNode)
                Json.parse(
                        """
                        {"timestamp": "%s",
                         "containers": [{"name": "%s", "usage": {"cpu": "%s", "memory": "1Mi"}}]}
                        """
                                .formatted(time, container, cpu));
    }
}
