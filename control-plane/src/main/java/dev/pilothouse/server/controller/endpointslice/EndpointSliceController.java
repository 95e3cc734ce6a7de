package dev.pilothouse.server.controller.endpointslice;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.endpoints.EndpointsController;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.services.Backends;
import dev.pilothouse.server.controller.services.ServiceView;
import dev.pilothouse.server.record.EventBroadcaster;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps EndpointSlices for every Service with a selector; the garbage collector takes them away
 * with the Service. Source: pkg/controller/endpointslice.
 */
public final class EndpointSliceController implements Component {

    /** Its service account. */
    public static final String NAME = "endpointslice-controller";

    /** The mark of the slices it keeps. */
    static final String MANAGER = "endpointslice-controller.k8s.io";

    private static final int WORKERS = 5;

    private final SliceWriter slices;
    private final Backends backends;
    private final Informer<SliceView> views;
    private final Informer<NodeZone> nodes;
    private final EventBroadcaster events;
    private final Set<NamespacedName> incomplete = ConcurrentHashMap.newKeySet();
    private final WorkQueue<NamespacedName> queue;
    private final Controller<NamespacedName> controller;

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param views all slices
     * @param events writes events as the controller; closed with it
     */
    public EndpointSliceController(
            ApiClient client,
            Backends backends,
            Informer<SliceView> views,
            Informer<NodeZone> nodes,
            EventBroadcaster events,
            Delays delays,
            InstantSource clock) {
        this.slices = new SliceWriter(client, MANAGER);
        this.backends = backends;
        this.views = views;
        this.nodes = nodes;
        this.events = events;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        backends.onChange(queue::add);
        nodes.addHandler(delta -> {
            if (delta instanceof Delta.Added<NodeZone>) {
                incomplete.forEach(queue::add);
            }
        });
        // Before all pods are known, every Service would seem to have none.
        var _ =
                CompletableFuture.allOf(backends.synced(), nodes.synced(), views.synced())
                        .thenRun(this::begin);
    }

    @Override
    public void close() {
        controller.close();
        events.close();
    }

    private void begin() {
        // Somebody else may have written to a slice; our own writes come back here as well, and
        // are found to be in order.
        views.addHandler(delta -> {
            if (!(delta instanceof Delta.Added<SliceView>)
                    && delta.object().manager().equals(MANAGER)) {
                queue.add(delta.object().serviceKey());
            }
        });
        controller.start();
    }

    private Result reconcile(NamespacedName key) {
        incomplete.remove(key);
        ServiceView service = backends.service(key);
        if (service == null || !service.selectsPods()) {
            return Result.DONE;
        }
        ServiceEndpoints endpoints =
                ServiceEndpoints.of(service, backends.pods(service), nodes.lister());
        if (!endpoints.complete()) {
            incomplete.add(key);
        }
        try {
            slices.sync(look(service), endpoints.byKey(), service.families());
        } catch (ApiException e) {
            if (Creation.isSettled(e)) {
                // The namespace or a slice went meanwhile; its watch tells.
                return Result.DONE;
            }
            if (e.reason() != StatusReason.CONFLICT) {
                events.warning(
                        service.reference(),
                        "FailedToUpdateEndpointSlices",
                        "Error updating Endpoint Slices for Service "
                                + key
                                + ": "
                                + e.status().message());
            }
            throw e;
        }
        return Result.DONE;
    }

    private static SliceWriter.Look look(ServiceView service) {
        Map<String, String> labels = new HashMap<>(service.labels());
        labels.remove(EndpointsController.HEADLESS);
        if (service.headless()) {
            labels.put(EndpointsController.HEADLESS, "");
        }
        ObjectNode owner = Json.object();
        owner.put("apiVersion", "v1").put("kind", "Service");
        owner.put("name", service.key().name()).put("uid", service.uid());
        owner.put("controller", true).put("blockOwnerDeletion", true);
        return new SliceWriter.Look(service.key(), labels, Map.of(), owner);
    }
}
