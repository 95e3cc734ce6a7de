package dev.pilothouse.ui.resource;

import dev.pilothouse.model.meta.HumanDuration;
import dev.pilothouse.ui.fx.Later;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets ages go on where they are seen: wakes when the next of the texts that are seen becomes
 * another, and not at all while none is. JavaFX thread only.
 */
final class AgeClock {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private final InstantSource time;
    private final Set<AgeCell> cells = Collections.newSetFromMap(new WeakHashMap<>());
    private final Later later = new Later(this::sync);
    private boolean running;
    private long due;

    AgeClock(InstantSource time) {
        this.time = time;
    }

    void add(AgeCell cell) {
        cells.add(cell);
    }

    /** Forgets the cells of columns that are gone. */
    void clear() {
        cells.clear();
    }

    /** Goes on, or stops: while a table is hidden nobody reads ages. */
    void run(boolean wanted) {
        if (wanted != running) {
            running = wanted;
            later.cancel();
            if (wanted) {
                sync();
            }
        }
    }

    /** A cell shows another row or text, which may change earlier than all others. */
    void expect(AgeCell cell) {
        if (running) {
            LiveRow row = cell.isEmpty() ? null : cell.getItem();
            if (row != null && !row.isHeading()) {
                wake(next(row.row().created(), time.millis()));
            }
        }
    }

    /** Lets the ages that are seen be said anew. */
    void sync() {
        for (AgeCell cell : cells) {
            if (cell.seen() != null) {
                cell.sync();
            }
        }
    }

    private void wake(long millis) {
        long at = time.millis() + millis;
        if (millis > 0 && (!later.isPending() || at < due)) {
            due = at;
            later.in(Duration.ofMillis(millis));
        }
    }

    /**
     * How many milliseconds it takes until an age may be said in other words, as {@link
     * #said(String, Instant)} says them; 0 for never.
     */
    static long next(String created, long now) {
        Instant from = parse(created);
        if (from == null) {
            return 0;
        }
        long age = now - from.toEpochMilli();
        long step = step(age);
        return step - Math.floorMod(age, step);
    }

    /**
     * An age as kubectl says it, but after the first minute by tens of seconds: what changes every
     * second draws the eye, and the processor.
     */
    static String said(String created, Instant now) {
        Instant from = parse(created);
        if (from == null) {
            return HumanDuration.since(created, now);
        }
        long age = Duration.between(from, now).toMillis();
        return HumanDuration.of(Duration.ofMillis(age - Math.floorMod(age, step(age))));
    }

    private static long step(long age) {
        return age < MINUTE
                ? SECOND
                : age < 10 * MINUTE ? 10 * SECOND : age < 8 * HOUR ? MINUTE : HOUR;
    }

    private static @Nullable Instant parse(String created) {
        try {
            return Instant.parse(created);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
