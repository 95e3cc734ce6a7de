package dev.pilothouse.server.controller.podautoscaler;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.record.EventBroadcaster;
import dev.pilothouse.server.record.ObjectReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Scales workloads so that their pods use as much cpu or memory as their HorizontalPodAutoscalers
 * say. Looks every 15 seconds, as use cannot be watched. Source: pkg/controller/podautoscaler.
 */
public final class HorizontalPodAutoscalerController implements Component {

    /** Its service account. */
    public static final String NAME = "horizontal-pod-autoscaler";

    private static final GroupVersionResource AUTOSCALERS =
            new GroupVersionResource("autoscaling", "v2", "horizontalpodautoscalers");

    /** How often: --horizontal-pod-autoscaler-sync-period. */
    private static final Duration PERIOD = Duration.ofSeconds(15);

    private static final int WORKERS = 5;

    private final ApiClient client;
    private final ResourceClient autoscalers;
    private final ServedKinds kinds;
    private final Informer<HpaView> views;
    private final EventBroadcaster events;
    private final InstantSource clock;
    private final Map<NamespacedName, ScaleHistory> histories = new ConcurrentHashMap<>();
    private final WorkQueue<NamespacedName> queue;
    private final Controller<NamespacedName> controller;

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param events writes events as the controller; closed with it
     */
    public HorizontalPodAutoscalerController(
            ApiClient client,
            ServedKinds kinds,
            InformerFactory informers,
            EventBroadcaster events,
            Delays delays,
            InstantSource clock) {
        this.client = client;
        this.autoscalers = client.resource(AUTOSCALERS);
        this.kinds = kinds;
        this.views = informers.views(AUTOSCALERS, HpaView::of, Map.of());
        this.events = events;
        this.clock = clock;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        views.addHandler(delta -> {
            if (delta instanceof Delta.Deleted<HpaView>) {
                histories.remove(delta.object().key());
            } else {
                queue.add(delta.object().key());
            }
        });
        var _ = views.synced().thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
        events.close();
    }

    private Result reconcile(NamespacedName key) {
        if (views.lister().get(key.namespace(), key.name()) == null) {
            return Result.DONE;
        }
        try {
            ObjectNode hpa = autoscalers.get(key.namespace(), key.name());
            ObjectNode before = hpa.deepCopy();
            ScaleHistory history = histories.computeIfAbsent(key, _ -> new ScaleHistory());
            new Round(client, kinds, events, hpa, history, clock.instant()).run();
            if (!hpa.equals(before)) {
                autoscalers.update(hpa, "status");
            }
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return Result.DONE;
            }
            if (e.reason() != StatusReason.CONFLICT) {
                events.warning(
                        new ObjectReference(
                                "autoscaling/v2",
                                "HorizontalPodAutoscaler",
                                key.namespace(),
                                key.name(),
                                "",
                                "",
                                ""),
                        "FailedUpdateStatus",
                        e.status().message());
            }
            return new Result.RequeueAfter(PERIOD);
        }
        return new Result.RequeueAfter(PERIOD);
    }
}
