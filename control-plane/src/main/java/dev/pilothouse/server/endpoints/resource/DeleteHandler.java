package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.server.endpoints.resource.Output.Transform;
import dev.pilothouse.server.registry.ResourceStore.DeleteResult;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.request.ApiResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Deletes objects: answers with the object while it stays, with a Status when it is gone. */
final class DeleteHandler implements VerbHandler {

    /**
     * Kinds of which the last state is answered; typed clients insist on that. Source: the
     * registries in pkg/registry that set ReturnDeletedObject.
     */
    private static final Set<GroupResource> RETURNED =
            Set.of(
                    new GroupResource("", "persistentvolumeclaims"),
                    new GroupResource("", "persistentvolumes"),
                    new GroupResource("", "pods"),
                    new GroupResource("", "podtemplates"),
                    new GroupResource("", "resourcequotas"),
                    new GroupResource("", "serviceaccounts"),
                    new GroupResource("", "services"),
                    new GroupResource("resource.k8s.io", "deviceclasses"),
                    new GroupResource("resource.k8s.io", "resourceclaims"),
                    new GroupResource("resource.k8s.io", "resourceclaimtemplates"),
                    new GroupResource("resource.k8s.io", "resourceslices"),
                    new GroupResource("storage.k8s.io", "csidrivers"),
                    new GroupResource("storage.k8s.io", "csinodes"),
                    new GroupResource("storage.k8s.io", "storageclasses"),
                    new GroupResource("storage.k8s.io", "volumeattachments"),
                    new GroupResource("storage.k8s.io", "volumeattributesclasses"));

    private final DeleteRequests requests;
    private final ObjectEncoder encoder;
    private final InstantSource clock;

    DeleteHandler(DeleteRequests requests, ObjectEncoder encoder, InstantSource clock) {
        this.requests = requests;
        this.encoder = encoder;
        this.clock = clock;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        DeleteRequests.Parsed parsed = requests.parse(call.request());
        WriteContext context = WriteOptions.context(call, clock, parsed.dryRun(), "");
        DeleteResult result =
                call.store().delete(call.namespace(), call.name(), parsed.options(), context);
        if (!result.gone()) {
            // Source: apiserver handlers/delete.go: 202 only where the client refused orphans in
            // the old way.
            int status =
                    Boolean.FALSE.equals(parsed.options().explicitOrphanDependents()) ? 202 : 200;
            return encoder.object(status, call, output, result.object());
        }
        return RETURNED.contains(call.kind().groupResource())
                ? encoder.object(200, call, output, result.object())
                : status(call, output, result);
    }

    private ApiResponse status(ResourceCall call, Output output, DeleteResult result) {
        GroupResource resource = call.kind().groupResource();
        String uid = Json.text(Json.parseObject(result.object().json()), "metadata", "uid");
        Status status =
                Status.success(
                        new Details(
                                call.name(),
                                resource.group(),
                                resource.resource(),
                                uid,
                                List.of(),
                                0));
        ContentFormat format = output.format();
        return encoder.node(
                200, new Output(format, Transform.NONE, "", output.pretty()), status.toJson());
    }
}
