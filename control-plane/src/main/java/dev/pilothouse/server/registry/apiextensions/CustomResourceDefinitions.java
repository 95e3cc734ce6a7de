package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.DeleteOptions;
import dev.pilothouse.server.registry.KindRegistry;
import dev.pilothouse.server.registry.ObjectChange;
import dev.pilothouse.server.registry.ResourceStores;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.registry.apiextensions.KnownDefinitions.Known;
import dev.pilothouse.server.request.UserInfo;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves what custom resource definitions define, from the write that defines it until the last
 * instance is gone. A definition is looked at again after every write of it; what is served follows
 * from its newest state alone, so the order in which requests get here does not matter.
 * Thread-safe. Source: apiextensions-apiserver pkg/controller.
 */
public final class CustomResourceDefinitions implements AutoCloseable {

    /** The resource of the definitions themselves. */
    public static final GroupVersionResource RESOURCE =
            new GroupVersionResource("apiextensions.k8s.io", "v1", "customresourcedefinitions");

    private static final Logger LOG = LoggerFactory.getLogger(CustomResourceDefinitions.class);
    private static final UserInfo API_SERVER = UserInfo.of("system:apiserver", UserInfo.MASTERS);

    private final KindRegistry kinds;
    private final ResourceStores stores;
    private final Storage storage;
    private final InstantSource clock;
    private final CustomResources resources;
    private final DefinitionReader reader;
    private final CustomResourceCleanup cleanup;
    private final KnownDefinitions known;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Serves definitions that are in this storage; nothing happens before {@link #start}.
     *
     * @param builtIn the built-in types
     * @param kinds where kinds are made known
     * @param stores where their stores are made known
     * @param storage where definitions and their objects are
     * @param resources gets what else is known of the versions
     * @param clock the time
     */
    public CustomResourceDefinitions(
            Schema builtIn,
            KindRegistry kinds,
            ResourceStores stores,
            Storage storage,
            CustomResources resources,
            InstantSource clock) {
        this.kinds = kinds;
        this.stores = stores;
        this.storage = storage;
        this.resources = resources;
        this.clock = clock;
        this.reader = new DefinitionReader(builtIn);
        this.cleanup = new CustomResourceCleanup(this, storage);
        this.known = new KnownDefinitions(kinds::all);
    }

    /** Serves all definitions there are, resumes deletions, and from now on follows every write. */
    public void start() {
        stores.hook(RESOURCE.groupResource(), new DefinitionHook(this));
        List<ObjectNode> definitions = new ArrayList<>();
        Iterator<StoredObject> stored =
                storage.snapshot(RESOURCE.groupResource()).iterate("", null, null);
        stored.forEachRemaining(object -> definitions.add(Json.parseObject(object.json())));
        lock.lock();
        try {
            // Names that were accepted before the stop win over those that were not.
            for (ObjectNode definition : definitions) {
                known.put(nameOf(definition), remembered(definition));
            }
            definitions.forEach(definition -> follow(nameOf(definition)));
        } finally {
            lock.unlock();
        }
    }

    private static Known remembered(ObjectNode definition) {
        ObjectNode names = Json.objectAt(definition, "status", "acceptedNames");
        return new Known(
                Json.text(definition, "metadata", "uid"),
                resourceOf(definition),
                names == null ? Json.object() : names,
                DefinitionStatus.isTrue(Json.child(definition, "status"), "NamesAccepted"),
                null,
                List.of());
    }

    /** Makes what is served agree with a definition as it is now. */
    void follow(String name) {
        lock.lock();
        try {
            StoredObject stored = storage.get(key(name));
            Known before = known.get(name);
            ObjectNode definition = stored == null ? null : Json.parseObject(stored.json());
            if (before != null
                    && (definition == null
                            || !before.uid().equals(Json.text(definition, "metadata", "uid")))) {
                retire(name, before);
            }
            if (definition != null) {
                adopt(name, definition);
            }
        } finally {
            lock.unlock();
        }
    }

    private void retire(String name, Known gone) {
        known.remove(name);
        cleanup.stop(gone.uid());
        unserve(gone);
        // Names became free.
        known.discontent(gone.resource().group()).forEach(this::follow);
    }

    private void unserve(Known gone) {
        if (gone.source() != null) {
            kinds.setCustom(gone.resource(), List.of());
            stores.removeCustom(gone.resource());
            resources.removeAll(gone.versions());
            kinds.changed(gone.resource());
        }
    }

    private void adopt(String name, ObjectNode definition) {
        Known before = known.get(name);
        AcceptedNames names = known.decide(name, definition);
        ObjectNode status = DefinitionStatus.of(definition, names, clock.instant());
        boolean established = DefinitionStatus.isTrue(status, "Established");
        boolean namesFreed = before != null && !before.acceptedNames().equals(names.names());
        Known now = serve(definition, names, established, status, before);
        known.put(name, now);
        if (!status.equals(definition.get("status"))) {
            writeStatus(name, now.uid(), status);
        }
        if (established && DefinitionStatus.isTrue(status, "Terminating")) {
            ResourceKind kind = storageKind(now.versions());
            if (kind != null) {
                cleanup.begin(name, now.uid(), kind);
            }
        } else if (DefinitionStatus.isTrue(status, "Terminating")) {
            // It never was served, so there is nothing to clean up.
            release(name, now.uid());
        }
        if (namesFreed) {
            known.discontent(now.resource().group()).stream()
                    .filter(other -> !other.equals(name))
                    .forEach(this::follow);
        }
    }

    private Known serve(
            ObjectNode definition,
            AcceptedNames names,
            boolean established,
            ObjectNode status,
            @Nullable Known before) {
        String uid = Json.text(definition, "metadata", "uid");
        GroupResource resource = resourceOf(definition);
        if (!established) {
            return new Known(uid, resource, names.names(), names.allAccepted(), null, List.of());
        }
        boolean terminating = DefinitionStatus.isTrue(status, "Terminating");
        ObjectNode source = Json.object();
        source.set("spec", definition.get("spec"));
        source.set("names", names.names());
        source.set("stored", status.get("storedVersions"));
        source.put("terminating", terminating);
        if (before != null && source.equals(before.source())) {
            return before;
        }
        List<CustomResourceVersion> versions = reader.read(definition, names.names());
        Known now = new Known(uid, resource, names.names(), names.allAccepted(), source, versions);
        publish(now, terminating);
        if (before != null) {
            resources.removeAll(before.versions());
            if (!sameKinds(source, before.source())) {
                kinds.changed(resource);
            }
        }
        return now;
    }

    /** Whether clients need not notice the difference between two definitions. */
    private static boolean sameKinds(ObjectNode source, @Nullable ObjectNode before) {
        return before == null
                || (Objects.equals(source.get("spec"), before.get("spec"))
                        && Objects.equals(source.get("names"), before.get("names")));
    }

    /** Stores come first: a kind that is known must have one. */
    private void publish(Known now, boolean terminating) {
        Map<String, CustomResourceVersion> byName = new LinkedHashMap<>();
        now.versions().forEach(version -> byName.put(version.kind().resource().version(), version));
        for (CustomResourceVersion version : now.versions()) {
            resources.add(version);
            if (version.kind().isStorageVersion()) {
                stores.setCustom(
                        version.kind(), new CustomResourceStrategy(version, byName, terminating));
            }
        }
        kinds.setCustom(
                now.resource(),
                now.versions().stream()
                        .filter(CustomResourceVersion::served)
                        .map(CustomResourceVersion::kind)
                        .toList());
    }

    private static @Nullable ResourceKind storageKind(List<CustomResourceVersion> versions) {
        return versions.stream()
                .map(CustomResourceVersion::kind)
                .filter(ResourceKind::isStorageVersion)
                .findFirst()
                .orElse(null);
    }

    /**
     * The definition's status is its own business: failing to write it must not fail the write that
     * led here, and the next one, or the next start, tries again.
     */
    private void writeStatus(String name, String uid, ObjectNode status) {
        try {
            change(
                    name,
                    uid,
                    ObjectChange.Part.STATUS,
                    "status",
                    definition -> {
                        definition.set("status", status.deepCopy());
                        return definition;
                    });
        } catch (RuntimeException e) {
            LOG.warn("Cannot write the status of CustomResourceDefinition {}.", name, e);
        }
    }

    /** Notes on a definition why its instances cannot be deleted. */
    void deletionFailed(String name, String uid, String why) {
        change(
                name,
                uid,
                ObjectChange.Part.STATUS,
                "status",
                definition -> {
                    DefinitionStatus.deletionFailed(
                            Json.child(definition, "status"), why, clock.instant());
                    return definition;
                });
    }

    /** Lets a definition go whose instances are gone. */
    void release(String name, String uid) {
        change(
                name,
                uid,
                ObjectChange.Part.OTHER,
                "",
                definition -> {
                    var finalizers = Json.arrayAt(definition, "metadata", "finalizers");
                    if (finalizers != null) {
                        finalizers.removeIf(value ->
                                value.asString("").equals(CustomResourceCleanup.FINALIZER));
                    }
                    return definition;
                });
    }

    /** Whether a definition of that uid is there. */
    boolean exists(String name, String uid) {
        StoredObject stored = storage.get(key(name));
        return stored != null
                && Json.text(Json.parseObject(stored.json()), "metadata", "uid").equals(uid);
    }

    /** Lets the cleanup delete instances. */
    void deleteInstance(ResourceKind kind, ObjectKey instance) {
        stores.of(kind)
                .delete(
                        instance.namespace(),
                        instance.name(),
                        DeleteOptions.DEFAULT,
                        context(kind, ""));
    }

    private void change(
            String name,
            String uid,
            ObjectChange.Part part,
            String subresource,
            UnaryOperator<ObjectNode> change) {
        ResourceKind kind =
                Objects.requireNonNull(kinds.byResource(RESOURCE), "customresourcedefinitions");
        ObjectChange update =
                new ObjectChange() {
                    @Override
                    public ObjectNode apply(@Nullable ObjectNode current) {
                        ObjectNode definition = Objects.requireNonNull(current).deepCopy();
                        return Json.text(definition, "metadata", "uid").equals(uid)
                                ? change.apply(definition)
                                : definition;
                    }

                    @Override
                    public Part part() {
                        return part;
                    }
                };
        stores.of(kind).update("", name, update, context(kind, subresource));
    }

    private WriteContext context(ResourceKind kind, String subresource) {
        return new WriteContext(
                kind,
                API_SERVER,
                clock.instant(),
                "kube-apiserver",
                subresource,
                false,
                "serving of custom resources",
                new ArrayList<>());
    }

    /** Stops deletions that are under way; the next start resumes them. */
    @Override
    public void close() {
        cleanup.close();
    }

    private static String nameOf(ObjectNode definition) {
        return Json.text(definition, "metadata", "name");
    }

    private static GroupResource resourceOf(ObjectNode definition) {
        return new GroupResource(
                Json.text(definition, "spec", "group"),
                Json.text(definition, "spec", "names", "plural"));
    }

    private static ObjectKey key(String name) {
        return new ObjectKey(RESOURCE.groupResource(), "", name);
    }
}
