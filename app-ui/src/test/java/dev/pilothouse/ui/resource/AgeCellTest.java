package dev.pilothouse.ui.resource;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.testing.Toolkit;
import dev.pilothouse.ui.theme.Theme;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ages go on where they are seen, and cost nothing but their own letters. */
class AgeCellTest {

    private final AtomicInteger layouts = new AtomicInteger();
    private LiveTable table;
    private Stage stage;

    @BeforeEach
    void show() throws Exception {
        Toolkit.start();
        fx(() -> {
            table = new LiveTable(row -> {}, () -> {});
            Instant young = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(20);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                String name = "pod-" + i;
                rows.add(row(name, young.toString()));
            }
            table.reset(List.of(column("Name"), column("Status"), column("Age")), true, rows);
            stage = new Stage();
            Scene scene = new Scene(table.view(), 800, 600);
            Theme.LIGHT.apply();
            Theme.decorate(scene);
            stage.setScene(scene);
            stage.show();
            table.live(true);
            return null;
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> !ages().isEmpty());
    }

    @AfterEach
    void close() throws Exception {
        fx(() -> {
            stage.close();
            return null;
        });
    }

    @Test
    void changeWithoutLinesAndCellsBeingLaidOut() throws Exception {
        String before = ages().getFirst();
        await().atMost(Duration.ofSeconds(30)).until(() -> !ages().getFirst().equals(before));
        fx(() -> {
            count(table.view());
            return null;
        });
        for (int i = 0; i < 3; i++) {
            String now = ages().getFirst();
            await().atMost(Duration.ofSeconds(30)).until(() -> !ages().getFirst().equals(now));
        }
        assertEquals(0, layouts.get());
        List<String> ages = ages();
        assertTrue(ages.size() > 10 && ages.size() < 40, ages::toString);
        assertEquals(1, ages.stream().distinct().count(), ages::toString);
    }

    @Test
    void standStillWhileNobodyLooksAndGoOnAfterwards() throws Exception {
        fx(() -> {
            table.live(false);
            return null;
        });
        String before = ages().getFirst();
        Thread.sleep(2_200);
        assertEquals(before, ages().getFirst());

        fx(() -> {
            table.live(true);
            return null;
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> !ages().getFirst().equals(before));
    }

    @Test
    void areLookedAtWhenTheyMayBeSaidInOtherWordsOnly() {
        Instant now = Instant.parse("2026-01-01T12:00:00.250Z");
        assertEquals(750, AgeClock.next("2026-01-01T11:59:30Z", now.toEpochMilli()));
        assertEquals(4_750, AgeClock.next("2026-01-01T11:57:55Z", now.toEpochMilli()));
        assertEquals(29_750, AgeClock.next("2026-01-01T11:29:30Z", now.toEpochMilli()));
        assertEquals(
                Duration.ofMinutes(30).minusMillis(250).toMillis(),
                AgeClock.next("2025-12-30T11:30:00Z", now.toEpochMilli()));
        // A clock that is ahead: until it is reached, there is no age.
        assertEquals(750, AgeClock.next("2026-01-01T12:00:10Z", now.toEpochMilli()));
        assertEquals(0, AgeClock.next("", now.toEpochMilli()));
    }

    @Test
    void areSaidAsKubectlSaysThemButByTensOfSecondsAfterAMinute() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        assertEquals("0s", AgeClock.said("2026-01-01T12:00:00Z", now));
        assertEquals("59s", AgeClock.said("2026-01-01T11:59:01Z", now));
        assertEquals("70s", AgeClock.said("2026-01-01T11:58:43Z", now));
        assertEquals("3m20s", AgeClock.said("2026-01-01T11:56:33Z", now));
        assertEquals("4m", AgeClock.said("2026-01-01T11:55:54Z", now));
        assertEquals("47m", AgeClock.said("2026-01-01T11:12:41Z", now));
        assertEquals("7h59m", AgeClock.said("2026-01-01T04:00:01Z", now));
        assertEquals("25h", AgeClock.said("2025-12-31T10:30:00Z", now));
        assertEquals("<invalid>", AgeClock.said("2026-01-01T12:30:00Z", now));
        assertEquals("<invalid>", AgeClock.said("yesterday", now));
    }

    /** Counts the layouts of lines and of cells other than those of ages. */
    private void count(Node node) {
        if (node instanceof LiveTableRow || node instanceof LiveCell) {
            ((Parent) node)
                    .needsLayoutProperty()
                    .addListener((property, before, needed) -> {
                        if (needed) {
                            layouts.incrementAndGet();
                        }
                    });
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(this::count);
        }
    }

    private List<String> ages() throws Exception {
        return fx(() -> {
            List<String> found = new ArrayList<>();
            for (Node node : table.view().lookupAll(".table-cell")) {
                if (node instanceof AgeCell cell && cell.seen() != null) {
                    found.add(cell.text());
                }
            }
            return found;
        });
    }

    private static Column column(String name) {
        return new Column(name, false, false);
    }

    private static Row row(String name, String created) {
        return new Row(name, "default", name, created, "", List.of(name, "Running", "20s"));
    }
}
