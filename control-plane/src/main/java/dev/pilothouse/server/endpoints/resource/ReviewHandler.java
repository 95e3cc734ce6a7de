package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.request.ApiResponse;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers reviews: questions that are posted as objects and come back with their status filled in.
 */
final class ReviewHandler implements VerbHandler {

    /** Answers one kind of question. */
    @FunctionalInterface
    interface Reviewer {
        /** The status of a review. */
        ObjectNode review(ResourceCall call, ObjectNode review);
    }

    private final BodyDecoder decoder;
    private final ObjectEncoder encoder;
    private final InstantSource clock;
    private final Reviewer reviewer;

    ReviewHandler(
            BodyDecoder decoder, ObjectEncoder encoder, InstantSource clock, Reviewer reviewer) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.clock = clock;
        this.reviewer = reviewer;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        if (!call.info().verb().equals("create") || call.info().parts().size() > 1) {
            throw call.methodNotAllowed();
        }
        Output output = Output.negotiate(call.request(), call.kind(), false);
        WriteOptions options = WriteOptions.parse(call.request(), "CreateOptions");
        WriteContext context = options.context(call, clock);
        ObjectNode review = decoder.decode(call, options.validation(), context.warnings());
        FieldErrors errors = new FieldErrors();
        call.store().strategy().validate(review, errors);
        errors.throwIfAny(call.kind().gvk(), Json.text(review, "metadata", "name"));
        Json.child(review, "metadata")
                .put("creationTimestamp", context.now().toString().replaceAll("\\.\\d+Z", "Z"));
        review.set("status", reviewer.review(call, review));
        return ObjectEncoder.withWarnings(encoder.node(201, output, review), context.warnings());
    }
}
