package dev.pilothouse.server.registry;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The stores of all kinds, each made when first needed. Thread-safe. */
public final class ResourceStores {

    private final Scheme scheme;
    private final Map<GroupResource, ResourceStrategy> strategies;
    private final Map<GroupResource, WriteHook> hooks;
    private final RegistryServices services;
    private final Map<GroupResource, ResourceStore> stores = new ConcurrentHashMap<>();

    /**
     * Stores of a scheme's kinds.
     *
     * @param scheme what is served
     * @param strategies rules of built-in resources, by stored resource
     * @param hooks what else happens round writes, by stored resource
     * @param services what all stores share
     */
    public ResourceStores(
            Scheme scheme,
            Map<GroupResource, ResourceStrategy> strategies,
            Map<GroupResource, WriteHook> hooks,
            RegistryServices services) {
        this.scheme = scheme;
        this.strategies = Map.copyOf(strategies);
        this.hooks = new ConcurrentHashMap<>(hooks);
        this.services = services;
    }

    /** The store of a kind's objects, whatever version the kind is served in. */
    public ResourceStore of(ResourceKind served) {
        GroupResource stored = served.storage().groupResource();
        ResourceStore store = stores.get(stored);
        return store != null ? store : stores.computeIfAbsent(stored, this::make);
    }

    /** Sets what happens round the writes of a resource; only before its first use. */
    public void hook(GroupResource stored, WriteHook hook) {
        hooks.put(stored, hook);
    }

    /** Uses these rules for a custom resource from now on. */
    public void setCustom(ResourceKind stored, ResourceStrategy strategy) {
        stores.put(
                stored.storage().groupResource(),
                new ResourceStore(stored, strategy, WriteHook.NONE, services));
    }

    /** Forgets a custom resource. */
    public void removeCustom(GroupResource stored) {
        stores.remove(stored);
    }

    private ResourceStore make(GroupResource stored) {
        ResourceKind kind = scheme.storageKind(stored);
        if (kind == null) {
            throw new IllegalArgumentException("nothing serves " + stored);
        }
        return new ResourceStore(
                kind,
                strategies.getOrDefault(stored, ResourceStrategy.NONE),
                hooks.getOrDefault(stored, WriteHook.NONE),
                services);
    }
}
