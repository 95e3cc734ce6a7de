package dev.pilothouse.model.client;

import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import java.util.List;

/**
 * A resource that a server serves, as discovery tells it.
 *
 * @param resource group, version and plural name
 * @param gvk group, version and kind
 * @param namespaced whether objects live in namespaces
 * @param verbs what can be done with it
 */
public record ApiResource(
        GroupVersionResource resource,
        GroupVersionKind gvk,
        boolean namespaced,
        List<String> verbs) {

    /** Copies the verbs. */
    public ApiResource {
        verbs = List.copyOf(verbs);
    }

    /** Whether all of these verbs are there. */
    public boolean can(String... wanted) {
        return verbs.containsAll(List.of(wanted));
    }
}
