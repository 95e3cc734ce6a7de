package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.registry.Revisions;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;

/** Reads one object. */
final class GetHandler implements VerbHandler {

    private final Storage storage;
    private final ObjectEncoder encoder;

    GetHandler(Storage storage, ObjectEncoder encoder) {
        this.storage = storage;
        this.encoder = encoder;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        return encoder.object(200, call, output, read(call));
    }

    private StoredObject read(ResourceCall call) {
        String match = call.request().query().text("resourceVersionMatch");
        long revision = Revisions.parse(call.request().query().text("resourceVersion"));
        if (revision == 0) {
            return call.store().get(call.namespace(), call.name());
        }
        return ReadRevision.explain(() -> {
            storage.awaitRevision(revision, ReadRevision.PATIENCE);
            if (!match.equals("Exact")) {
                return call.store().get(call.namespace(), call.name());
            }
            ObjectKey key =
                    new ObjectKey(
                            call.kind().storage().groupResource(), call.namespace(), call.name());
            StoredObject object = storage.get(key, revision);
            if (object == null) {
                throw ApiException.notFound(call.kind().groupResource(), call.name());
            }
            return object;
        });
    }
}
