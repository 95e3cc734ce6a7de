package dev.pilothouse.server.controller.disruption;

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
import dev.pilothouse.server.controller.disruption.OwnerScales.Expected;
import dev.pilothouse.server.controller.disruption.OwnerScales.UnknownScaleException;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import dev.pilothouse.server.controller.objects.LabelIndex;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.record.EventBroadcaster;
import dev.pilothouse.server.record.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says in the status of every PodDisruptionBudget how many of its pods may be evicted now; the
 * eviction subresource takes from that. Source: pkg/controller/disruption.
 */
public final class DisruptionController implements Component {

    /** Its service account. */
    public static final String NAME = "disruption-controller";

    /** Its name in events. */
    public static final String EVENT_SOURCE = "controllermanager";

    private static final GroupVersionResource BUDGETS =
            new GroupVersionResource("policy", "v1", "poddisruptionbudgets");
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");

    private final ResourceClient client;
    private final OwnerScales scales;
    private final Informer<BudgetView> budgets;
    private final Informer<GuardedPod> pods;
    private final EventBroadcaster events;
    private final InstantSource clock;
    private final WorkQueue<NamespacedName> queue;
    private final Controller<NamespacedName> controller;
    private final StaleDisruptions stale;

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param events writes events as the controller; closed with it
     */
    public DisruptionController(
            ApiClient client,
            ServedKinds kinds,
            InformerFactory informers,
            EventBroadcaster events,
            Delays delays,
            InstantSource clock) {
        this.client = client.resource(BUDGETS);
        this.scales = new OwnerScales(client, kinds);
        this.budgets = informers.views(BUDGETS, BudgetView::of, Map.of());
        this.pods =
                informers.views(
                        PODS,
                        GuardedPod::of,
                        Map.of(
                                LabelIndex.NAME,
                                pod -> LabelIndex.values(pod.key().namespace(), pod.labels())));
        this.events = events;
        this.clock = clock;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, 2, queue, this::reconcile);
        this.stale = new StaleDisruptions(client.resource(PODS), pods.lister(), delays, clock);
    }

    @Override
    public void start() {
        budgets.addHandler(delta -> queue.add(delta.object().key()));
        pods.addHandler(this::podChanged);
        pods.addHandler(stale::changed);
        var _ = CompletableFuture.allOf(budgets.synced(), pods.synced()).thenRun(this::begin);
    }

    @Override
    public void close() {
        controller.close();
        stale.close();
        events.close();
    }

    private void begin() {
        controller.start();
        stale.start();
    }

    private void podChanged(Delta<GuardedPod> delta) {
        GuardedPod pod = delta.object();
        List<BudgetView> guards =
                budgets.lister().inNamespace(pod.key().namespace()).stream()
                        .filter(budget -> budget.guards(pod.labels()))
                        .toList();
        guards.forEach(budget -> queue.add(budget.key()));
        if (delta instanceof Delta.Updated<GuardedPod>(GuardedPod before, _)
                && !before.labels().equals(pod.labels())) {
            budgets.lister().inNamespace(pod.key().namespace()).stream()
                    .filter(budget -> budget.guards(before.labels()))
                    .forEach(budget -> queue.add(budget.key()));
        }
        if (guards.size() > 1 && delta instanceof Delta.Added<GuardedPod>) {
            events.warning(
                    reference(pod),
                    "MultiplePodDisruptionBudgets",
                    "Pod \"%s\"/\"%s\" matches multiple PodDisruptionBudgets.  Chose \"%s\" arbitrarily."
                            .formatted(
                                    pod.key().namespace(),
                                    pod.key().name(),
                                    guards.getFirst().key().name()));
        }
    }

    private Result reconcile(NamespacedName key) {
        BudgetView view = budgets.lister().get(key.namespace(), key.name());
        ObjectNode budget = view == null ? null : find(key);
        if (view == null || budget == null) {
            return Result.DONE;
        }
        List<GuardedPod> guarded =
                view.selector() == null
                        ? List.of()
                        : LabelIndex.select(
                                pods.lister(),
                                key.namespace(),
                                view.selector(),
                                GuardedPod::labels);
        if (guarded.isEmpty()) {
            events.normal(view.reference(), "NoPods", "No matching pods found");
        }
        BudgetStatus status = new BudgetStatus(budget, guarded, clock.instant());
        try {
            Expected scale = BudgetStatus.needsScale(budget) ? scales.of(guarded) : null;
            if (scale != null && !scale.unmanaged().isEmpty()) {
                tellOfUnmanaged(view, scale.unmanaged());
            }
            write(status.apply(BudgetStatus.wanted(budget, guarded.size(), scale)));
        } catch (UnknownScaleException | IllegalArgumentException e) {
            events.warning(
                    view.reference(),
                    "CalculateExpectedPodCountFailed",
                    "Failed to calculate the number of expected pods: " + e.getMessage());
            write(status.failed(String.valueOf(e.getMessage())));
            return new Result.Retry(String.valueOf(e.getMessage()));
        }
        status.undeleted().forEach(pod -> tellOfUndeleted(pod, key));
        return again(status.recheck());
    }

    private void write(@Nullable ObjectNode changed) {
        if (changed != null) {
            client.update(changed, "status");
        }
    }

    private Result again(@Nullable Instant recheck) {
        if (recheck == null) {
            return Result.DONE;
        }
        Duration wait = Duration.between(clock.instant(), recheck).plusSeconds(1);
        return new Result.RequeueAfter(wait);
    }

    private void tellOfUnmanaged(BudgetView view, List<String> names) {
        String selector = view.selector() == null ? "" : view.selector().format();
        events.warning(
                view.reference(),
                "UnmanagedPods",
                "Pods selected by this PodDisruptionBudget (selector: &LabelSelector{"
                        + selector
                        + "}) were found to be unmanaged. As a result, the status of the PDB cannot be"
                        + " calculated correctly, which may result in undefined behavior. To account for"
                        + " these pods please set \".spec.minAvailable\" field of the PDB to an integer"
                        + " value. (pods: "
                        + String.join(", ", names.subList(0, Math.min(names.size(), 10)))
                        + ")");
    }

    private void tellOfUndeleted(GuardedPod pod, NamespacedName budget) {
        events.warning(
                reference(pod),
                "NotDeleted",
                "Pod was expected by PDB " + budget + " to be deleted but it wasn't");
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

    private static ObjectReference reference(GuardedPod pod) {
        return new ObjectReference(
                "v1", "Pod", pod.key().namespace(), pod.key().name(), pod.uid(), "", "");
    }
}
