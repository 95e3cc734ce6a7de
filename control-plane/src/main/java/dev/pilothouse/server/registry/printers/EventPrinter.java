package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.HumanDuration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of events in core/v1 form. Source: pkg/printers/internalversion printEvent. */
final class EventPrinter {

    private EventPrinter() {}

    static void register(Registry registry) {
        for (String group : List.of("", "events.k8s.io")) {
            registry.add(
                    group,
                    "events",
                    EventPrinter::cells,
                    "Last Seen",
                    "Type",
                    "Reason",
                    "Object",
                    "+Subobject",
                    "+Source",
                    "Message",
                    "+First Seen",
                    "+Count",
                    "+Name");
        }
    }

    private static List<Object> cells(ObjectNode event, Instant now) {
        String first =
                HumanDuration.since(
                        Cells.textOr(event, Json.text(event, "eventTime"), "firstTimestamp"), now);
        String lastTime = Json.text(event, "lastTimestamp");
        String last = lastTime.isEmpty() ? first : HumanDuration.since(lastTime, now);
        long count = Math.max(1, Cells.number(event, "count"));
        JsonNode series = Json.at(event, "series");
        if (series != null) {
            last = Cells.since(series, now, "lastObservedTime");
            count = Cells.number(series, "count");
        }
        return List.of(
                last,
                Json.text(event, "type"),
                Json.text(event, "reason"),
                target(event),
                Json.text(event, "involvedObject", "fieldPath"),
                source(event),
                Json.text(event, "message").strip(),
                first,
                count,
                Cells.name(event));
    }

    private static String target(ObjectNode event) {
        String kind = Json.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT);
        String name = Json.text(event, "involvedObject", "name");
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    private static String source(ObjectNode event) {
        String component =
                Cells.textOr(event, Json.text(event, "reportingComponent"), "source", "component");
        String instance =
                Cells.textOr(event, Json.text(event, "reportingInstance"), "source", "host");
        return instance.isEmpty() ? component : component + ", " + instance;
    }
}
