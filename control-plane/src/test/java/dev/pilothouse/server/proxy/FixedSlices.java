package dev.pilothouse.server.proxy;

import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.server.proxy.SliceView.Endpoint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The slices of the Service default/web, as a test sets them. */
final class FixedSlices implements Lister<SliceView> {

    static final ServicePort WEB = new ServicePort("default", "web", "http", 80);

    private volatile List<SliceView> slices = List.of();

    void set(SliceView... views) {
        slices = List.of(views);
    }

    static SliceView slice(int port, Endpoint... endpoints) {
        return new SliceView("default", "web", Map.of("http", port), List.of(endpoints));
    }

    static Endpoint ready(String address) {
        return new Endpoint(address, true, true, "", null);
    }

    static Endpoint ending(String address) {
        return new Endpoint(address, false, true, "", null);
    }

    @Override
    public @Nullable SliceView get(String namespace, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SliceView> all() {
        return slices;
    }

    @Override
    public List<SliceView> inNamespace(String namespace) {
        return slices;
    }

    @Override
    public boolean isEmpty(String namespace) {
        return slices.isEmpty();
    }

    @Override
    public List<SliceView> byIndex(String index, String value) {
        return index.equals(Backends.BY_SERVICE) && value.equals("default/web")
                ? slices
                : List.of();
    }
}
