package dev.pilothouse.server.record;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of an event: a new object, one more count of an earlier one, or nothing when
 * an object floods. Many different messages of one reason become one combined event. Not
 * thread-safe. Source: client-go tools/record/events_cache.go with its defaults.
 */
final class Correlator {

    private static final int REMEMBERED = 4096;
    private static final int SIMILAR = 10;
    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    private static final double BURST = 25;
    private static final double REFILL_PER_SECOND = 1.0 / 300;
    private static final String COMBINED = "(combined from similar events): ";

    private final Map<Same, Written> written = remembering();
    private final Map<Similar, Group> groups = remembering();
    private final Map<Spammer, Bucket> buckets = remembering();

    private record Same(ObjectReference about, EventType type, String reason, String message) {}

    private record Similar(ObjectReference about, EventType type, String reason) {}

    private record Spammer(String kind, String namespace, String name, String uid) {}

    private record Group(Instant since, Map<String, Boolean> messages) {}

    private record Bucket(double tokens, Instant at) {}

    /**
     * An event as it was written last.
     *
     * @param name the event's name
     * @param count how often it has happened
     * @param first when it happened first
     */
    record Written(String name, int count, Instant first) {}

    /**
     * What is to be written.
     *
     * @param message the message, perhaps a combined one
     * @param earlier the event to be counted up, or null for a new one
     */
    record Decision(String message, @Nullable Written earlier) {}

    /** Decides about an event; null when it is not to be written. */
    @Nullable Decision decide(
            ObjectReference about, EventType type, String reason, String message, Instant now) {
        ObjectReference object = unversioned(about);
        boolean combined = isOneOfMany(new Similar(object, type, reason), message, now);
        String text = combined ? COMBINED + message : message;
        Written earlier =
                written.get(new Same(object, type, reason, combined ? COMBINED : message));
        if (!allow(new Spammer(about.kind(), about.namespace(), about.name(), about.uid()), now)) {
            return null;
        }
        return new Decision(text, earlier);
    }

    /** An event has been written. */
    void wrote(
            ObjectReference about, EventType type, String reason, String message, Written event) {
        String text = message.startsWith(COMBINED) ? COMBINED : message;
        written.put(new Same(unversioned(about), type, reason, text), event);
    }

    /** An event to be counted up is not there any more. */
    void forget(ObjectReference about, EventType type, String reason, String message) {
        String text = message.startsWith(COMBINED) ? COMBINED : message;
        written.remove(new Same(unversioned(about), type, reason, text));
    }

    private boolean isOneOfMany(Similar key, String message, Instant now) {
        Group group = groups.get(key);
        if (group == null || group.since().plus(SIMILAR_WITHIN).isBefore(now)) {
            group = new Group(now, new LinkedHashMap<>());
            groups.put(key, group);
        }
        if (group.messages().size() >= SIMILAR && !group.messages().containsKey(message)) {
            return true;
        }
        group.messages().put(message, true);
        return false;
    }

    private boolean allow(Spammer key, Instant now) {
        Bucket bucket = buckets.getOrDefault(key, new Bucket(BURST, now));
        double seconds = Math.max(0, Duration.between(bucket.at(), now).toMillis() / 1000.0);
        double tokens = Math.min(BURST, bucket.tokens() + seconds * REFILL_PER_SECOND);
        boolean allowed = tokens >= 1;
        buckets.put(key, new Bucket(allowed ? tokens - 1 : tokens, now));
        return allowed;
    }

    /** The same object at another revision is the same object. */
    private static ObjectReference unversioned(ObjectReference about) {
        return new ObjectReference(
                about.apiVersion(),
                about.kind(),
                about.namespace(),
                about.name(),
                about.uid(),
                "",
                about.fieldPath());
    }

    private static <K, V> SequencedMap<K, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
