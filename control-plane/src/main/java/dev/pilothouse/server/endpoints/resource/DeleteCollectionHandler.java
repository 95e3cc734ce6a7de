package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.storage.StoredObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes what a selector selects, one by one, and answers with the list of what was deleted. */
final class DeleteCollectionHandler implements VerbHandler {

    private final DeleteRequests requests;
    private final ListHandler lists;
    private final ObjectEncoder encoder;
    private final InstantSource clock;

    DeleteCollectionHandler(
            DeleteRequests requests,
            ListHandler lists,
            ObjectEncoder encoder,
            InstantSource clock) {
        this.requests = requests;
        this.lists = lists;
        this.encoder = encoder;
        this.clock = clock;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        ListOptions options = ListOptions.parse(call, false);
        DeleteRequests.Parsed parsed = requests.parse(call.request());
        WriteContext context = WriteOptions.context(call, clock, parsed.dryRun(), "");
        ListHandler.Page page = lists.read(call, options);
        List<ObjectNode> deleted = new ArrayList<>();
        for (StoredObject object : page.objects()) {
            delete(call, object, parsed, context, deleted);
        }
        ObjectNode list = Json.object();
        list.put("kind", Kinds.listKind(call.kind()));
        list.put("apiVersion", call.kind().gvk().apiVersion());
        list.set("metadata", page.listMeta());
        ArrayNode items = list.putArray("items");
        deleted.forEach(items::add);
        return encoder.node(
                200, new Output(output.format(), Output.Transform.NONE, "", output.pretty()), list);
    }

    private void delete(
            ResourceCall call,
            StoredObject object,
            DeleteRequests.Parsed parsed,
            WriteContext context,
            List<ObjectNode> deleted) {
        try {
            call.store()
                    .delete(
                            object.key().namespace(),
                            object.key().name(),
                            parsed.options(),
                            context);
            deleted.add(encoder.served(call.kind(), object));
        } catch (ApiException e) {
            // Somebody else deleted it meanwhile, which is what was asked for.
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
