package dev.pilothouse.server.kubelet;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.informer.Backoff;
import dev.pilothouse.model.informer.CachedObject;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.client.Identities;
import dev.pilothouse.server.controller.manager.Parts;
import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.env.ServiceAddresses;
import dev.pilothouse.server.kubelet.env.ServiceView;
import dev.pilothouse.server.kubelet.log.ContainerLogs;
import dev.pilothouse.server.kubelet.log.LogReader;
import dev.pilothouse.server.kubelet.node.HostFacts;
import dev.pilothouse.server.kubelet.node.NodeKeeper;
import dev.pilothouse.server.kubelet.node.NodeSettings;
import dev.pilothouse.server.kubelet.node.Pressure;
import dev.pilothouse.server.kubelet.pod.PodServices;
import dev.pilothouse.server.kubelet.pod.PodTree;
import dev.pilothouse.server.kubelet.pod.PodWorker;
import dev.pilothouse.server.kubelet.volume.ReferencedObjects;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.record.EventBroadcaster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one node: keeps its Node, has a worker for each pod that is bound to it, and answers
 * the API server. Thread-safe.
 */
final class Kubelet implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    private static final GroupVersionResource SERVICES =
            new GroupVersionResource("", "v1", "services");

    /** How long pods have to end when this program ends. */
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);

    /** Source: the monitoring interval of the kubelet's eviction manager. */
    private static final Duration STORAGE_CHECK = Duration.ofSeconds(10);

    private static final long SHUTDOWN_PAUSE_MILLIS = 50;

    private final NodeSettings settings;
    private final Eviction eviction;
    private final LocalStorage localStorage;
    private final Delays delays;
    private final PodAdmission admission;
    private final ContainerRuntime runtime;
    private final Informer<CachedObject> pods;
    private final EventBroadcaster events;
    private final ReferencedObjects objects;
    private final NodeKeeper keeper;
    private final PodServices services;
    private final KubeletAgent agent;
    private final NodeAgents agents;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private volatile boolean shuttingDown;
    private volatile boolean closed;

    /**
     * A kubelet that is not started.
     *
     * @param directory where its files are
     * @param logs the logs that its runtime writes
     * @param apiServer variables by which its pods find the API server
     * @param addresses where its pods find Services
     */
    Kubelet(
            Parts parts,
            NodeSettings settings,
            ContainerRuntime runtime,
            Path directory,
            ContainerLogs logs,
            Map<String, String> apiServer,
            ServiceAddresses addresses,
            NodeAgents agents) {
        this.settings = settings;
        this.runtime = runtime;
        this.agents = agents;
        ApiClient client = parts.clients().as(Identities.node(settings.name()), "kubelet");
        ListOptions own = ListOptions.ALL.withFields("spec.nodeName=" + settings.name());
        this.pods = parts.informers().objects(PODS, own);
        Informer<ServiceView> known = parts.informers().views(SERVICES, ServiceView::of, Map.of());
        this.events = parts.events(client, "kubelet", settings.name());
        this.objects = new ReferencedObjects(client, Backoff.REFLECTOR);
        HostFacts host = new HostFacts(directory);
        String address = HostFacts.address();
        this.keeper =
                new NodeKeeper(
                        client,
                        settings,
                        host,
                        address,
                        events,
                        this::onPressure,
                        parts.delays(),
                        parts.clock());
        LogReader reader = new LogReader(logs);
        this.eviction = new Eviction(runtime, events, directory, settings.eviction());
        this.localStorage = new LocalStorage(runtime, events, directory);
        this.delays = parts.delays();
        this.admission = new PodAdmission(keeper.allocatable(), events);
        this.services =
                new PodServices(
                        client,
                        runtime,
                        objects,
                        () -> known.lister().all(),
                        addresses,
                        events,
                        parts.delays(),
                        parts.clock(),
                        address,
                        keeper.allocatable(),
                        directory,
                        reader,
                        apiServer);
        this.agent =
                new KubeletAgent(
                        settings,
                        runtime,
                        reader,
                        host,
                        parts.clock(),
                        workers::get,
                        this::workers);
    }

    @Override
    public void start() {
        Thread.ofVirtual().name("kubelet " + settings.name()).start(this::run);
    }

    private void run() {
        try {
            runtime.start(this::wake);
            keeper.start();
            agents.connect(settings.name(), agent);
            pods.synced().join();
            pods.addHandler(this::onPod);
            sweep();
            checkStorageLater();
        } catch (CancellationException e) {
            LOG.debug("kubelet {}: closed before it was at work", settings.name());
        } catch (RuntimeException e) {
            LOG.error("kubelet {} could not be started", settings.name(), e);
        }
    }

    private void checkStorageLater() {
        delays.after(
                STORAGE_CHECK,
                () -> {
                    if (!closed) {
                        Thread.ofVirtual().name("kubelet-storage").start(this::checkStorage);
                    }
                });
    }

    private void checkStorage() {
        try {
            localStorage.check(workers());
        } catch (RuntimeException e) {
            LOG.warn("kubelet {}: the pods' files cannot be measured", settings.name(), e);
        }
        checkStorageLater();
    }

    private void onPressure(Pressure pressure) {
        eviction.evictOne(workers(), pressure);
    }

    /** Ends all pods because the machine, or this program, is about to end. */
    void beginShutdown() {
        shuttingDown = true;
        workers()
                .forEach(worker ->
                        worker.end(
                                "Terminated",
                                "Pod was terminated in response to imminent node shutdown.",
                                true,
                                SHUTDOWN.toSeconds()));
    }

    /** Waits until all pods have ended, but not for long. */
    void awaitShutdown() {
        Instant until = Instant.now().plus(SHUTDOWN).plusSeconds(5);
        try {
            while (!workers().stream().allMatch(PodWorker::isOver)
                    && Instant.now().isBefore(until)) {
                Thread.sleep(SHUTDOWN_PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake(String uid) {
        PodWorker worker = workers.get(uid);
        if (worker != null) {
            worker.wake();
        }
    }

    private Collection<PodWorker> workers() {
        return List.copyOf(workers.values());
    }

    private void onPod(Delta<CachedObject> delta) {
        switch (delta) {
            case Delta.Added(CachedObject pod) -> put(pod);
            case Delta.Updated(CachedObject before, CachedObject pod) -> {
                if (!before.meta().uid().equals(pod.meta().uid())) {
                    gone(before);
                }
                put(pod);
            }
            case Delta.Deleted(CachedObject pod) -> gone(pod);
        }
    }

    private void put(CachedObject object) {
        if (closed) {
            return;
        }
        PodTree pod = new PodTree(object.tree());
        PodWorker known = workers.get(pod.uid());
        if (known != null) {
            known.update(pod);
            return;
        }
        if (shuttingDown) {
            // Those that take the place of the ended ones are for the next start.
            return;
        }
        PodWorker worker = new PodWorker(services, pod, () -> workers.remove(pod.uid()));
        admission.check(worker, workers());
        workers.put(pod.uid(), worker);
        worker.start();
    }

    private void gone(CachedObject object) {
        PodWorker worker = workers.get(object.meta().uid());
        if (worker != null) {
            worker.gone();
        }
    }

    /** Ends what pods have left that were deleted while the program did not run. */
    private void sweep() {
        for (PodSandboxStatus sandbox : runtime.listPodSandboxes()) {
            if (!workers.containsKey(sandbox.uid())) {
                LOG.info(
                        "pod {}/{} is gone: what it left is ended",
                        sandbox.namespace(),
                        sandbox.name());
                Orphans.remove(runtime, sandbox, services.directory());
            }
        }
        Orphans.removeFiles(services.directory(), workers.keySet());
    }

    /** The worker of a pod, or null. */
    @Nullable PodWorker worker(String uid) {
        return workers.get(uid);
    }

    @Override
    public void close() {
        closed = true;
        agents.disconnect(settings.name(), agent);
        keeper.close();
        workers.values().forEach(PodWorker::stop);
        objects.close();
        events.close();
        try {
            runtime.close();
        } catch (CriException e) {
            LOG.warn("kubelet {}: {}", settings.name(), e.text());
        }
    }
}
