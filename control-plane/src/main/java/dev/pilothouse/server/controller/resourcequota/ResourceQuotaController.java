package dev.pilothouse.server.controller.resourcequota;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.kinds.ObjectWatch;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.quota.Amounts;
import dev.pilothouse.server.quota.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says in the status of every ResourceQuota how much of it is used, mostly what is free again:
 * admission counts what is made as it is made. Source: pkg/controller/resourcequota.
 */
public final class ResourceQuotaController implements Component {

    /** Its service account. */
    public static final String NAME = "resourcequota-controller";

    private static final GroupVersionResource QUOTAS =
            new GroupVersionResource("", "v1", "resourcequotas");
    private static final List<String> MEASURED =
            List.of("pods", "services", "persistentvolumeclaims");
    private static final int WORKERS = 3;

    /**
     * Admission counts an object shortly before it is there to be seen. What it has counted is
     * taken back only when it has not counted anything for so long.
     */
    private static final Duration SETTLED = Duration.ofMillis(500);

    private final ResourceClient client;
    private final ObjectWatch objects;
    private final Informer<QuotaView> quotas;
    private final Map<String, Informer<Counted>> measured = new HashMap<>();
    private final ObjectCounts counts = new ObjectCounts();
    private final Map<NamespacedName, Instant> changed = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final WorkQueue<NamespacedName> queue;
    private final Controller<NamespacedName> controller;

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param objects tells what there is; not started yet
     */
    public ResourceQuotaController(
            ApiClient client,
            InformerFactory informers,
            ObjectWatch objects,
            Delays delays,
            InstantSource clock) {
        this.client = client.resource(QUOTAS);
        this.objects = objects;
        this.clock = clock;
        this.quotas = informers.views(QUOTAS, QuotaView::of, Map.of());
        for (String resource : MEASURED) {
            Counted.Reader reader = new Counted.Reader(new GroupResource("", resource));
            measured.put(
                    resource,
                    informers.views(
                            new GroupVersionResource("", "v1", resource), reader::read, Map.of()));
        }
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
        objects.addHandler((kind, delta) -> {
            if (counts.apply(kind, delta)) {
                look(delta.object().namespace());
            }
        });
    }

    @Override
    public void start() {
        quotas.addHandler(delta -> {
            NamespacedName key = delta.object().key();
            if (delta instanceof Delta.Deleted<QuotaView>) {
                changed.remove(key);
            } else {
                changed.put(key, clock.instant());
            }
            queue.add(key);
        });
        measured.values()
                .forEach(
                        informer -> informer.addHandler(delta -> look(delta.object().namespace())));
        CompletableFuture<?>[] all =
                Stream.concat(
                                Stream.of(quotas.synced(), objects.synced()),
                                measured.values().stream().map(Informer::synced))
                        .toArray(CompletableFuture[]::new);
        var _ = CompletableFuture.allOf(all).thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private void look(String namespace) {
        quotas.lister().inNamespace(namespace).forEach(quota -> queue.add(quota.key()));
    }

    private Result reconcile(NamespacedName key) {
        QuotaView view = quotas.lister().get(key.namespace(), key.name());
        if (view == null) {
            return Result.DONE;
        }
        ObjectNode quota = find(key);
        if (quota == null) {
            return Result.DONE;
        }
        QuotaView now = QuotaView.of(quota);
        Amounts used = used(now);
        Amounts before = Amounts.of(Json.at(quota, "status", "used"));
        boolean known =
                before.values().keySet().equals(used.values().keySet())
                        && Amounts.of(Json.at(quota, "status", "hard"))
                                .toJson()
                                .equals(now.spec().hard().toJson());
        if (known && before.toJson().equals(used.toJson())) {
            return Result.DONE;
        }
        Duration unsettled = unsettled(key);
        if (known && unsettled.isPositive()) {
            return new Result.RequeueAfter(unsettled);
        }
        ObjectNode status = Json.object();
        status.set("hard", now.spec().hard().toJson());
        status.set("used", used.toJson());
        quota.set("status", status);
        client.update(quota, "status");
        return Result.DONE;
    }

    private Duration unsettled(NamespacedName key) {
        Instant last = changed.getOrDefault(key, Instant.EPOCH);
        return Duration.between(clock.instant(), last.plus(SETTLED));
    }

    /** How much is used of what a quota limits. */
    private Amounts used(QuotaView quota) {
        String namespace = quota.key().namespace();
        Amounts sum = Amounts.NONE;
        for (Informer<Counted> informer : measured.values()) {
            for (Counted object : informer.lister().inNamespace(namespace)) {
                if (quota.spec().covers(object.usage().traits())) {
                    sum = sum.plus(object.usage().amounts().only(names(quota)));
                }
            }
        }
        if (quota.spec().scopes().isEmpty()) {
            sum = sum.plus(counts(quota));
        }
        Map<String, Quantity> used = new HashMap<>();
        for (String name : names(quota)) {
            used.put(name, sum.get(name));
        }
        return new Amounts(used);
    }

    private Amounts counts(QuotaView quota) {
        Amounts sum = Amounts.NONE;
        for (String name : names(quota)) {
            String resource = name.startsWith("count/") ? name.substring(6) : name;
            int dot = resource.indexOf('.');
            GroupResource group =
                    dot < 0
                            ? new GroupResource("", resource)
                            : new GroupResource(
                                    resource.substring(dot + 1), resource.substring(0, dot));
            Amounts count = Usage.ofCount(group, counts.of(quota.key().namespace(), group));
            sum = sum.plus(count.only(List.of(name)));
        }
        return sum;
    }

    private static Set<String> names(QuotaView quota) {
        return quota.spec().hard().values().keySet();
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
}
