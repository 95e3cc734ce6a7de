package dev.pilothouse.model.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CronScheduleTest {

    private static final Instant START = Instant.parse("2026-02-27T10:15:30Z");

    @Test
    void findsTheNextTime() {
        List<List<String>> cases =
                List.of(
                        List.of("* * * * *", "2026-02-27T10:16:00Z"),
                        List.of("*/10 * * * *", "2026-02-27T10:20:00Z"),
                        List.of("5/20 * * * *", "2026-02-27T10:25:00Z"),
                        List.of("0 9-11 * * *", "2026-02-27T11:00:00Z"),
                        List.of("0 0 29 2 *", "2028-02-29T00:00:00Z"),
                        List.of("0 0 13 * fri", "2026-03-06T00:00:00Z"),
                        List.of("0 0 * * SUN", "2026-03-01T00:00:00Z"),
                        List.of("30 4 1,15 * ?", "2026-03-01T04:30:00Z"),
                        List.of("@hourly", "2026-02-27T11:00:00Z"),
                        List.of("@weekly", "2026-03-01T00:00:00Z"),
                        List.of("@yearly", "2027-01-01T00:00:00Z"),
                        List.of("@every 1h30m", "2026-02-27T11:45:30Z"),
                        List.of("TZ=Asia/Tokyo 0 0 * * *", "2026-02-27T15:00:00Z"));
        for (List<String> pair : cases) {
            Instant next =
                    CronSchedule.parse(pair.get(0)).next(START, ZoneOffset.UTC).orElseThrow();
            assertEquals(Instant.parse(pair.get(1)), next, pair.get(0));
        }
    }

    @Test
    void skipsTimesThatTheClockJumpsOver() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        var next =
                CronSchedule.parse("30 2 * * *")
                        .next(Instant.parse("2026-03-28T12:00:00Z"), berlin);
        assertEquals(Instant.parse("2026-03-30T00:30:00Z"), next.orElseThrow());
    }

    @Test
    void knowsTimesThatNeverCome() {
        assertTrue(CronSchedule.parse("0 0 30 2 *").next(START, ZoneOffset.UTC).isEmpty());
    }

    @Test
    void refusesBadSchedulesInTheWordsOfTheCronLibrary() {
        List<List<String>> cases =
                List.of(
                        List.of("", "empty spec string"),
                        List.of("* * *", "expected exactly 5 fields, found 3: [* * *]"),
                        List.of("60 * * * *", "end of range (60) above maximum (59): 60"),
                        List.of("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
                        List.of(
                                "5-3 * * * *",
                                "beginning of range (5) beyond end of range (3): 5-3"),
                        List.of("*/0 * * * *", "step of range should be a positive number: */0"),
                        List.of("1-2-3 * * * *", "too many hyphens: 1-2-3"),
                        List.of("1/2/3 * * * *", "too many slashes: 1/2/3"),
                        List.of("@never", "unrecognized descriptor: @never"),
                        List.of(
                                "x * * * *",
                                "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"));
        for (List<String> pair : cases) {
            var error =
                    assertThrows(
                            IllegalArgumentException.class, () -> CronSchedule.parse(pair.get(0)));
            assertEquals(pair.get(1), error.getMessage());
        }
    }
}
