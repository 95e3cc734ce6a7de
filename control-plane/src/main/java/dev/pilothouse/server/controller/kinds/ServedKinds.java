package dev.pilothouse.server.controller.kinds;

import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.client.Discovery;
import dev.pilothouse.model.meta.GroupResource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the API server serves, as of the last look. Thread-safe. */
public final class ServedKinds {

    private final Discovery discovery;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile View view = View.of(new Discovery.Result(List.of(), List.of()));

    private record GroupKind(String group, String kind) {}

    private record View(
            Discovery.Result result,
            Map<GroupResource, ApiResource> preferred,
            Map<GroupKind, ApiResource> byKind) {

        static View of(Discovery.Result result) {
            Map<GroupResource, ApiResource> preferred = new LinkedHashMap<>();
            Map<GroupKind, ApiResource> byKind = new HashMap<>();
            for (ApiResource resource : result.resources()) {
                preferred.putIfAbsent(resource.resource().groupResource(), resource);
                byKind.putIfAbsent(
                        new GroupKind(resource.gvk().group(), resource.gvk().kind()), resource);
            }
            return new View(result, preferred, byKind);
        }
    }

    /** Looks by discovery. */
    public ServedKinds(Discovery discovery) {
        this.discovery = discovery;
    }

    /** Looks again, and tells listeners when something is different. */
    public void refresh() {
        synchronized (this) {
            Discovery.Result result = discovery.resources();
            if (result.equals(view.result)) {
                return;
            }
            view = View.of(result);
        }
        listeners.forEach(Runnable::run);
    }

    /** Runs a task after every change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Each resource in its preferred version. */
    public List<ApiResource> preferred() {
        return List.copyOf(view.preferred.values());
    }

    /** Every resource in every version. */
    public List<ApiResource> all() {
        return view.result.resources();
    }

    /** Groups and versions of which the server itself does not know enough now. */
    public List<String> stale() {
        return view.result.stale();
    }

    /** The resource of a kind in its preferred version, or null when it is not served. */
    public @Nullable ApiResource byKind(String group, String kind) {
        return view.byKind.get(new GroupKind(group, kind));
    }
}
