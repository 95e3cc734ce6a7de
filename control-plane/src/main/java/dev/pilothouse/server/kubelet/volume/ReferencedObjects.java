package dev.pilothouse.server.kubelet.volume;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.informer.Backoff;
import dev.pilothouse.model.informer.CachedObject;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.kubelet.env.ConfigException;
import dev.pilothouse.server.kubelet.env.ConfigSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ConfigMaps and Secrets that pods of a node refer to. Each is watched by itself as long as a
 * pod is interested in it: a node has no business with others. Thread-safe. Source: the kubelet's
 * watch-based manager.
 */
public final class ReferencedObjects implements AutoCloseable {

    private static final GroupVersionResource CONFIG_MAPS =
            new GroupVersionResource("", "v1", "configmaps");
    private static final GroupVersionResource SECRETS =
            new GroupVersionResource("", "v1", "secrets");
    private static final long SYNC_SECONDS = 30;

    private final ApiClient client;
    private final Backoff backoff;
    private final Map<Reference, Watched> watched = new HashMap<>();
    private boolean closed;

    private record Reference(GroupVersionResource resource, String namespace, String name) {}

    private record Watched(
            Informer<CachedObject> informer, CopyOnWriteArrayList<Interest> interests) {}

    /** Objects that a client that acts as the node may read. */
    public ReferencedObjects(ApiClient client, Backoff backoff) {
        this.client = client;
        this.backoff = backoff;
    }

    /** The objects that one pod refers to, each from the first time it is asked for. */
    public Interest interest(Runnable onChange) {
        return new Interest(this, onChange);
    }

    /** What one pod refers to. */
    public static final class Interest implements ConfigSource, AutoCloseable {

        private final ReferencedObjects objects;
        private final Runnable onChange;
        private final Set<Reference> references = new HashSet<>();

        private Interest(ReferencedObjects objects, Runnable onChange) {
            this.objects = objects;
            this.onChange = onChange;
        }

        @Override
        public @Nullable ObjectNode configMap(String namespace, String name) {
            return get(new Reference(CONFIG_MAPS, namespace, name));
        }

        @Override
        public @Nullable ObjectNode secret(String namespace, String name) {
            return get(new Reference(SECRETS, namespace, name));
        }

        private @Nullable ObjectNode get(Reference reference) {
            boolean first;
            synchronized (references) {
                first = references.add(reference);
            }
            return objects.get(reference, first ? this : null);
        }

        /** Is interested in nothing any longer. */
        @Override
        public void close() {
            synchronized (references) {
                references.forEach(reference -> objects.release(reference, this));
                references.clear();
            }
        }
    }

    private @Nullable ObjectNode get(Reference reference, @Nullable Interest joining) {
        Informer<CachedObject> informer;
        synchronized (this) {
            if (closed) {
                throw new ConfigException("the node agent is stopping");
            }
            Watched entry = watched.computeIfAbsent(reference, this::watch);
            if (joining != null) {
                entry.interests().add(joining);
            }
            informer = entry.informer();
        }
        try {
            informer.synced().get(SYNC_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigException("interrupted");
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw new ConfigException(
                    "failed to sync "
                            + reference.resource().resource()
                            + " cache: timed out waiting for the condition");
        }
        CachedObject found = informer.lister().get(reference.namespace(), reference.name());
        return found == null ? null : found.tree();
    }

    private Watched watch(Reference reference) {
        Informer<CachedObject> informer =
                new Informer<>(
                        client.resource(reference.resource()),
                        ListOptions.in(reference.namespace())
                                .withFields("metadata.name=" + reference.name()),
                        CachedObject::of,
                        Map.of(),
                        backoff);
        CopyOnWriteArrayList<Interest> interests = new CopyOnWriteArrayList<>();
        informer.addHandler(_ -> interests.forEach(interest -> interest.onChange.run()));
        informer.start();
        return new Watched(informer, interests);
    }

    private synchronized void release(Reference reference, Interest leaving) {
        Watched entry = watched.get(reference);
        if (entry != null) {
            entry.interests().remove(leaving);
            if (entry.interests().isEmpty()) {
                watched.remove(reference);
                entry.informer().close();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        watched.values().forEach(entry -> entry.informer().close());
        watched.clear();
    }
}
