package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.server.endpoints.resource.WriteOptions.FieldValidation;
import dev.pilothouse.server.registry.DeleteOptions;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the options of deletes, which come as a body or as query parameters. */
final class DeleteRequests {

    private static final String TYPE = "meta.v1.DeleteOptions";

    /**
     * What a delete request says.
     *
     * @param options how to delete
     * @param dryRun whether nothing is stored
     */
    record Parsed(DeleteOptions options, boolean dryRun) {}

    private final BodyDecoder decoder;
    private final TypeSchema type;

    DeleteRequests(BodyDecoder decoder, Schema schema) {
        this.decoder = decoder;
        this.type = Objects.requireNonNull(schema.type(TYPE), TYPE);
    }

    /** Reads the options; a body wins over query parameters. */
    Parsed parse(ApiRequest request) {
        if (request.body().length == 0) {
            return new Parsed(fromQuery(request.query()), WriteOptions.dryRun(request));
        }
        ObjectNode json = decoder.parse(request, false).object();
        if (Json.text(json, "kind").isEmpty()) {
            json.put("kind", "DeleteOptions");
        }
        if (Json.text(json, "apiVersion").isEmpty()) {
            json.put("apiVersion", "v1");
        }
        // Every group version knows DeleteOptions under its own name.
        GroupVersionKind kind = GroupVersionKind.of(Json.text(json, "apiVersion"), "DeleteOptions");
        if (!Json.text(json, "kind").equals("DeleteOptions")) {
            throw ApiException.badRequest(
                    "expected a DeleteOptions, got " + Json.text(json, "kind"));
        }
        BodyDecoder.conform(
                json,
                kind,
                body -> ObjectDecoder.conform(body, type),
                List.of(),
                FieldValidation.IGNORE,
                new ArrayList<>());
        return new Parsed(DeleteOptions.fromJson(json), isDryRun(json, request));
    }

    private static boolean isDryRun(ObjectNode json, ApiRequest request) {
        return (Json.at(json, "dryRun") instanceof JsonNode values
                        && values.valueStream().anyMatch(value -> value.asString("").equals("All")))
                || WriteOptions.dryRun(request);
    }

    private static DeleteOptions fromQuery(Parameters query) {
        return new DeleteOptions(
                        number(query),
                        query.text("propagationPolicy"),
                        "",
                        "",
                        query.has("orphanDependents") ? query.flag("orphanDependents") : null)
                .checked();
    }

    private static long number(Parameters query) {
        String text = query.text("gracePeriodSeconds");
        try {
            return text.isEmpty() ? -1 : Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw ApiException.badRequest(
                    "strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }
}
