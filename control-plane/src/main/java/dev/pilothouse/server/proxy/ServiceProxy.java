package dev.pilothouse.server.proxy;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.manager.Parts;
import dev.pilothouse.server.node.NodeAgents;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the TCP ports of all Services reachable from this machine, and is the load balancer of
 * those that ask for one. Needs no rights on the machine and listens on loopback only. The Service
 * {@code kubernetes} is left out: the API server listens itself.
 */
public final class ServiceProxy implements Component {

    /** Its service account, that of the controller of load balancers. */
    public static final String NAME = "service-controller";

    private static final GroupVersionResource SERVICES =
            new GroupVersionResource("", "v1", "services");
    private static final GroupVersionResource SLICES =
            new GroupVersionResource("discovery.k8s.io", "v1", "endpointslices");

    /** A port that is in use may become free, which nobody tells. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final ResourceClient client;
    private final Informer<ServiceView> services;
    private final Informer<SliceView> slices;
    private final Backends backends;
    private final Dialer dialer;
    private final LocalServices local;
    private final WorkQueue<Key> queue;
    private final Controller<Key> controller;
    private final Map<Key, ServiceListeners> open = new HashMap<>();
    private boolean closed;

    private record Key(String namespace, String name) {}

    /**
     * A proxy that is not started.
     *
     * @param agents leads to pods
     * @param local is told where Services are reached
     */
    public ServiceProxy(Parts parts, NodeAgents agents, LocalServices local) {
        ApiClient api = parts.client(NAME);
        this.client = api.resource(SERVICES);
        this.services = parts.informers().views(SERVICES, ServiceView::of, Map.of());
        this.slices =
                parts.informers()
                        .views(
                                SLICES,
                                SliceView::of,
                                Map.of(
                                        Backends.BY_SERVICE,
                                        slice ->
                                                List.of(
                                                        Backends.key(
                                                                slice.namespace(),
                                                                slice.service()))));
        this.backends = new Backends(slices.lister(), parts.clock());
        this.dialer = new Dialer(agents);
        this.local = local;
        this.queue = new WorkQueue<>(parts.delays(), parts.clock());
        this.controller = new Controller<>("service-proxy", 1, queue, this::reconcile);
    }

    @Override
    public void start() {
        services.addHandler(
                delta -> queue.add(new Key(delta.object().namespace(), delta.object().name())));
        // A connection that comes before the endpoints are known would be refused for no reason.
        var _ =
                CompletableFuture.allOf(services.synced(), slices.synced())
                        .thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
        synchronized (this) {
            closed = true;
            open.values().forEach(ServiceListeners::close);
            open.clear();
        }
    }

    private Result reconcile(Key key) {
        ServiceView service = services.lister().get(key.namespace(), key.name());
        boolean complete;
        ObjectNode patch;
        synchronized (this) {
            if (closed || isApiServer(key)) {
                return Result.DONE;
            }
            if (service == null) {
                ServiceListeners gone = open.remove(key);
                if (gone != null) {
                    gone.close();
                }
                return Result.DONE;
            }
            ServiceListeners listeners =
                    open.computeIfAbsent(key, _ -> new ServiceListeners(backends, dialer, local));
            complete = listeners.update(service);
            patch = service.deleting() ? null : BalancerStatus.patch(service, listeners::balances);
        }
        if (patch != null) {
            try {
                client.patch(key.namespace(), key.name(), "status", PatchForm.MERGE, patch);
            } catch (ApiException e) {
                if (e.reason() != StatusReason.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return complete ? Result.DONE : new Result.RequeueAfter(TRY_AGAIN);
    }

    private static boolean isApiServer(Key key) {
        return key.namespace().equals("default") && key.name().equals("kubernetes");
    }
}
