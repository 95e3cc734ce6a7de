package dev.pilothouse.ui.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTest {

    private final List<Runnable> turns = new ArrayList<>();
    private final List<Map<String, Integer>> received = new ArrayList<>();
    private final Batch<Integer> batch = new Batch<>(turns::add, received::add);

    @Test
    void handsOverLastChangeOfEachKeyInOneTurn() {
        batch.put("a", 1);
        batch.put("b", 2);
        batch.put("a", 3);

        assertEquals(1, turns.size());
        turns.removeFirst().run();
        assertEquals(List.of(Map.of("a", 3, "b", 2)), received);
    }

    @Test
    void asksForAnotherTurnAfterTheFirst() {
        batch.put("a", 1);
        turns.removeFirst().run();
        batch.put("a", 2);

        assertEquals(1, turns.size());
        turns.removeFirst().run();
        assertEquals(List.of(Map.of("a", 1), Map.of("a", 2)), received);
    }

    @Test
    void newListVoidsPendingChanges() {
        batch.put("a", 1);
        batch.clearAndPut("list", 2);
        batch.put("b", 3);

        assertEquals(1, turns.size());
        turns.removeFirst().run();
        assertEquals(List.of("list", "b"), List.copyOf(received.getFirst().keySet()));
    }
}
