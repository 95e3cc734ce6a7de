package dev.pilothouse.server.registry;

import dev.pilothouse.model.meta.GroupResource;
import java.util.Set;

/**
 * Resources whose writes need not wait for the disk: losing the last second of them harms nobody.
 */
final class Volatile {

    private static final Set<GroupResource> LAZY =
            Set.of(
                    new GroupResource("coordination.k8s.io", "leases"),
                    new GroupResource("", "events"));

    private Volatile() {}

    static boolean isLazy(GroupResource resource) {
        return LAZY.contains(resource);
    }
}
