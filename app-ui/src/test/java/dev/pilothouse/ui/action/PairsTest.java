package dev.pilothouse.ui.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the API server takes as labels and annotations, and how changes are taken back. */
class PairsTest {

    @Test
    void takesTheKeysThatTheServerTakes() {
        String name = "n".repeat(63);
        String prefix = "p".repeat(249) + ".com";
        for (Pairs pairs : Pairs.values()) {
            for (String key :
                    List.of(
                            "a",
                            "A",
                            "0",
                            "a.b_c-D9",
                            "example.com/a",
                            "a/A",
                            prefix + "/" + name)) {
                assertNull(pairs.problemOfKey(key), key);
            }
            assertEquals(PairProblem.NO_KEY, pairs.problemOfKey(""));
            assertEquals(PairProblem.SLASHES, pairs.problemOfKey("a/b/c"));
            assertEquals(PairProblem.NO_PREFIX, pairs.problemOfKey("/a"));
            assertEquals(PairProblem.LONG_PREFIX, pairs.problemOfKey("p" + prefix + "/a"));
            assertEquals(PairProblem.NO_NAME, pairs.problemOfKey("example.com/"));
            assertEquals(PairProblem.LONG_NAME, pairs.problemOfKey(name + "n"));
            for (String key : List.of("-a", "a-", "_a", "a.", "a b", "\u00e4", "a=b", "a\n")) {
                assertEquals(PairProblem.NAME, pairs.problemOfKey(key), key);
            }
            for (String key : List.of("a_b/c", "-a/c", "a..b/c", "a./c", "a b/c")) {
                assertEquals(PairProblem.PREFIX, pairs.problemOfKey(key), key);
            }
        }
        assertEquals(PairProblem.PREFIX, Pairs.LABELS.problemOfKey("Example.com/a"));
        assertNull(Pairs.ANNOTATIONS.problemOfKey("Example.com/a"));
    }

    @Test
    void takesTheValuesThatTheServerTakes() {
        for (String value : List.of("", "a", "A.b_c-9", "v".repeat(63))) {
            assertNull(Pairs.LABELS.problemOfValue(value), value);
        }
        assertEquals(PairProblem.LONG_VALUE, Pairs.LABELS.problemOfValue("v".repeat(64)));
        for (String value : List.of("a b", "-a", "a-", "a/b", "\u00fc", "a\n")) {
            assertEquals(PairProblem.VALUE, Pairs.LABELS.problemOfValue(value), value);
            assertNull(Pairs.ANNOTATIONS.problemOfValue(value), value);
        }
    }

    @Test
    void takesChangesBack() {
        Map<String, String> before = Map.of("a", "1", "b", "2", "c", "3");
        Map<String, String> after = Map.of("a", "1", "b", "9", "d", "4");
        PairChanges changes = PairChanges.between(before, after);

        assertEquals(new PairChanges(Map.of("b", "9", "d", "4"), Set.of("c")), changes);
        assertEquals(
                new PairChanges(Map.of("b", "2", "c", "3"), Set.of("d")), changes.reverse(before));
        assertTrue(PairChanges.between(before, before).isEmpty());
        assertEquals(
                Map.of("a", "b"),
                Pairs.LABELS.of(Json.parseObject("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")));
    }
}
