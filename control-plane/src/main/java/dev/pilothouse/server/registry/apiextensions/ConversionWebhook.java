package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a definition says of the webhook that converts its objects.
 *
 * @param clientConfig where it is
 * @param reviewVersions versions of ConversionReview it understands, the preferred one first
 */
record ConversionWebhook(ObjectNode clientConfig, List<String> reviewVersions) {

    /** The webhook of a valid definition, or null when it has none. */
    static @Nullable ConversionWebhook of(ObjectNode definition) {
        ObjectNode config =
                Json.objectAt(definition, "spec", "conversion", "webhook", "clientConfig");
        return config == null
                        || !Json.text(definition, "spec", "conversion", "strategy")
                                .equals("Webhook")
                ? null
                : new ConversionWebhook(
                        config,
                        DefinitionReader.texts(
                                definition,
                                "spec",
                                "conversion",
                                "webhook",
                                "conversionReviewVersions"));
    }
}
