package dev.pilothouse.server.controller.eventexpiry;

import dev.pilothouse.model.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept of an event. An event that repeats within a minute makes no difference.
 *
 * @param namespace its namespace
 * @param name its name
 * @param minute the minute in which it last happened, since 1970
 */
record EventView(String namespace, String name, long minute) {

    /**
     * Reads an event.
     *
     * @param now the time: nothing has happened later than that, whatever a client says
     */
    static EventView of(ObjectNode event, Instant now) {
        long last =
                Stream.of(
                                Json.text(event, "metadata", "creationTimestamp"),
                                Json.text(event, "lastTimestamp"),
                                Json.text(event, "eventTime"),
                                Json.text(event, "series", "lastObservedTime"))
                        .mapToLong(EventView::minute)
                        .max()
                        .orElse(0);
        return new EventView(
                Json.text(event, "metadata", "namespace"),
                Json.text(event, "metadata", "name"),
                Math.min(last, minute(now)));
    }

    private static long minute(String time) {
        try {
            return time.isEmpty() ? 0 : minute(Instant.parse(time));
        } catch (DateTimeException _) {
            return 0;
        }
    }

    private static long minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).getEpochSecond() / 60;
    }
}
