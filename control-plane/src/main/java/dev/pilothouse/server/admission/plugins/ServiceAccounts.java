package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WatchStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Looks up service accounts. Thread-safe. */
final class ServiceAccounts {

    private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");

    private final Storage storage;
    private final Duration patience;

    /**
     * Looks accounts up in a store.
     *
     * @param patience how long an account that will be made by itself is waited for
     */
    ServiceAccounts(Storage storage, Duration patience) {
        this.storage = storage;
        this.patience = patience;
    }

    @Nullable ObjectNode find(String namespace, String name) {
        StoredObject stored = storage.get(new ObjectKey(ACCOUNTS, namespace, name));
        return stored == null ? null : Json.parseObject(stored.json());
    }

    /**
     * The account, which may be made just now. Blocks when there is none: in real time, whatever
     * the cluster's clock says, because people wait for it.
     */
    @Nullable ObjectNode await(String namespace, String name) {
        ObjectNode found = find(namespace, name);
        if (found != null || patience.isZero()) {
            return found;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        Semaphore written = new Semaphore(0);
        try (WatchStream watch = storage.watch(ACCOUNTS, namespace, storage.revision())) {
            watch.onAvailable(written::release);
            while ((found = find(namespace, name)) == null) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !written.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    return null;
                }
                watch.poll(Integer.MAX_VALUE);
            }
            return found;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
