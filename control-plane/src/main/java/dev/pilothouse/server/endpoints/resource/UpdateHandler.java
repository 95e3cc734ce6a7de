package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.registry.ObjectChange;
import dev.pilothouse.server.registry.ResourceStore.UpdateResult;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.request.ApiResponse;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Replaces objects, or one part of them. */
final class UpdateHandler implements VerbHandler {

    private final BodyDecoder decoder;
    private final ObjectEncoder encoder;
    private final InstantSource clock;
    private final ObjectPart part;

    /** Replaces this part of objects. */
    UpdateHandler(
            BodyDecoder decoder, ObjectEncoder encoder, InstantSource clock, ObjectPart part) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.clock = clock;
        this.part = part;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        WriteOptions options = WriteOptions.parse(call.request(), "UpdateOptions");
        WriteContext context = options.context(call, clock);
        ObjectNode object = decoder.decode(call, options.validation(), context.warnings());
        checkName(call, object);
        if (call.kind().namespaced()) {
            CreateHandler.namespace(call, object);
        }
        ObjectNode stored = encoder.conversions().toStored(call.kind(), object);
        call.strategy().setDefaults(stored);
        UpdateResult result =
                call.store()
                        .update(
                                call.namespace(),
                                call.name(),
                                new Replacement(call, stored, part),
                                context);
        return ObjectEncoder.withWarnings(
                encoder.object(result.created() ? 201 : 200, call, output, result.object()),
                context.warnings());
    }

    /** Fills in the name from the path, or refuses another one. */
    static void checkName(ResourceCall call, ObjectNode object) {
        ObjectNode metadata = Json.child(object, "metadata");
        String name = Json.text(metadata, "name");
        if (name.isEmpty()) {
            metadata.put("name", call.name());
        } else if (!name.equals(call.name())) {
            throw ApiException.badRequest(
                    "the name of the object ("
                            + name
                            + ") does not match the name on the URL ("
                            + call.name()
                            + ")");
        }
    }

    private record Replacement(ResourceCall call, ObjectNode object, ObjectPart objectPart)
            implements ObjectChange {

        @Override
        public ObjectNode apply(@Nullable ObjectNode current) {
            return object.deepCopy();
        }

        @Override
        public Part part() {
            return objectPart.rules();
        }

        @Override
        public ResourceStrategy strategy() {
            return objectPart.strategy();
        }

        @Override
        public boolean insistsOnRevision() {
            return !Json.text(object, "metadata", "resourceVersion").isEmpty();
        }

        @Override
        public boolean mayCreate() {
            return objectPart.rules() == Part.MAIN
                    && call.store().strategy().allowsCreateOnUpdate();
        }
    }
}
