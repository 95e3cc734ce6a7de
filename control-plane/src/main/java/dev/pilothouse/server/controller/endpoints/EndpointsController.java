package dev.pilothouse.server.controller.endpoints;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.services.Backends;
import dev.pilothouse.server.controller.services.ServiceView;
import dev.pilothouse.server.record.EventBroadcaster;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps an Endpoints object for every Service with a selector, and takes it away with the Service.
 * Source: pkg/controller/endpoint.
 */
public final class EndpointsController implements Component {

    /** Its service account. */
    public static final String NAME = "endpoint-controller";

    /** The Endpoints objects. */
    public static final GroupVersionResource ENDPOINTS =
            new GroupVersionResource("", "v1", "endpoints");

    /** The label of objects that this controller keeps. Source: KEP-4974. */
    public static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";

    /** An annotation of objects of old that stand for a lock and no endpoints. */
    public static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

    /** The label of what belongs to a Service without an address of its own. */
    public static final String HEADLESS = "service.kubernetes.io/headless";

    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
    private static final int WORKERS = 5;

    private final ResourceClient client;
    private final Backends backends;
    private final Informer<View> endpoints;
    private final EventBroadcaster events;
    private final WorkQueue<NamespacedName> queue;
    private final Controller<NamespacedName> controller;

    /**
     * What is kept of an Endpoints object.
     *
     * @param key its name
     * @param lock whether it stands for a lock and no endpoints
     */
    public record View(NamespacedName key, boolean lock) {

        /** Reads an Endpoints object. */
        public static View of(ObjectNode object) {
            return new View(
                    NamespacedName.of(object),
                    Json.at(object, "metadata", "annotations", LEADER) != null);
        }
    }

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param events writes events as the controller; closed with it
     */
    public EndpointsController(
            ApiClient client,
            Backends backends,
            Informer<View> endpoints,
            EventBroadcaster events,
            Delays delays,
            InstantSource clock) {
        this.client = client.resource(ENDPOINTS);
        this.backends = backends;
        this.endpoints = endpoints;
        this.events = events;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        backends.onChange(queue::add);
        // Before all pods are known, every Service would seem to have none.
        var _ = CompletableFuture.allOf(backends.synced(), endpoints.synced()).thenRun(this::begin);
    }

    @Override
    public void close() {
        controller.close();
        events.close();
    }

    private void begin() {
        // Those whose Service has gone while nobody looked; those that people make later without a
        // Service are theirs.
        endpoints.lister().all().stream()
                .filter(view -> !view.lock() && backends.service(view.key()) == null)
                .forEach(view -> queue.add(view.key()));
        endpoints.addHandler(delta -> {
            if (delta instanceof Delta.Deleted<View>
                    && backends.service(delta.object().key()) != null) {
                queue.add(delta.object().key());
            }
        });
        controller.start();
    }

    private Result reconcile(NamespacedName key) {
        ServiceView service = backends.service(key);
        if (service == null) {
            delete(key);
            return Result.DONE;
        }
        if (!service.selectsPods()) {
            return Result.DONE;
        }
        Subsets subsets = Subsets.of(service, backends.pods(service));
        ObjectNode present = find(key);
        ObjectNode wanted = present == null ? fresh(key) : present.deepCopy();
        fill(wanted, service, subsets);
        if (!wanted.equals(present)) {
            write(service, wanted, present == null);
        }
        return Result.DONE;
    }

    private void write(ServiceView service, ObjectNode wanted, boolean create) {
        try {
            if (create) {
                client.create(wanted);
            } else {
                client.update(wanted);
            }
        } catch (ApiException e) {
            if (create && Creation.isSettled(e) && e.reason() != StatusReason.ALREADY_EXISTS) {
                return;
            }
            if (e.reason() != StatusReason.CONFLICT) {
                String what = create ? "create" : "update";
                events.warning(
                        service.reference(),
                        create ? "FailedToCreateEndpoint" : "FailedToUpdateEndpoint",
                        "Failed to "
                                + what
                                + " endpoint "
                                + service.key()
                                + ": "
                                + e.status().message());
            }
            throw e;
        }
    }

    private static void fill(ObjectNode endpoints, ServiceView service, Subsets subsets) {
        ObjectNode metadata = Json.child(endpoints, "metadata");
        ObjectNode labels = metadata.putObject("labels");
        service.labels().forEach(labels::put);
        if (service.headless()) {
            labels.put(HEADLESS, "");
        } else {
            labels.remove(HEADLESS);
        }
        labels.put(MANAGED_BY, NAME);
        if (subsets.overCapacity()) {
            Json.child(metadata, "annotations").put(OVER_CAPACITY, "truncated");
        } else if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(OVER_CAPACITY);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        var json = subsets.toJson();
        if (json.isEmpty()) {
            endpoints.remove("subsets");
        } else {
            endpoints.set("subsets", json);
        }
    }

    private void delete(NamespacedName key) {
        View view = endpoints.lister().get(key.namespace(), key.name());
        if (view != null && view.lock()) {
            return;
        }
        try {
            client.delete(key.namespace(), key.name(), DeleteOptions.DEFAULT);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private @Nullable ObjectNode find(NamespacedName key) {
        try {
            return client.get(key.namespace(), key.name());
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private static ObjectNode fresh(NamespacedName key) {
        ObjectNode endpoints = Json.object();
        endpoints.put("kind", "Endpoints").put("apiVersion", "v1");
        endpoints.putObject("metadata").put("namespace", key.namespace()).put("name", key.name());
        return endpoints;
    }
}
