package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.endpoints.resource.Output.Transform;
import dev.pilothouse.server.registry.printers.Tables;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.Snapshot;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists objects, in pages that all show the same revision. */
final class ListHandler implements VerbHandler {

    private static final byte[] COMMA = {','};
    private static final byte[] END = "]}\n".getBytes(StandardCharsets.UTF_8);
    private static final String TOKEN_TOO_OLD =
            "The provided continue parameter is too old to display a consistent list result. You can start a new list"
                    + " without the continue parameter, or use the continue token in this response to retrieve the"
                    + " remainder of the results. Continuing with the provided token results in an inconsistent list -"
                    + " objects that were created, modified, or deleted between the time the first chunk was returned and"
                    + " now may show up in the list.";

    private final Storage storage;
    private final ObjectEncoder encoder;

    ListHandler(Storage storage, ObjectEncoder encoder) {
        this.storage = storage;
        this.encoder = encoder;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        ListOptions options = ListOptions.parse(call, false);
        Page page = read(call, options);
        if (output.isPlainJson() && !call.kind().needsConversion()) {
            return gather(call, page);
        }
        return transform(call, output, page);
    }

    /** The objects of a page and where the list goes on. */
    record Page(long revision, List<StoredObject> objects, String continueToken, long remaining) {

        ObjectNode listMeta() {
            ObjectNode meta = Json.object();
            meta.put("resourceVersion", Long.toString(revision));
            if (!continueToken.isEmpty()) {
                meta.put("continue", continueToken);
            }
            if (remaining > 0) {
                meta.put("remainingItemCount", remaining);
            }
            return meta;
        }
    }

    Page read(ResourceCall call, ListOptions options) {
        Snapshot snapshot = ReadRevision.explain(() -> snapshot(call, options));
        ContinueToken token = options.token();
        Iterator<StoredObject> objects =
                snapshot.iterate(
                        call.namespace(),
                        token == null ? null : token.namespace(),
                        token == null ? null : token.name());
        int limit = options.limit() == 0 ? Integer.MAX_VALUE : options.limit();
        List<StoredObject> selected = new ArrayList<>();
        while (objects.hasNext() && selected.size() < limit) {
            StoredObject object = objects.next();
            if (options.selection().matches(object)) {
                selected.add(object);
            }
        }
        if (!objects.hasNext() || !hasMore(objects, options)) {
            return new Page(snapshot.revision(), selected, "", 0);
        }
        StoredObject last = selected.getLast();
        String next =
                new ContinueToken(snapshot.revision(), last.key().namespace(), last.key().name())
                        .encode();
        long remaining = options.selection().isEverything() ? remaining(snapshot, call, last) : 0;
        return new Page(snapshot.revision(), selected, next, remaining);
    }

    private static boolean hasMore(Iterator<StoredObject> objects, ListOptions options) {
        if (options.selection().isEverything()) {
            return true;
        }
        while (objects.hasNext()) {
            if (options.selection().matches(objects.next())) {
                return true;
            }
        }
        return false;
    }

    private static long remaining(Snapshot snapshot, ResourceCall call, StoredObject last) {
        long count = 0;
        Iterator<StoredObject> rest =
                snapshot.iterate(call.namespace(), last.key().namespace(), last.key().name());
        while (rest.hasNext()) {
            rest.next();
            count++;
        }
        return count;
    }

    private Snapshot snapshot(ResourceCall call, ListOptions options) {
        var resource = call.kind().storage().groupResource();
        ContinueToken token = options.token();
        if (token != null) {
            return token.revision() < 0 ? storage.snapshot(resource) : continued(call, token);
        }
        long revision = options.revision();
        if (revision == 0) {
            return storage.snapshot(resource);
        }
        storage.awaitRevision(revision, ReadRevision.PATIENCE);
        boolean exact =
                options.match().equals("Exact")
                        || (options.match().isEmpty() && options.limit() > 0);
        return exact ? storage.snapshot(resource, revision) : storage.snapshot(resource);
    }

    private Snapshot continued(ResourceCall call, ContinueToken token) {
        try {
            return storage.snapshot(call.kind().storage().groupResource(), token.revision());
        } catch (RevisionException _) {
            ContinueToken inconsistent = new ContinueToken(-1, token.namespace(), token.name());
            throw new ApiException(
                    Status.failure(StatusReason.EXPIRED, TOKEN_TOO_OLD, null)
                            .withContinue(inconsistent.encode()));
        }
    }

    /** The answer as the stored bytes of its objects with a little text between them. */
    private ApiResponse gather(ResourceCall call, Page page) {
        List<byte[]> segments = new ArrayList<>(page.objects().size() * 2 + 2);
        segments.add(head(call, page));
        boolean first = true;
        for (StoredObject object : page.objects()) {
            if (!first) {
                segments.add(COMMA);
            }
            first = false;
            segments.add(object.json());
        }
        segments.add(END);
        return new ApiResponse.Body(200, List.of(), ContentFormat.JSON.mediaType(), segments);
    }

    private static byte[] head(ResourceCall call, Page page) {
        ObjectNode head = listNode(call, page);
        String text = Json.string(head);
        return (text.substring(0, text.length() - 1) + ",\"items\":[")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode listNode(ResourceCall call, Page page) {
        ObjectNode list = Json.object();
        list.put("kind", Kinds.listKind(call.kind()));
        list.put("apiVersion", call.kind().gvk().apiVersion());
        list.set("metadata", page.listMeta());
        return list;
    }

    private ApiResponse transform(ResourceCall call, Output output, Page page) {
        List<ObjectNode> objects = encoder.trees(call.kind(), output, page.objects());
        if (output.transform() == Transform.TABLE) {
            return encoder.node(200, output, encoder.table(call, output, objects, page.listMeta()));
        }
        if (output.transform() == Transform.PARTIAL) {
            return encoder.node(
                    200,
                    output,
                    Tables.partialMetadataList(output.version(), objects, page.listMeta()));
        }
        ObjectNode list = listNode(call, page);
        ArrayNode items = list.putArray("items");
        objects.forEach(items::add);
        return encoder.node(200, output, list);
    }
}
