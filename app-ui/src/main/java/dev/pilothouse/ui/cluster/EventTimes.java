package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** When events happen: each of the three ways in which clients record them says it elsewhere. */
public final class EventTimes {

    private EventTimes() {}

    /** When an event last happened, as RFC 3339. */
    public static String last(ObjectNode event) {
        String series = Json.text(event, "series", "lastObservedTime");
        if (!series.isEmpty()) {
            return series;
        }
        for (String field : new String[] {"lastTimestamp", "eventTime"}) {
            String time = Json.text(event, field);
            if (!time.isEmpty()) {
                return time;
            }
        }
        return Json.text(event, "metadata", "creationTimestamp");
    }
}
