package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageSet.Match;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When objects came into their stages, for those whose stage takes time. Thread-safe. */
final class StageTimes {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(String stage, Instant since) {}

    /** How much longer an object stays in its stage; not positive when it is over. */
    Duration left(String uid, Match match, Instant now) {
        Instant until = match.until();
        if (until != null) {
            return Duration.between(now, until);
        }
        if (match.delay().isZero()) {
            return Duration.ZERO;
        }
        Entry entry =
                entries.compute(uid, (_, earlier) -> keep(earlier, match.stage().name(), now));
        return Duration.between(now, entry.since().plus(match.delay()));
    }

    private static Entry keep(@Nullable Entry earlier, String stage, Instant now) {
        return earlier != null && earlier.stage().equals(stage) ? earlier : new Entry(stage, now);
    }

    /** The object is in no stage, or its stage is over. */
    void forget(String uid) {
        entries.remove(uid);
    }
}
