package dev.pilothouse.server.storage;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** All objects of one resource at one revision. Immutable: iterating never sees later writes. */
public interface Snapshot {

    /** The revision of the whole store that this shows. */
    long revision();

    /**
     * Objects in order of namespace, then name (compared as UTF-8 bytes would be).
     *
     * @param namespace only this namespace; empty for all
     * @param afterNamespace start strictly after this object, see {@code afterName}; null to start
     *     at the first
     * @param afterName the name that goes with {@code afterNamespace}
     */
    Iterator<StoredObject> iterate(
            String namespace, @Nullable String afterNamespace, @Nullable String afterName);

    /** How many objects there are in a namespace, in all for the empty text. */
    int size(String namespace);
}
