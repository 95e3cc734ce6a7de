package dev.pilothouse.server.controller.endpointslicemirroring;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.endpoints.EndpointsController;
import dev.pilothouse.server.controller.endpointslice.SliceKey;
import dev.pilothouse.server.controller.endpointslice.SliceView;
import dev.pilothouse.server.controller.endpointslice.SliceWriter;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.services.Backends;
import dev.pilothouse.server.controller.services.ServiceView;
import dev.pilothouse.server.record.EventBroadcaster;
import dev.pilothouse.server.record.ObjectReference;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies the Endpoints of Services without a selector, which people or programs make, into
 * EndpointSlices. Source: pkg/controller/endpointslicemirroring.
 */
public final class EndpointSliceMirroringController implements Component {

    /** Its service account. */
    public static final String NAME = "endpointslicemirroring-controller";

    /** The mark of the slices it keeps. */
    static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";
    private static final int WORKERS = 2;

    private final SliceWriter slices;
    private final Backends backends;
    private final Informer<EndpointsView> endpoints;
    private final Informer<SliceView> views;
    private final EventBroadcaster events;
    private final WorkQueue<NamespacedName> queue;
    private final Controller<NamespacedName> controller;

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param endpoints all Endpoints objects
     * @param views all slices
     * @param events writes events as the controller; closed with it
     */
    public EndpointSliceMirroringController(
            ApiClient client,
            Backends backends,
            Informer<EndpointsView> endpoints,
            Informer<SliceView> views,
            EventBroadcaster events,
            Delays delays,
            InstantSource clock) {
        this.slices = new SliceWriter(client, MANAGER);
        this.backends = backends;
        this.endpoints = endpoints;
        this.views = views;
        this.events = events;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        backends.onServiceChange(queue::add);
        endpoints.addHandler(this::changed);
        var _ =
                CompletableFuture.allOf(backends.synced(), endpoints.synced(), views.synced())
                        .thenRun(this::begin);
    }

    @Override
    public void close() {
        controller.close();
        events.close();
    }

    private void changed(Delta<EndpointsView> delta) {
        boolean was =
                delta instanceof Delta.Updated<EndpointsView>(EndpointsView before, _)
                        && before.object() != null;
        if (was || delta.object().object() != null) {
            queue.add(delta.object().key());
        }
    }

    private void begin() {
        views.addHandler(delta -> {
            if (delta.object().manager().equals(MANAGER)) {
                queue.add(delta.object().serviceKey());
            }
        });
        controller.start();
    }

    private Result reconcile(NamespacedName key) {
        EndpointsView view = endpoints.lister().get(key.namespace(), key.name());
        ServiceView service = backends.service(key);
        if (view == null
                || view.object() == null
                || service == null
                || !service.selector().isEmpty()) {
            if (hasSlices(key)) {
                slices.deleteAll(key);
            }
            return Result.DONE;
        }
        ObjectNode object = view.object().tree();
        MirroredEndpoints mirrored = MirroredEndpoints.of(object);
        tellOfSkipped(object, mirrored);
        try {
            slices.sync(look(key, object), mirrored.byKey(), addressTypes(mirrored));
        } catch (ApiException e) {
            if (Creation.isSettled(e)) {
                return Result.DONE;
            }
            throw e;
        }
        return Result.DONE;
    }

    private boolean hasSlices(NamespacedName key) {
        return views.lister().byIndex(SliceView.BY_SERVICE, key.toString()).stream()
                .anyMatch(slice -> slice.manager().equals(MANAGER));
    }

    private void tellOfSkipped(ObjectNode object, MirroredEndpoints mirrored) {
        ObjectReference reference = ObjectReference.of("v1", "Endpoints", object);
        if (mirrored.skipped() > 0) {
            events.warning(
                    reference,
                    "TooManyAddressesToMirror",
                    "A max of "
                            + MirroredEndpoints.CAPACITY
                            + " addresses can be mirrored to EndpointSlices per Endpoints subset. "
                            + mirrored.skipped()
                            + " addresses were skipped");
        }
        if (mirrored.invalid() > 0) {
            events.warning(
                    reference,
                    "InvalidAddress",
                    "Skipped "
                            + mirrored.invalid()
                            + " invalid IP addresses when mirroring to"
                            + " EndpointSlices");
        }
    }

    private static List<String> addressTypes(MirroredEndpoints mirrored) {
        return mirrored.byKey().keySet().stream().map(SliceKey::addressType).distinct().toList();
    }

    private static SliceWriter.Look look(NamespacedName key, ObjectNode endpoints) {
        Map<String, String> annotations =
                new HashMap<>(Json.stringMap(endpoints, "metadata", "annotations"));
        annotations.remove(LAST_APPLIED);
        annotations.remove(TRIGGER_TIME);
        ObjectNode owner = Json.object();
        owner.put("apiVersion", "v1").put("kind", "Endpoints");
        owner.put("name", key.name()).put("uid", Json.text(endpoints, "metadata", "uid"));
        owner.put("controller", true).put("blockOwnerDeletion", true);
        Map<String, String> labels = new HashMap<>(Json.stringMap(endpoints, "metadata", "labels"));
        labels.remove(EndpointsController.MANAGED_BY);
        return new SliceWriter.Look(key, labels, annotations, owner);
    }
}
