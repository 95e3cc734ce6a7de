package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.storage.Snapshot;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WatchStream;
import dev.pilothouse.server.storage.WriteRequest;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes the instances of definitions that are going away, one virtual thread for each, and lets
 * the definition go when the last one is gone; instances with finalizers take their time. Source:
 * apiextensions-apiserver pkg/controller/finalizer.
 */
final class CustomResourceCleanup implements AutoCloseable {

    /** Keeps a definition until its instances are gone. */
    static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    private static final Logger LOG = LoggerFactory.getLogger(CustomResourceCleanup.class);
    private static final int BATCH = 256;
    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final CustomResourceDefinitions definitions;
    private final Storage storage;
    private final Map<String, Thread> running = new HashMap<>();
    private boolean closed;

    CustomResourceCleanup(CustomResourceDefinitions definitions, Storage storage) {
        this.definitions = definitions;
        this.storage = storage;
    }

    /** Begins to delete instances, unless that is under way. */
    synchronized void begin(String name, String uid, ResourceKind kind) {
        if (!closed && !running.containsKey(uid)) {
            Job job = new Job(name, uid, kind);
            Thread thread =
                    Thread.ofVirtual().name("custom-resource-cleanup-" + name).unstarted(job);
            running.put(uid, thread);
            thread.start();
        }
    }

    /** Gives up on a definition that is gone. */
    synchronized void stop(String uid) {
        Thread thread = running.remove(uid);
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        running.values().forEach(Thread::interrupt);
        running.clear();
    }

    private final class Job implements Runnable {

        private final String name;
        private final String uid;
        private final ResourceKind kind;
        private final GroupResource resource;
        private final Semaphore wakeup = new Semaphore(0);

        Job(String name, String uid, ResourceKind kind) {
            this.name = name;
            this.uid = uid;
            this.kind = kind;
            this.resource = kind.storage().groupResource();
        }

        @Override
        public void run() {
            long pause = FIRST_PAUSE_MILLIS;
            try {
                while (!finish(pause)) {
                    Thread.sleep(pause);
                    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                }
            } catch (InterruptedException _) {
                // The definition is gone, or the server stops: then the next start resumes.
            }
        }

        /** Whether everything is done; false when it failed and has to be tried again. */
        private boolean finish(long pause) throws InterruptedException {
            try {
                deleteAll();
                definitions.release(name, uid);
                return true;
            } catch (RuntimeException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                if (!definitions.exists(name, uid)) {
                    return true;
                }
                LOG.warn("Cannot delete all {}; trying again in {} ms.", resource, pause, e);
                report(e);
                return false;
            }
        }

        private void report(RuntimeException failure) {
            try {
                definitions.deletionFailed(
                        name, uid, "could not delete instances: " + failure.getMessage());
            } catch (RuntimeException e) {
                LOG.debug("Cannot note the failure on {}.", name, e);
            }
        }

        /** Returns when no instance is left. */
        private void deleteAll() throws InterruptedException {
            Snapshot snapshot = storage.snapshot(resource);
            try (WatchStream watch = storage.watch(resource, "", snapshot.revision())) {
                watch.onAvailable(wakeup::release);
                Iterator<StoredObject> instances = snapshot.iterate("", null, null);
                while (instances.hasNext()) {
                    delete(instances.next());
                }
                while (true) {
                    drain(watch);
                    if (storage.snapshot(resource).size("") == 0) {
                        return;
                    }
                    wakeup.acquire();
                    wakeup.drainPermits();
                }
            }
        }

        /** A create that was under way when the definition was deleted may come late. */
        private void drain(WatchStream watch) {
            for (List<StoreEvent> events = watch.poll(BATCH);
                    !events.isEmpty();
                    events = watch.poll(BATCH)) {
                for (StoreEvent event : events) {
                    if (event.type() == WriteRequest.Type.CREATE) {
                        delete(event.object());
                    }
                }
            }
        }

        private void delete(StoredObject instance) {
            ObjectNode object = Json.parseObject(instance.json());
            if (Json.at(object, "metadata", "deletionTimestamp") != null) {
                return;
            }
            ObjectKey key = instance.key();
            try {
                definitions.deleteInstance(kind, key);
            } catch (ApiException e) {
                // Somebody else was faster.
                if (e.reason() != StatusReason.NOT_FOUND) {
                    throw e;
                }
            }
        }
    }
}
