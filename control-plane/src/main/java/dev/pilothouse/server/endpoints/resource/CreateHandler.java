package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.storage.StoredObject;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/** Creates objects. */
final class CreateHandler implements VerbHandler {

    private final BodyDecoder decoder;
    private final ObjectEncoder encoder;
    private final InstantSource clock;

    CreateHandler(BodyDecoder decoder, ObjectEncoder encoder, InstantSource clock) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.clock = clock;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        WriteOptions options = WriteOptions.parse(call.request(), "CreateOptions");
        WriteContext context = options.context(call, clock);
        ObjectNode object = decoder.decode(call, options.validation(), context.warnings());
        String namespace = namespace(call, object);
        ObjectNode stored = encoder.conversions().toStored(call.kind(), object);
        call.strategy().setDefaults(stored);
        StoredObject created = call.store().create(stored, namespace, context);
        return ObjectEncoder.withWarnings(
                encoder.object(201, call, output, created), context.warnings());
    }

    /** The namespace of the path, which the object may name as well but not contradict. */
    static String namespace(ResourceCall call, ObjectNode object) {
        String inBody = Json.text(object, "metadata", "namespace");
        if (!call.kind().namespaced()) {
            return "";
        }
        if (!inBody.isEmpty() && !call.namespace().isEmpty() && !inBody.equals(call.namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
        if (call.namespace().isEmpty()) {
            throw ApiException.badRequest("an empty namespace may not be set during creation");
        }
        return call.namespace();
    }
}
