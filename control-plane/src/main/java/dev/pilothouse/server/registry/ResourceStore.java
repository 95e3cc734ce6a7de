package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.admission.AdmissionChain;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.RevisionConflictException;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WriteRequest;
import dev.pilothouse.server.storage.WriteRequest.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that create, update and delete mean, once for all kinds. Works on objects in their
 * stored version; on custom resources in the version of the request, whose schema they must follow.
 * All methods may block until the write is durable; thread-safe.
 */
public final class ResourceStore {

    private static final int GENERATE_NAME_TRIES = 8;
    private static final int CONFLICT_RETRIES = 100;

    private final ResourceKind kind;
    private final ResourceStrategy strategy;
    private final Storage storage;
    private final AdmissionChain admission;
    private final FieldIndex index;
    private final WriteHook hook;
    private final FieldOwnership ownership;
    private final ObjectFactory factory;
    private final Conversions conversions;

    /**
     * A store of one kind.
     *
     * @param kind the kind in its stored version
     * @param strategy its rules
     * @param hook what else happens round its writes
     * @param services what all stores share
     */
    ResourceStore(
            ResourceKind kind,
            ResourceStrategy strategy,
            WriteHook hook,
            RegistryServices services) {
        this.kind = kind;
        this.strategy = strategy;
        this.hook = hook;
        this.storage = services.storage();
        this.admission = services.admission();
        this.index = services.index();
        this.conversions = services.conversions();
        this.ownership = new FieldOwnership(services.conversions());
        this.factory = new ObjectFactory(kind, strategy);
    }

    /** The kind in its stored version. */
    public ResourceKind kind() {
        return kind;
    }

    /** The rules of the kind. */
    public ResourceStrategy strategy() {
        return strategy;
    }

    /** The rules for what clients of a served version write. */
    public ResourceStrategy strategy(ResourceKind served) {
        return strategy.servedAs(served);
    }

    /**
     * The object as it is.
     *
     * @throws ApiException 404
     */
    public StoredObject get(String namespace, String name) {
        StoredObject object = storage.get(key(namespace, name));
        if (object == null) {
            throw ApiException.notFound(kind.groupResource(), name);
        }
        return object;
    }

    /** The object as it is, or null. */
    public @Nullable StoredObject find(String namespace, String name) {
        return storage.get(key(namespace, name));
    }

    /**
     * Creates an object.
     *
     * @param object the object in its stored version, conformed and defaulted; taken over
     * @param namespace empty for cluster-scoped kinds
     */
    public StoredObject create(ObjectNode object, String namespace, WriteContext context) {
        return create(object, namespace, false, context);
    }

    private StoredObject create(
            ObjectNode object, String namespace, boolean ownsFields, WriteContext context) {
        ObjectNode metadata = Json.child(object, "metadata");
        boolean generated =
                Json.text(metadata, "name").isEmpty()
                        && !Json.text(metadata, "generateName").isEmpty();
        for (int tries = 1; ; tries++) {
            ObjectNode attempt = generated ? object.deepCopy() : object;
            try {
                return createOnce(attempt, namespace, ownsFields, context);
            } catch (RevisionConflictException _) {
                if (!generated || tries == GENERATE_NAME_TRIES) {
                    throw ApiException.alreadyExists(
                            context.kind().groupResource(), Json.text(attempt, "metadata", "name"));
                }
            }
        }
    }

    private StoredObject createOnce(
            ObjectNode object, String namespace, boolean ownsFields, WriteContext context) {
        factory.complete(object, namespace, context);
        String name = Json.text(object, "metadata", "name");
        AdmissionRequest request =
                admissionRequest(Operation.CREATE, namespace, name, object, null, context);
        admission.mutate(request);
        ResourceStrategy rules = strategy(context.kind());
        rules.prepareForCreate(object, context.forStrategy());
        factory.completeStatus(object);
        FieldErrors errors = new FieldErrors();
        MetadataRules.validate(kind, rules.nameRule(), object, errors);
        rules.validate(object, errors);
        errors.throwIfAny(
                context.kind().gvk(),
                name.isEmpty() ? Json.text(object, "metadata", "generateName") : name);
        context.warnings().addAll(rules.warnings(object));
        return hook.create(
                object,
                context,
                () -> {
                    admission.validate(request);
                    if (!ownsFields) {
                        ownership.record(null, object, context);
                    }
                    ObjectNode stored = conversions.forStorage(context.kind(), object);
                    return write(Type.CREATE, key(namespace, name), null, stored, context);
                });
    }

    /**
     * Changes an object, retrying when another write comes between, unless the change insists on a
     * revision.
     *
     * @throws ApiException 404 when it does not exist and may not be created, 409 when the change
     *     insists on another revision, 422 when the result is invalid
     */
    public UpdateResult update(
            String namespace, String name, ObjectChange change, WriteContext context) {
        for (int tries = 1; ; tries++) {
            StoredObject current = storage.get(key(namespace, name));
            if (current == null) {
                return createByUpdate(namespace, name, change, context);
            }
            try {
                return updateOnce(current, change, context);
            } catch (RevisionConflictException conflict) {
                if (change.insistsOnRevision() || tries == CONFLICT_RETRIES) {
                    throw modified(name, context);
                }
                if (conflict.current() == null && !change.mayCreate()) {
                    throw ApiException.notFound(context.kind().groupResource(), name);
                }
            }
        }
    }

    private UpdateResult createByUpdate(
            String namespace, String name, ObjectChange change, WriteContext context) {
        if (!change.mayCreate()) {
            throw ApiException.notFound(context.kind().groupResource(), name);
        }
        ObjectNode object = change.apply(null);
        String revision = Json.text(object, "metadata", "resourceVersion");
        if (!revision.isEmpty() && !revision.equals("0")) {
            throw ApiException.notFound(context.kind().groupResource(), name);
        }
        return new UpdateResult(create(object, namespace, change.ownsFields(), context), true);
    }

    private UpdateResult updateOnce(
            StoredObject current, ObjectChange change, WriteContext context) {
        ObjectNode raw = Json.parseObject(current.json());
        boolean outdated =
                context.kind().custom()
                        && !Json.text(raw, "apiVersion")
                                .equals(kind.storage().groupVersion().apiVersion());
        ObjectNode old = conversions.fromStorage(context.kind(), raw);
        ObjectNode object = change.apply(old);
        ObjectKey key = current.key();
        checkPreconditions(object, old, current, context);
        factory.carryOver(object, old);
        AdmissionRequest request =
                admissionRequest(
                        Operation.UPDATE, key.namespace(), key.name(), object, old, context);
        admission.mutate(request);
        prepare(change, object, old, context);
        factory.completeStatus(object);
        factory.countGeneration(object, old);
        validate(change, object, old, context);
        return hook.update(
                object,
                old,
                context,
                () -> {
                    admission.validate(request);
                    if (!change.ownsFields()) {
                        ownership.record(old, object, context);
                    }
                    return commit(current, object, old, outdated, context);
                });
    }

    private void prepare(
            ObjectChange change, ObjectNode object, ObjectNode old, WriteContext context) {
        ResourceStrategy rules = strategy(context.kind());
        switch (change.part()) {
            case MAIN -> rules.prepareForUpdate(object, old, context.forStrategy());
            case STATUS -> rules.prepareForStatusUpdate(object, old, context.forStrategy());
            case OTHER -> change.strategy().prepareForUpdate(object, old, context.forStrategy());
        }
    }

    private void validate(
            ObjectChange change, ObjectNode object, ObjectNode old, WriteContext context) {
        ResourceStrategy rules = strategy(context.kind());
        FieldErrors errors = new FieldErrors();
        MetadataRules.validate(kind, rules.nameRule(), object, errors);
        MetadataRules.validateUpdate(object, old, errors);
        switch (change.part()) {
            case MAIN -> {
                rules.validateUpdate(object, old, errors);
                context.warnings().addAll(rules.warnings(object));
            }
            case STATUS -> rules.validateStatusUpdate(object, old, errors);
            case OTHER -> change.strategy().validateUpdate(object, old, errors);
        }
        errors.throwIfAny(context.kind().gvk(), Json.text(object, "metadata", "name"));
    }

    private UpdateResult commit(
            StoredObject current,
            ObjectNode object,
            ObjectNode old,
            boolean outdated,
            WriteContext context) {
        if (Deletion.isComplete(kind, object, old)) {
            ObjectNode last = conversions.forStorage(context.kind(), object);
            return new UpdateResult(
                    write(Type.DELETE, current.key(), current, last, context), false);
        }
        Json.child(object, "metadata").put("resourceVersion", Long.toString(current.revision()));
        // What is stored in a version of the past is written anew even when nothing changes, which
        // is how objects are moved to a new storage version.
        if (object.equals(old) && !outdated) {
            return new UpdateResult(current, false);
        }
        ObjectNode stored = conversions.forStorage(context.kind(), object);
        return new UpdateResult(write(Type.UPDATE, current.key(), current, stored, context), false);
    }

    /**
     * Deletes an object, or marks it as going away when finalizers or a grace period keep it.
     *
     * @throws ApiException 404, or 409 when a precondition fails
     */
    public DeleteResult delete(
            String namespace, String name, DeleteOptions options, WriteContext context) {
        for (int tries = 1; ; tries++) {
            StoredObject current = get(namespace, name);
            try {
                return deleteOnce(current, options, context);
            } catch (RevisionConflictException _) {
                if (tries == CONFLICT_RETRIES) {
                    throw modified(name, context);
                }
            }
        }
    }

    private DeleteResult deleteOnce(
            StoredObject current, DeleteOptions options, WriteContext context) {
        ObjectNode old = Json.parseObject(current.json());
        ObjectKey key = current.key();
        checkDeletePreconditions(options, old, current, context);
        admissionForDelete(key, old, context);
        Deletion deletion = Deletion.plan(kind, strategy, old, options, context.now());
        return hook.delete(
                old,
                context,
                () ->
                        switch (deletion) {
                            case Deletion.AlreadyGoing _ -> new DeleteResult(current, false);
                            case Deletion.Mark(ObjectNode marked) ->
                                    new DeleteResult(
                                            write(Type.UPDATE, key, current, marked, context),
                                            false);
                            case Deletion.Remove(ObjectNode last) ->
                                    new DeleteResult(
                                            write(Type.DELETE, key, current, last, context), true);
                        });
    }

    private void admissionForDelete(ObjectKey key, ObjectNode old, WriteContext context) {
        AdmissionRequest request =
                admissionRequest(Operation.DELETE, key.namespace(), key.name(), null, old, context);
        admission.mutate(request);
        admission.validate(request);
    }

    private StoredObject write(
            Type type,
            ObjectKey key,
            @Nullable StoredObject current,
            ObjectNode object,
            WriteContext context) {
        var fields = index.of(key.resource(), object);
        byte[] json = StoredJson.encode(object);
        if (context.dryRun()) {
            if (type == Type.CREATE && storage.get(key) != null) {
                throw new RevisionConflictException(null);
            }
            byte[] shown =
                    current == null ? json : StoredJson.withRevision(json, current.revision());
            long revision = current == null ? 0 : current.revision();
            return new StoredObject(
                    key, revision, current == null ? 0 : current.createRevision(), shown, fields);
        }
        long expected = current == null ? 0 : current.revision();
        Durability durability =
                Volatile.isLazy(key.resource()) ? Durability.LAZY : Durability.STRICT;
        return Writes.await(
                storage.write(
                        new WriteRequest(
                                type,
                                key,
                                expected,
                                json,
                                fields,
                                durability,
                                context.provenance())));
    }

    private void checkPreconditions(
            ObjectNode object, ObjectNode old, StoredObject current, WriteContext context) {
        String uid = Json.text(object, "metadata", "uid");
        String oldUid = Json.text(old, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(oldUid)) {
            throw ApiException.conflict(
                    context.kind().groupResource(),
                    current.key().name(),
                    "StorageError: invalid object, Code: 4, Key: /registry/"
                            + current.key()
                            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID"
                            + " in precondition: "
                            + uid
                            + ", UID in object meta: "
                            + oldUid);
        }
        String revision = Json.text(object, "metadata", "resourceVersion");
        if (revision.isEmpty() || revision.equals("0")) {
            requireUnconditional(object, context);
        } else if (!revision.equals(Long.toString(current.revision()))) {
            Revisions.parse(revision);
            throw modified(current.key().name(), context);
        }
    }

    private void requireUnconditional(ObjectNode object, WriteContext context) {
        if (!strategy.allowsUnconditionalUpdate()) {
            FieldErrors errors = new FieldErrors();
            errors.invalid(
                    FieldPath.of("metadata").child("resourceVersion"),
                    0,
                    "must be specified for an update");
            errors.throwIfAny(context.kind().gvk(), Json.text(object, "metadata", "name"));
        }
    }

    private void checkDeletePreconditions(
            DeleteOptions options, ObjectNode old, StoredObject current, WriteContext context) {
        String uid = Json.text(old, "metadata", "uid");
        String revision = Long.toString(current.revision());
        if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
            throw precondition(current, context, "UID", options.uid(), uid);
        }
        if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(revision)) {
            throw precondition(
                    current, context, "ResourceVersion", options.resourceVersion(), revision);
        }
    }

    private static ApiException precondition(
            StoredObject current, WriteContext context, String what, String wanted, String actual) {
        return ApiException.conflict(
                context.kind().groupResource(),
                current.key().name(),
                "the "
                        + what
                        + " in the precondition ("
                        + wanted
                        + ") does not match the "
                        + what
                        + " in record ("
                        + actual
                        + "). The object might have been deleted and then recreated");
    }

    private ApiException modified(String name, WriteContext context) {
        return ApiException.conflict(
                context.kind().groupResource(),
                name,
                "the object has been modified; please apply your changes to the latest version and"
                        + " try again");
    }

    private AdmissionRequest admissionRequest(
            Operation operation,
            String namespace,
            String name,
            @Nullable ObjectNode object,
            @Nullable ObjectNode old,
            WriteContext context) {
        return new AdmissionRequest(
                operation,
                kind,
                context.subresource(),
                namespace,
                name,
                object,
                old,
                context.user(),
                context.dryRun(),
                context.warnings());
    }

    private ObjectKey key(String namespace, String name) {
        return new ObjectKey(kind.storage().groupResource(), namespace, name);
    }

    /**
     * What an update did.
     *
     * @param object the object after it
     * @param created whether it did not exist before
     */
    public record UpdateResult(StoredObject object, boolean created) {}

    /**
     * What a delete did.
     *
     * @param object the object's last state, or as it is now when it still exists
     * @param gone whether it is gone
     */
    public record DeleteResult(StoredObject object, boolean gone) {}
}
