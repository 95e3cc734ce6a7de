package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.meta.StatusCause;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.util.List;
import java.util.Set;

/**
 * Nothing new in namespaces that are missing or going away; the first namespaces cannot be deleted.
 */
public final class NamespaceLifecycle implements AdmissionPlugin {

    private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    /**
     * Reviews are not stored, so their namespace need not exist. Source: the plug-in's
     * accessReviewResources.
     */
    private static final Set<String> REVIEWS = Set.of("localsubjectaccessreviews");

    private final Storage storage;

    /** Looks namespaces up in this store. */
    public NamespaceLifecycle(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (request.operation() == Operation.DELETE) {
            if (request.concerns("", "namespaces") && IMMORTAL.contains(request.name())) {
                throw ApiException.forbidden(
                        NAMESPACES, request.name(), "this namespace may not be deleted");
            }
        } else if (request.operation() == Operation.CREATE
                && request.kind().namespaced()
                && !REVIEWS.contains(request.kind().storage().resource())) {
            checkNamespace(request);
        }
    }

    private void checkNamespace(AdmissionRequest request) {
        StoredObject namespace = storage.get(new ObjectKey(NAMESPACES, "", request.namespace()));
        if (namespace == null) {
            throw ApiException.notFound(NAMESPACES, request.namespace());
        }
        if (namespace.fields().field("status.phase") instanceof String phase
                && phase.equals("Terminating")) {
            throw terminating(request);
        }
    }

    private static ApiException terminating(AdmissionRequest request) {
        GroupResource resource = request.kind().groupResource();
        String name = request.name();
        StatusCause cause =
                new StatusCause(
                        "NamespaceTerminating",
                        "namespace " + request.namespace() + " is being terminated",
                        "metadata.namespace");
        String message =
                resource
                        + " \""
                        + name
                        + "\" is forbidden: unable to create new content in namespace "
                        + request.namespace()
                        + " because it is being terminated";
        return new ApiException(
                Status.failure(
                        StatusReason.FORBIDDEN,
                        message,
                        new Details(
                                name,
                                resource.group(),
                                resource.resource(),
                                "",
                                List.of(cause),
                                0)));
    }
}
