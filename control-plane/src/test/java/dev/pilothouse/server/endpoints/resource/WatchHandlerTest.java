package dev.pilothouse.server.endpoints.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchHandlerTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void bookmarksOfWatchesThatBeginTogetherComeTogether() {
        long first = 12_345 * SECOND + 1;

        assertEquals(
                first + WatchHandler.firstBookmark(first),
                first + 3 * SECOND + WatchHandler.firstBookmark(first + 3 * SECOND));
    }

    @Test
    void theFirstBookmarkComesWithinAMinuteWhateverTheClockSays() {
        for (long now : new long[] {-7 * SECOND, 0, 9 * SECOND + 1, Long.MAX_VALUE}) {
            long wait = WatchHandler.firstBookmark(now);

            assertTrue(wait > 50 * SECOND && wait <= 60 * SECOND, now + ": " + wait);
        }
    }
}
