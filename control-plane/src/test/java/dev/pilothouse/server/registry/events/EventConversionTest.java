package dev.pilothouse.server.registry.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class EventConversionTest {

    @Test
    void renamesFieldsBothWays() {
        ObjectNode event =
                Json.parseObject(
                        "{\"apiVersion\":\"events.k8s.io/v1\",\"kind\":\"Event\",\"metadata\":{\"name\":\"a\"},\"note\":\"n\","
                                + "\"regarding\":{\"kind\":\"Pod\"},\"reportingController\":\"c\",\"deprecatedCount\":2,"
                                + "\"deprecatedSource\":{\"host\":\"h\"},\"reason\":\"r\"}");
        ObjectNode core = EventConversion.toCore(event);
        assertEquals(
                Json.parse(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"metadata\":{\"name\":\"a\"},\"message\":\"n\","
                                + "\"involvedObject\":{\"kind\":\"Pod\"},\"reportingComponent\":\"c\",\"count\":2,"
                                + "\"source\":{\"host\":\"h\"},\"reason\":\"r\"}"),
                core);
        assertEquals(event, EventConversion.toEvents(core));
    }
}
