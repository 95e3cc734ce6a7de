package dev.pilothouse.server.storage.cache;

import dev.pilothouse.server.storage.Snapshot;
import dev.pilothouse.server.storage.StoredObject;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A version of a resource's map. */
record ObjectSnapshot(long revision, ObjectMap objects) implements Snapshot {

    @Override
    public Iterator<StoredObject> iterate(
            String namespace, @Nullable String afterNamespace, @Nullable String afterName) {
        return objects.iterate(namespace, afterNamespace, afterName);
    }

    @Override
    public int size(String namespace) {
        return namespace.isEmpty() ? objects.size() : objects.size(namespace);
    }
}
