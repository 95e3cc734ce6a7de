package dev.pilothouse.ui.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ExportTest {

    private static final List<ObjectNode> OBJECTS =
            List.of(
                    Json.parseObject("{\"kind\": \"A\", \"metadata\": {\"name\": \"x\"}}"),
                    Json.parseObject("{\"kind\": \"A\", \"metadata\": {\"name\": \"z\"}}"));

    @Test
    void quotesWhatCsvMustQuoteAndDisarmsFormulas() {
        assertEquals(
                "Name,Labels\r\nweb,\"a=1,b=\"\"2\"\"\"\r\n'=cmd(),\r\n",
                text(
                        Export.csv(
                                List.of(
                                        List.of("Name", "Labels"),
                                        List.of("web", "a=1,b=\"2\""),
                                        List.of("=cmd()", "")))));
    }

    @Test
    void writesListsAsKubectlDoes() {
        ObjectNode list = Json.parseObject(text(Export.json(OBJECTS)));
        assertEquals("List", Json.text(list, "kind"));
        assertEquals(OBJECTS, Json.objects(list, "items"));

        String yaml = text(Export.yaml(OBJECTS));
        assertEquals(2, yaml.split("(?m)^---$").length - 1);
        assertTrue(yaml.contains("name: z"), yaml);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
