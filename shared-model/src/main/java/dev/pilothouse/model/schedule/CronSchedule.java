package dev.pilothouse.model.schedule;

import dev.pilothouse.model.schedule.CronField.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When something happens again and again: five fields (minute, hour, day of month, month, day of
 * week), one of {@code @yearly @monthly @weekly @daily @hourly}, or {@code @every 1h30m}.
 * Immutable. Rules and messages are those of the cron library of Kubernetes, robfig/cron v3
 * ParseStandard.
 */
public final class CronSchedule {

    private static final int YEARS_AHEAD = 5;
    private static final Pattern DURATION_PART =
            Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, String> MACROS =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");
    private static final Map<String, Long> UNITS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "µs", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);

    private final String text;
    private final CronField[] fields;
    private final @Nullable Duration interval;
    private final @Nullable ZoneId zone;

    private CronSchedule(
            String text, CronField[] fields, @Nullable Duration interval, @Nullable ZoneId zone) {
        this.text = text;
        this.fields = fields;
        this.interval = interval;
        this.zone = zone;
    }

    /**
     * Reads a schedule; it may start with {@code TZ=zone} or {@code CRON_TZ=zone}.
     *
     * @throws IllegalArgumentException with robfig/cron's message when it is none
     */
    public static CronSchedule parse(String schedule) {
        if (schedule.isEmpty()) {
            throw new IllegalArgumentException("empty spec string");
        }
        String rest = schedule;
        ZoneId zone = null;
        if (schedule.startsWith("TZ=") || schedule.startsWith("CRON_TZ=")) {
            int space = schedule.indexOf(' ');
            int equals = schedule.indexOf('=');
            String name = schedule.substring(equals + 1, space < 0 ? schedule.length() : space);
            zone = zone(name);
            rest = space < 0 ? "" : schedule.substring(space).strip();
        }
        if (rest.startsWith("@")) {
            return macro(schedule, rest, zone);
        }
        return new CronSchedule(schedule, fields(rest), null, zone);
    }

    /**
     * The first time after the given one.
     *
     * @param after the time to start from, exclusive
     * @param defaultZone the zone of the fields when the schedule names none
     * @return empty when there is none within five years
     */
    public Optional<Instant> next(Instant after, ZoneId defaultZone) {
        if (interval != null) {
            return Optional.of(after.plus(interval).truncatedTo(ChronoUnit.SECONDS));
        }
        ZonedDateTime start = after.atZone(zone == null ? defaultZone : zone);
        ZonedDateTime time = start.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        int lastYear = time.getYear() + YEARS_AHEAD;
        while (time.getYear() <= lastYear) {
            if (!fields[Kind.MONTH.ordinal()].matches(time.getMonthValue())) {
                time = startOfDay(time.withDayOfMonth(1).plusMonths(1));
            } else if (!dayMatches(time)) {
                time = startOfDay(time.plusDays(1));
            } else if (!fields[Kind.HOUR.ordinal()].matches(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!fields[Kind.MINUTE.ordinal()].matches(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return Optional.of(time.toInstant());
            }
        }
        return Optional.empty();
    }

    /** The schedule as it was written. */
    @Override
    public String toString() {
        return text;
    }

    private static CronSchedule macro(String schedule, String rest, @Nullable ZoneId zone) {
        String expanded = MACROS.get(rest);
        if (expanded != null) {
            return new CronSchedule(schedule, fields(expanded), null, zone);
        }
        if (rest.startsWith("@every ")) {
            Duration every = duration(rest.substring("@every ".length()), rest);
            return new CronSchedule(schedule, new CronField[0], every, zone);
        }
        throw new IllegalArgumentException("unrecognized descriptor: " + rest);
    }

    private static CronField[] fields(String text) {
        String stripped = text.strip();
        String[] parts = stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
        Kind[] kinds = Kind.values();
        if (parts.length != kinds.length) {
            throw new IllegalArgumentException(
                    "expected exactly 5 fields, found "
                            + parts.length
                            + ": ["
                            + String.join(" ", parts)
                            + "]");
        }
        return Arrays.stream(kinds)
                .map(kind -> CronField.parse(parts[kind.ordinal()], kind))
                .toArray(CronField[]::new);
    }

    /** Both day fields restricted: either may match; otherwise the star matches all days anyway. */
    private boolean dayMatches(ZonedDateTime time) {
        CronField dayOfMonth = fields[Kind.DAY_OF_MONTH.ordinal()];
        CronField dayOfWeek = fields[Kind.DAY_OF_WEEK.ordinal()];
        boolean month = dayOfMonth.matches(time.getDayOfMonth());
        boolean week = dayOfWeek.matches(time.getDayOfWeek().getValue() % 7);
        return dayOfMonth.isStar() || dayOfWeek.isStar() ? month && week : month || week;
    }

    private static ZonedDateTime startOfDay(ZonedDateTime time) {
        return time.toLocalDate().atStartOfDay(time.getZone());
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name.isEmpty() ? "UTC" : name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "provided bad location " + name + ": unknown time zone " + name, e);
        }
    }

    private static Duration duration(String text, String macro) {
        Matcher part = DURATION_PART.matcher(text);
        long nanos = 0;
        int at = 0;
        while (at < text.length() && part.find(at) && part.start() == at) {
            BigDecimal count = new BigDecimal(part.group(1));
            long unit = UNITS.getOrDefault(part.group(2), 0L);
            nanos += count.multiply(BigDecimal.valueOf(unit)).longValue();
            at = part.end();
        }
        if (text.isEmpty() || at < text.length()) {
            throw new IllegalArgumentException(
                    "failed to parse duration "
                            + macro
                            + ": time: invalid duration \""
                            + text
                            + "\"");
        }
        return Duration.ofSeconds(Math.max(1, Duration.ofNanos(nanos).toSeconds()));
    }
}
