package dev.pilothouse.server.controller.cronjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.schedule.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MissedTest {

    private static final CronSchedule HOURLY = CronSchedule.parse("0 * * * *");

    @Test
    void findsNothingBeforeTheFirstTime() {
        Missed missed = between(HOURLY, "2026-01-01T10:00:00Z", "2026-01-01T10:59:59Z");

        assertNull(missed.latest());
    }

    @Test
    void findsTheOnlyTime() {
        Missed missed = between(HOURLY, "2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z");

        assertEquals(Instant.parse("2026-01-01T11:00:00Z"), missed.latest());
        assertFalse(missed.many());
    }

    @Test
    void findsTheLatestOfMany() {
        Missed missed = between(HOURLY, "2026-01-01T10:30:00Z", "2026-03-01T09:59:00Z");

        assertEquals(Instant.parse("2026-03-01T09:00:00Z"), missed.latest());
        assertTrue(missed.many());
    }

    @Test
    void findsTheLatestOfAnIrregularSchedule() {
        CronSchedule mondays = CronSchedule.parse("*/5 8 * * 1");
        Missed missed = between(mondays, "2026-01-01T00:00:00Z", "2026-01-11T12:00:00Z");

        assertEquals(Instant.parse("2026-01-05T08:55:00Z"), missed.latest());
    }

    @Test
    void takesLongGapsInStride() {
        CronSchedule every = CronSchedule.parse("* * * * *");
        Missed missed = between(every, "2000-01-01T00:00:00Z", "2026-01-01T00:00:30Z");

        assertEquals(Instant.parse("2026-01-01T00:00:00Z"), missed.latest());
        assertTrue(missed.many());
    }

    @Test
    void goesByTheZone() {
        Missed missed =
                Missed.between(
                        CronSchedule.parse("0 9 * * *"),
                        ZoneId.of("America/New_York"),
                        Instant.parse("2026-07-01T00:00:00Z"),
                        Instant.parse("2026-07-01T13:00:00Z"));

        assertEquals(Instant.parse("2026-07-01T13:00:00Z"), missed.latest());
    }

    private static Missed between(CronSchedule schedule, String after, String until) {
        return Missed.between(schedule, ZoneOffset.UTC, Instant.parse(after), Instant.parse(until));
    }
}
