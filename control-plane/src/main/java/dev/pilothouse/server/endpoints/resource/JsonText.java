package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;

/** Indented JSON as Go writes it. */
final class JsonText {

    private static final ObjectWriter PRETTY = Json.mapper().writer().with(printer());

    private JsonText() {}

    static byte[] pretty(JsonNode node) {
        return PRETTY.writeValueAsBytes(node);
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators =
                Separators.createDefaultInstance()
                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
    }
}
