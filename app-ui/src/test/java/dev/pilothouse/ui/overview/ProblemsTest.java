package dev.pilothouse.ui.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private static final Kind POD = new Kind("", "v1", "pods", "Pod", true);

    private final Problems problems = new Problems();

    @Test
    void groupsByCauseWithWhatIsBrokenFirst() {
        put("a", "Pending", false);
        put("b", "Pending", false);
        put("c", "Error", true);

        assertEquals(List.of("Error 1", "Pending 2"), groups());

        put("a", "Error", true);
        assertEquals(List.of("Error 2", "Pending 1"), groups());
        put("b", "", false);
        problems.remove("c");
        assertEquals(List.of("Error 1"), groups());
        problems.clear(POD);
        assertEquals(List.of(), groups());
    }

    @Test
    void judgesPodsAsTheirTableDoes() {
        assertEquals("", judge("pods", "Running", "2/2"));
        assertEquals("Not ready", judge("pods", "Running", "1/2"));
        assertEquals("", judge("pods", "Completed", "0/1"));
        assertEquals("", judge("pods", "Init:0/1", "0/1"));
        assertEquals("Init:Error", judge("pods", "Init:Error", "0/1"));
        assertEquals("ImagePullBackOff", judge("pods", "ImagePullBackOff", "0/1"));
        assertEquals("NotReady", judge("nodes", "NotReady,SchedulingDisabled", ""));
        assertEquals("", judge("nodes", "Ready", ""));
    }

    private static String judge(String resource, String status, String ready) {
        Map<String, String> cells = Map.of("Status", status, "Ready", ready);
        return Judge.of(resource, column -> cells.getOrDefault(column, "")).cause();
    }

    private void put(String uid, String cause, boolean bad) {
        problems.put(new ObjectRef(POD, "default", uid, uid), cause, bad);
    }

    private List<String> groups() {
        return problems.groups().stream()
                .map(group -> group.cause() + " " + group.count())
                .toList();
    }
}
