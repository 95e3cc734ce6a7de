package dev.pilothouse.ui.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.schema.ResourceSchema;
import dev.pilothouse.model.schema.Schema;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class GlyphsTest {

    @Test
    void everyKindThatCanBeFollowedHasItsOwnGlyph() {
        List<ResourceSchema> listed =
                Schema.builtIn().resources().stream()
                        .filter(resource -> resource.verbs().containsAll(List.of("list", "watch")))
                        .toList();
        assertEquals(
                listed.stream()
                        .map(resource -> "kind-" + resource.kind().toLowerCase(Locale.ROOT))
                        .toList(),
                listed.stream()
                        .map(resource -> Glyphs.icon(resource.resource().group(), resource.kind()))
                        .toList());
    }

    @Test
    void customResourcesShareOneWhateverTheirName() {
        assertEquals("kind-custom", Glyphs.icon("shop.example.com", "Order"));
        assertEquals("kind-custom", Glyphs.icon("serving.knative.dev", "Service"));
        assertEquals("kind-service", Glyphs.icon("", "Service"));
    }
}
