package dev.pilothouse.server;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.advice.PlacementAdvisors;
import dev.pilothouse.server.advice.SchedulingEndpoint;
import dev.pilothouse.server.authn.StaticTokenAuthenticator;
import dev.pilothouse.server.authn.X509Authenticator;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.localpath.LocalPathProvisioner;
import dev.pilothouse.server.controller.manager.ControllerManager;
import dev.pilothouse.server.controller.manager.Parts;
import dev.pilothouse.server.history.MetricsHistory;
import dev.pilothouse.server.history.MetricsHistoryEndpoint;
import dev.pilothouse.server.kubeconfig.KubeconfigFile;
import dev.pilothouse.server.kubelet.ProcessNodes;
import dev.pilothouse.server.kubelet.runtime.simulated.FleetOptions;
import dev.pilothouse.server.kubelet.runtime.simulated.SimulatedFleet;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.pki.ServiceAccountKeys;
import dev.pilothouse.server.proxy.LocalServices;
import dev.pilothouse.server.proxy.ServiceProxy;
import dev.pilothouse.server.registry.FieldIndex;
import dev.pilothouse.server.scheduler.Scheduler;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.Retention;
import dev.pilothouse.server.storage.StoreCorruptException;
import dev.pilothouse.server.storage.StoreFailedException;
import dev.pilothouse.server.storage.StoreLockedException;
import dev.pilothouse.server.storage.h2.H2SeriesStore;
import dev.pilothouse.server.storage.h2.H2Storage;
import dev.pilothouse.server.storage.h2.H2StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A whole control plane in this process: the composition root. Thread-safe. */
public final class ControlPlane implements RunningControlPlane {

    /** The cluster's name in the store; branches will have others. */
    static final String CLUSTER = "main";

    private static final Duration ACCOUNT_PATIENCE = Duration.ofSeconds(5);

    private final ControlPlaneOptions options;
    private final DurableStorage storage;
    private final ScheduledExecutorService timers;
    private final FrontDoor door;
    private final ControllerManager controllers;
    private final ApiServer server;
    private final NodeAgents agents;
    private final Path kubeconfig;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ControlPlane(
            ControlPlaneOptions options,
            DurableStorage storage,
            ScheduledExecutorService timers,
            FrontDoor door,
            ControllerManager controllers,
            ApiServer server,
            NodeAgents agents,
            Path kubeconfig) {
        this.options = options;
        this.storage = storage;
        this.timers = timers;
        this.door = door;
        this.controllers = controllers;
        this.server = server;
        this.agents = agents;
        this.kubeconfig = kubeconfig;
    }

    /**
     * Starts a control plane and returns when it is ready to answer requests.
     *
     * @throws IOException when it cannot start; the message is one sentence for people
     */
    public static ControlPlane start(ControlPlaneOptions options) throws IOException {
        return start(options, ControlPlaneTime.SYSTEM);
    }

    /**
     * Starts a control plane that lives by a given time.
     *
     * @throws IOException when it cannot start; the message is one sentence for people
     */
    public static ControlPlane start(ControlPlaneOptions options, ControlPlaneTime time)
            throws IOException {
        Clock clock = time.clock().withZone(ZoneOffset.UTC);
        Files.createDirectories(options.dataDirectory());
        // The three slow parts of a start have nothing to do with each other.
        CompletableFuture<Schema> schema = Background.run("start-schema", Schema::builtIn);
        CompletableFuture<FrontDoor> door =
                Background.run("start-http", () -> FrontDoor.open(options, clock));
        try {
            DurableStorage storage = openStore(options, clock, schema);
            try {
                return start(options, time, Background.join(schema), storage, door);
            } catch (IOException | RuntimeException e) {
                storage.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            // Whatever the other parts have to say, this came first.
            var _ = door.thenAccept(FrontDoor::close);
            throw e;
        }
    }

    private static ControlPlane start(
            ControlPlaneOptions options,
            ControlPlaneTime time,
            Schema schema,
            DurableStorage storage,
            CompletableFuture<FrontDoor> opened)
            throws IOException {
        FleetOptions fleet =
                FleetOptions.of(options.nodes().simulated(), options.nodes().simulatedStages());
        ScheduledExecutorService timers = timers();
        Delays delays = time.delays() == null ? Delays.of(timers) : time.delays();
        try {
            NodeAgents agents = new NodeAgents();
            PlacementAdvisors advisors = new PlacementAdvisors();
            MetricsHistory history =
                    new MetricsHistory(
                            agents,
                            () -> H2SeriesStore.open(options.dataDirectory().resolve("metrics")),
                            delays,
                            time.clock());
            FrontDoor door = Background.join(opened);
            ApiServer server =
                    ApiServer.assemble(
                            schema,
                            storage,
                            new X509Authenticator(door.pki().authority(), time.clock()),
                            tokens(options),
                            new ServiceAccountKeys(options.dataDirectory()),
                            agents,
                            door.endpoint().getAuthority(),
                            Map.of(
                                    MetricsHistoryEndpoint.GROUP,
                                    new MetricsHistoryEndpoint(history, time.clock()),
                                    SchedulingEndpoint.GROUP,
                                    new SchedulingEndpoint(advisors)),
                            ACCOUNT_PATIENCE,
                            timers,
                            time.clock());
            server.bootstrap().run(options.bindAddress().getHostAddress(), door.port());
            FirstRequests first =
                    new FirstRequests(
                            server.chain(),
                            options.firstRequests(),
                            Delays.of(timers),
                            System::nanoTime);
            door.serve(first);
            Path kubeconfig =
                    KubeconfigFile.write(options.dataDirectory(), door.endpoint(), door.pki());
            ControllerManager controllers =
                    new ControllerManager(
                            server.innerChain(),
                            door.pki().authorityPem(),
                            delays,
                            time.clock(),
                            components(options, door.endpoint(), fleet, agents, advisors, history));
            // Who waits for the start comes before the controllers, which want the processors, too.
            first.then(controllers::start);
            return new ControlPlane(
                    options, storage, timers, door, controllers, server, agents, kubeconfig);
        } catch (IOException | RuntimeException e) {
            timers.shutdownNow();
            throw e;
        }
    }

    /**
     * What runs beside the controllers, in the order in which it is started. Add new ones here.
     *
     * @param endpoint where the API server listens
     * @param fleet the simulated nodes
     * @param agents where node agents make themselves known
     * @param advisors where the scheduler makes itself known
     * @param history measures what nodes and pods use
     */
    private static List<Function<Parts, Component>> components(
            ControlPlaneOptions options,
            URI endpoint,
            FleetOptions fleet,
            NodeAgents agents,
            PlacementAdvisors advisors,
            MetricsHistory history) {
        LocalServices services = new LocalServices();
        return List.of(
                parts -> new Scheduler(parts, advisors),
                parts -> new SimulatedFleet(parts, agents, fleet),
                parts -> new ServiceProxy(parts, agents, services),
                parts -> localVolumes(parts, options.dataDirectory().resolve("volumes")),
                parts ->
                        new ProcessNodes(
                                parts,
                                options.nodes().process(),
                                options.nodes().stopProcesses(),
                                options.nodes().eviction(),
                                options.dataDirectory(),
                                endpoint,
                                services,
                                agents),
                _ -> history);
    }

    private static Component localVolumes(Parts parts, Path root) {
        ApiClient client = parts.client(LocalPathProvisioner.NAME);
        return new LocalPathProvisioner(
                client,
                parts.informers(),
                parts.events(client, LocalPathProvisioner.PROVISIONER, ""),
                root,
                parts.delays(),
                parts.clock());
    }

    /** Where agents of nodes make themselves known. */
    public NodeAgents agents() {
        return agents;
    }

    @Override
    public URI endpoint() {
        return door.endpoint();
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public Path dataDirectory() {
        return options.dataDirectory();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            controllers.close();
            door.close();
            server.close();
            timers.shutdownNow();
            storage.close();
        }
    }

    /** Where a data directory keeps its store. */
    static Path storeFile(Path dataDirectory) {
        return dataDirectory.resolve("store");
    }

    private static DurableStorage openStore(
            ControlPlaneOptions options, Clock clock, CompletableFuture<Schema> schema)
            throws IOException {
        Retention retention =
                new Retention(
                        options.historyRetention(),
                        Retention.DEFAULT.minRevisions(),
                        Retention.DEFAULT.maxRevisions(),
                        Retention.DEFAULT.maxBytes());
        H2StorageOptions storeOptions =
                new H2StorageOptions(storeFile(options.dataDirectory()), CLUSTER, retention, clock);
        // The schema is waited for only where there is something to read back.
        CompletableFuture<FieldIndex> index = schema.thenApply(FieldIndex::new);
        try {
            return H2Storage.open(storeOptions, (key, json) -> index.join().extract(key, json));
        } catch (StoreLockedException | StoreCorruptException | StoreFailedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static StaticTokenAuthenticator tokens(ControlPlaneOptions options) throws IOException {
        Path file = options.tokenAuthFile();
        if (file == null) {
            return new StaticTokenAuthenticator(Map.of());
        }
        try {
            return StaticTokenAuthenticator.fromCsv(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The token file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static ScheduledExecutorService timers() {
        ScheduledThreadPoolExecutor timers =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("watch-timers").factory());
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }
}
