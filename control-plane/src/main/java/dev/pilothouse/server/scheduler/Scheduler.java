package dev.pilothouse.server.scheduler;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.advice.PlacementAdvisors;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.client.Identities;
import dev.pilothouse.server.controller.manager.Parts;
import dev.pilothouse.server.record.EventBroadcaster;
import dev.pilothouse.server.scheduler.cluster.ClusterCache;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeReader;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodReader;
import dev.pilothouse.server.scheduler.decision.Advisor;
import dev.pilothouse.server.scheduler.decision.DecisionLog;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.placement.Nominations;
import dev.pilothouse.server.scheduler.placement.Placer;
import dev.pilothouse.server.scheduler.plugins.DefaultPlugins;
import dev.pilothouse.server.scheduler.preemption.Budget;
import dev.pilothouse.server.scheduler.preemption.Preemption;
import dev.pilothouse.server.scheduler.queue.SchedulingQueue;
import dev.pilothouse.server.scheduler.volumes.ApiVolumeWriter;
import dev.pilothouse.server.scheduler.volumes.StorageInformers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts pods that name this scheduler on nodes. Made before the informers are started, like all
 * components.
 */
public final class Scheduler implements Component {

    /** Its name, which pods have by default. */
    public static final String NAME = "default-scheduler";

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final GroupVersionResource BUDGETS =
            new GroupVersionResource("policy", "v1", "poddisruptionbudgets");
    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");

    private final List<Informer<?>> informers = new ArrayList<>();
    private final EventBroadcaster events;
    private final SchedulingQueue queue;
    private final SchedulingLoop loop;

    /**
     * A scheduler that is not started.
     *
     * @param advisors where it makes known that it can be asked
     */
    public Scheduler(Parts parts, PlacementAdvisors advisors) {
        ApiClient client = parts.clients().as(Identities.SCHEDULER, "kube-scheduler");
        this.events = parts.events(client, NAME, "");
        ClusterViews views = new ClusterViews(parts.informers());
        Informer<PodInfo> pods =
                parts.informers().views(PodWriter.PODS, new PodReader()::read, Map.of());
        Informer<Node> nodes = parts.informers().views(NODES, NodeReader::read, Map.of());
        StorageInformers storage = new StorageInformers(parts.informers());
        Informer<Budget> budgets = parts.informers().views(BUDGETS, Budget::read, Map.of());
        Profile profile =
                DefaultPlugins.profile(
                        new DefaultPlugins.Surroundings(
                                views,
                                views::namespaceLabels,
                                storage,
                                new ApiVolumeWriter(client),
                                parts.delays()));
        Nominations nominations = new Nominations();
        ClusterCache cache = new ClusterCache();
        this.queue = new SchedulingQueue(profile, parts.delays(), parts.clock());
        Placer placer = new Placer(profile, nominations, new Random());
        PodWriter writer = new PodWriter(client, events, parts.clock());
        Writes writes = new Writes();
        DecisionLog decisions = new DecisionLog();
        advisors.connect(
                new Advisor(
                        decisions,
                        client.resource(PodWriter.PODS),
                        cache::snapshot,
                        profile,
                        views::namespaceLabels,
                        parts.clock()));
        this.loop =
                new SchedulingLoop(
                        new SchedulingLoop.Parts(
                                queue,
                                cache,
                                placer,
                                new Preemption(
                                        budgets.lister()::all,
                                        nominations,
                                        cache::latestOn,
                                        new Random()),
                                nominations,
                                pods.lister(),
                                writer,
                                writes,
                                decisions,
                                parts.clock()),
                        new Binder(profile, cache, queue, writer, writes));
        PodEvents handler = new PodEvents(NAME, cache, queue, nominations, decisions);
        nodes.addHandler(handler::onNode);
        pods.addHandler(handler::onPod);
        views.onSelection(placer::forget);
        views.namespaces()
                .addHandler(delta -> {
                    placer.forget();
                    queue.happened(new ClusterEvent.NamespaceChanged(delta.object().name()));
                });
        storage.onChange(event -> {
            profile.binds().forEach(plugin -> plugin.happened(event));
            queue.happened(event);
        });
        informers.addAll(storage.informers());
        informers.add(budgets);
        informers.add(pods);
        informers.add(nodes);
        informers.addAll(views.informers());
    }

    @Override
    public void start() {
        CompletableFuture<?>[] synced =
                informers.stream().map(Informer::synced).toArray(CompletableFuture[]::new);
        // A thread of its own: it computes, and would keep a carrier from everything else.
        Thread.ofPlatform()
                .daemon()
                .name("scheduler")
                .start(() -> {
                    try {
                        CompletableFuture.allOf(synced).join();
                        loop.run();
                    } catch (RuntimeException e) {
                        LOG.debug("the scheduler was stopped before it began", e);
                    }
                });
    }

    @Override
    public void close() {
        queue.close();
        events.close();
    }
}
